"""XML for feeds and sitemaps: built as a tree, so that no text of ours can be markup."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

# XML 1.0 cannot hold these, not even as references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """A child with this text and these attributes; what XML cannot hold becomes U+FFFD."""
    child = ET.SubElement(
        parent, tag, {name: _NOT_XML.sub("\ufffd", value) for name, value in attributes.items()}
    )
    child.text = _NOT_XML.sub("\ufffd", text) or None
    return child


def encode(root: ET.Element) -> bytes:
    """The document in UTF-8, with its declaration."""
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()
