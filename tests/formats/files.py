"""Small files of every kind that is read, made byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def archive(members: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            # The type of an OpenDocument file stands at its beginning, as it is.
            packed.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return made.getvalue()


def paragraph(text: str, style: str = "", about: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{about}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


STYLES = f"""<w:styles xmlns:w="{WORD}">
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="Bild"><w:name w:val="caption"/></w:style></w:styles>"""
CORE = """<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Ferry</dc:title><dc:creator>Ann Lee</dc:creator></cp:coreProperties>"""


def docx(body: str, *, rels: str = "", **more: str | bytes) -> bytes:
    """A Word file; `rels` says where its links lead.

    `more` are further parts, by name without "word/" and with _ for a full stop.
    """
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": document,
        "word/styles.xml": STYLES,
        "docProps/core.xml": CORE,
    }
    if rels:
        members["word/_rels/document.xml.rels"] = rels
    return archive(members | {f"word/{n.replace('_', '.')}": each for n, each in more.items()})


def odt(body: str, styles: str = "", **more: str) -> bytes:
    prefixes = ("office", "text", "table", "style", "draw", "svg", "fo")
    names = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in prefixes)
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return archive(members | {name.replace("_", "."): each for name, each in more.items()})


Shown = tuple[float, float, float, str]
"""Words on a page: x and y in points from the lower left, size, text."""


Box = tuple[float, float, float, float, str]
"""Where on a page something leads: left, bottom, right, top, and the address."""


def pdf(pages: Sequence[Sequence[Shown]], info: str = "", links: Sequence[Box] = ()) -> bytes:
    """A PDF of these pages, in Helvetica and Windows' Latin letters; `links` are on each."""
    notes = b"".join(
        b"<< /Type /Annot /Subtype /Link /Rect [%g %g %g %g] /A << /S /URI /URI (%s) >> >>"
        % (*box[:4], _escaped(box[4]))
        for box in links
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode("cp1252"),
    ]
    kids = []
    for page in pages:
        shown = b"".join(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, x, y, _escaped(text))
            for x, y, size, text in page
        )
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font"
            b" << /F1 3 0 R >> >> /Annots [%s] /Contents %d 0 R >>" % (notes, len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n"
        b"startxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, len(made))
    )


def _escaped(text: str) -> bytes:
    data = text.encode("cp1252")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def column(lines: Sequence[str], x: float = 50, top: float = 700, size: float = 10) -> list[Shown]:
    return [(x, top - 12 * at, size, line) for at, line in enumerate(lines)]
