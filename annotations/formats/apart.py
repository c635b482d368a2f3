"""A large text, page or table, or a file of another kind, read in a process that can be killed.

Run as a program: the bytes on standard input (what was pasted, in UTF-8), JSON on standard output.
What a stranger wrote may be what our rules, or a library, are slow at; the limits set here end this
process and nothing else.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # -I leaves out the folder that our package stands in
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from annotations import killable
from annotations.formats import plain
from annotations.formats.kept import document_from, kept
from annotations.formats.tables import BadRows
from annotations.text.canonical import BadText

LARGE = 200_000
"""Bytes from which on a text is read apart: below, starting a process costs more than reading."""
SECONDS = 15.0
"""How long reading one text may compute; not how long it takes."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of memory that reading one text may take, the language's own included."""
MEMORY_OF_PAGES = 1536 * 1024 * 1024
"""The same of a web page, for which larger libraries are loaded."""

PLAIN = ("characters", "bytes")
"""What is read as it is: pasted characters, and the bytes of a text."""
OTHER = ("docx", "odt", "pdf", "subtitles", "mail", "markdown", "clipboard")
"""Files of other kinds, each by the module of that name."""
TABLES = ("TSV", "CSV")
PAGE = "html"


def read(
    data: bytes | str,
    language: str,
    *,
    kind: str = "",
    default: str = "",
    charset: str = "",
    address: str = "",
    seconds: float | None = None,
) -> plain.Document:
    """The document in the bytes of a file of that kind, or in pasted characters.

    Without `kind` it is a plain text. Without `language` that of the words is taken, where the
    kind can tell, or `default`. `charset` and `address` are those of a page (`html.read`).
    `seconds` are `SECONDS` unless given. Raises BadText.
    """
    sent = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    kind = kind or ("characters" if isinstance(data, str) else "bytes")
    seconds = SECONDS if seconds is None else seconds
    memory = MEMORY_OF_PAGES if kind == PAGE else MEMORY
    arguments = (kind, language, default, charset, address)
    try:
        done = killable.answer(__file__, sent, arguments, seconds=seconds, memory=memory)
    except killable.TooHard:
        raise _too_hard(kind, seconds) from None
    except killable.TooBusy:
        raise too_busy() from None
    answer = json.loads(done)
    if wrong := answer.get("wrong"):
        raise BadRows(wrong)
    if bad := answer.get("bad"):
        raise BadText(bad["code"], bad["message"], **bad["params"])
    return document_from(answer["document"], sent)


def too_busy() -> BadText:
    """What is said of a text that would be read if the machine had less to do."""
    return BadText(
        "too_busy", "This was not read, as the machine is too busy. Try again in some minutes."
    )


def _too_hard(kind: str, seconds: float) -> BadText:
    if kind == PAGE:
        return BadText(
            "page_too_hard",
            "This page is too large or too tangled to be read within {seconds} seconds."
            " Copy its text and paste it instead.",
            seconds=f"{seconds:g}",
        )
    return BadText(
        "text_too_hard",
        "This text is too large or too tangled to be read within {seconds} seconds."
        " Bring it in parts.",
        seconds=f"{seconds:g}",
    )


def _read(
    data: bytes, kind: str, language: str, default: str, charset: str, address: str
) -> plain.Document:
    """The document, by the library that its kind needs; only that one is loaded."""
    if kind in PLAIN:
        text = data.decode(errors="surrogatepass") if kind == "characters" else data
        return plain.read(text, language)
    name = "transcript" if kind in TABLES else kind
    module = importlib.import_module(f"annotations.formats.{name}")
    document: plain.Document
    if kind == PAGE:
        said = {"charset": charset, "address": address, "default_language": default}
        document = module.read(data, language, **said, extract=_extract)
    elif kind in TABLES:
        document = module.read(data, language, default, kind)
    else:
        document = module.read(data, language, default)
    return document


def _extract(page: str, address: str) -> dict[str, Any]:
    """The article in a page, found in this process: it may be killed already."""
    return importlib.import_module("annotations.formats.extraction").extract(page, address)  # type: ignore[no-any-return]


def _answer(data: bytes, kind: str, *asked: str) -> dict[str, Any]:
    try:
        return {"document": kept(_read(data, kind, *asked))}
    except BadRows as bad:
        return {"wrong": bad.wrong}
    except BadText as bad:
        message = str(bad).replace("{", "{{").replace("}", "}}")
        return {"bad": {"code": bad.code, "message": message, "params": dict(bad.params)}}


def main() -> None:
    """Read and write, within the limits given: seconds of computing, bytes of memory."""
    kind, *asked = killable.keep_to_limits()
    assert kind in (*PLAIN, *OTHER, *TABLES, PAGE), kind
    json.dump(_answer(sys.stdin.buffer.read(), kind, *asked), sys.stdout)


if __name__ == "__main__":
    main()
