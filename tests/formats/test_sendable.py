"""What a stranger may send along is told by its bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from annotations.formats.sendable import ending_of

TEXT = ("[Content_Types].xml", "word/document.xml")


def packed(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def test_a_document_is_taken():
    assert ending_of(packed(*TEXT)) == ".docx"


@pytest.mark.parametrize("macro", ["word/vbaProject.bin", "WORD/VBAPROJECT.BIN", "Basic/x.xml"])
def test_a_document_with_macros_is_none(macro):
    assert ending_of(packed(*TEXT, macro)) == ""
