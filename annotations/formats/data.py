"""Text that is data for machines, and no article: told by how it is written, whatever its name.

An article cannot be deleted, so nothing of the kind may become one by mistake.
"""

import csv
import json
import re
from itertools import islice

from annotations.formats import lossless
from annotations.text.canonical import BadText

KNOWN = (
    ".txt, .text, .md, .markdown, .html, .htm, .xhtml, .docx, .docm, .odt, .pdf, .srt, .vtt, .eml,"
    " .tsv, .tab, .csv"
)
"""The endings of what can be imported, for messages."""

# An object with a key: nobody begins an article so, and the rest of it need not be read.
_OBJECT = re.compile(r'[\s\[]*+\{\s*+(?:"[^"\n]{0,200}+"\s*+:|\}\s*+$)')
# Rows looked at to tell a table, and how many it has at least.
_ROWS, _FEWEST_ROWS = 50, 3
_NAME = re.compile(r"[a-z][\w -]{0,30}")
_USUAL = frozenset(
    {"id", "text", "sentence", "claim", "label", "verdict", "speaker", "line", "url"}
)
_ENDS_A_SENTENCE = re.compile(r"[.!?…。！？]['\"”’»)]*+$", re.MULTILINE)


def unknown_format(kind: str) -> BadText:
    """The refusal of a file that is of no known format, or of one that is no article's."""
    if "JSON" in kind:
        return BadText(
            "data",
            "This is {kind}, which cannot be imported as an article."
            " Articles as JSON have a title and a text each, and come in by import_articles or the"
            " administration. ClaimReviews, and sets of claims or stances, come in as earlier"
            " checks by others: on their own page of the desk, or with import_checks."
            " What can be an article: texts, saved web pages, office documents, PDFs, subtitles,"
            " mails and transcripts in a table ({known}).",
            kind=kind,
            known=KNOWN,
        )
    return BadText(
        "unknown_format",
        "This is {kind}, which cannot be imported as an article."
        " What can be: texts, saved web pages, office documents, PDFs, subtitles, mails and"
        " transcripts in a table ({known}).",
        kind=kind,
        known=KNOWN,
    )


def refuse_data(text: str) -> None:
    """Raise BadText when the characters are JSON, JSON Lines or a table (CSV, TSV).

    Lines of a desk or an article that was moved are said to be that.
    """
    lossless.refuse(text[:1024].encode(errors="replace"))
    if kind := _json_kind(text):
        raise unknown_format(kind)
    if kind := _table_kind(text):
        raise BadText(
            "table_in_a_text",
            "This is a table ({kind}), and no text. If it is a transcript, give its file the ending"
            " {ending}, and its columns the names line, speaker, text and label.",
            kind=kind,
            ending=f".{kind.lower()}",
        )


def _json_kind(text: str) -> str:
    if not _OBJECT.match(text) and not _is_json_list(text):
        return ""
    return "ClaimReview (JSON)" if "ClaimReview" in text else "JSON"


def _is_json_list(text: str) -> bool:
    bare = text.strip()
    if not (bare.startswith("[") and bare.endswith("]")):
        return False
    try:
        json.loads(bare)
    except ValueError:
        return False
    except RecursionError:  # deeper than any text
        return True
    return True


def _table_kind(text: str) -> str:
    """TSV or CSV where every line has as many cells as the first; prose has a space after a comma.

    A line that ends a sentence makes it prose, unless the first names columns, or tabs part three.
    """
    lines = list(islice((line for line in text.splitlines() if line.strip()), _ROWS))
    if len(lines) < _FEWEST_ROWS:
        return "TSV" if lines and _names_columns(lines[0], "\t") else ""
    is_sure = lines[0].count("\t") > 1 or any(_names_columns(lines[0], by) for by in "\t,;")
    if not is_sure and _ENDS_A_SENTENCE.search("\n".join(lines)):
        return ""
    for delimiter, kind in (("\t", "TSV"), (",", "CSV"), (";", "CSV")):
        if _is_table(lines, delimiter):
            return kind
    return ""


def _names_columns(line: str, delimiter: str) -> bool:
    """Whether a line is the header of a table: names parted so, one of them a usual one."""
    names = [cell.strip().strip('"').lower() for cell in line.split(delimiter)]
    return len(names) > 1 and all(map(_NAME.fullmatch, names)) and not _USUAL.isdisjoint(names)


def _is_table(lines: list[str], delimiter: str) -> bool:
    if delimiter not in lines[0]:
        return False
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    return len(widths) == 1 and not any(cell.startswith(" ") for row in rows for cell in row[1:])
