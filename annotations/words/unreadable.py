"""Why what was given cannot become a text: the words for what file formats say in codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.text.canonical import BadText

_BAD_TEXT = {
    "empty": gettext_lazy("The text is empty."),
    "too_large": gettext_lazy("The file is %(size)s MB; the limit is %(limit)s MB."),
    "binary": gettext_lazy("This looks like a binary file (%(kind)s), not text."),
    "too_many_characters": gettext_lazy(
        "The text has %(characters)s characters; the limit is %(limit)s, reached in line %(line)s."
    ),
    "too_many_lines": gettext_lazy("The text has %(lines)s lines; the limit is %(limit)s."),
    "too_many_sentences": gettext_lazy(
        "The text has %(sentences)s sentences; the limit is %(limit)s, reached in line %(line)s."
    ),
    "unknown_format": gettext_lazy(
        "This is %(kind)s, which cannot be imported as an article."
        " What can be: texts, saved web pages, office documents, PDFs, subtitles, mails and"
        " transcripts in a table (%(known)s)."
    ),
    "rtf": gettext_lazy(
        "This is RTF, which is not read here. Open it in a word processor and save it as .docx or"
        " .odt, or copy its text from there and paste it."
    ),
    "superusers_alone": gettext_lazy(
        "Only superusers load fixtures of other rows than articles with their “text”."
    ),
    "no_attachment": gettext_lazy("That mail has no such attachment. Choose the mail again."),
    "data": gettext_lazy(
        "This is %(kind)s, which cannot be imported as an article."
        " Articles as JSON have a title and a text each, and come in by import_articles or the"
        " administration. ClaimReviews, and sets of claims or stances, come in as earlier"
        " checks by others: on their own page of the desk, or with import_checks."
        " What can be an article: texts, saved web pages, office documents, PDFs, subtitles,"
        " mails and transcripts in a table (%(known)s)."
    ),
    "table_in_a_text": gettext_lazy(
        "This is a table (%(kind)s), and no text. If it is a transcript, give its file the ending"
        " %(ending)s, and its columns the names line, speaker, text and label."
    ),
    "moved": gettext_lazy(
        "This is %(kind)s as %(left_by)s writes it, with its log. The command %(taken_by)s takes"
        " its archive, and nothing else does."
    ),
    "no_checks": gettext_lazy(
        "No check by others was found in this file. What can be read: %(known)s."
    ),
    "bad_table": gettext_lazy("Line %(line)s: this is no %(kind)s (%(why)s)."),
    "no_transcript": gettext_lazy(
        "Line %(line)s: this is %(kind)s without a column “text”. It has: %(found)s. A transcript"
        " has the columns line, speaker, text and label, of which only text is needed."
    ),
    "several_documents": gettext_lazy(
        "This table holds %(count)s documents, by its column “%(column)s”. Each becomes an article"
        " where files are taken in: on their own page of the desk, in the administration, or with"
        " import_articles."
    ),
    "bad_rows": gettext_lazy("Nothing was imported, for some rows are wrong. %(rows)s"),
    "bad_json": gettext_lazy("Line %(line)s, character %(column)s: this is no JSON (%(why)s)."),
    "key_twice": gettext_lazy("Line %(line)s: the key “%(key)s” stands twice."),
    "no_number": gettext_lazy("Line %(line)s: %(number)s is no number that fits."),
    "bad_escape": gettext_lazy(
        "“%(pointer)s” holds U+%(codepoint)s, which is no character of a text."
    ),
    "too_deep": gettext_lazy("Line %(line)s: it is nested deeper than %(limit)s."),
    "no_list": gettext_lazy("Line 1: a list was expected, which begins with “[”."),
    "too_much_packed": gettext_lazy(
        "More is packed into this file than a text needs: over %(members)s parts or %(limit)s MB."
    ),
    "locked": gettext_lazy(
        "This file is protected by a password, so its words cannot be read."
        " Open it in a word processor, save it without the password, and try again."
    ),
    "old_word": gettext_lazy(
        "This file is an old Word document, whatever its name says."
        " Open it in a word processor and save it as .docx or .odt."
    ),
    "locked_pdf": gettext_lazy("This PDF is protected by a password. Save it without one."),
    "broken_file": gettext_lazy("This file is broken, or not what its name says it is."),
    "too_many_pages": gettext_lazy("This PDF has %(pages)s pages; the limit is %(limit)s."),
    "scan": gettext_lazy(
        "This PDF is a picture of a text, and holds no words. Have its letters recognised (OCR)"
        " first, or type what is to be checked."
    ),
    "no_cues": gettext_lazy("No subtitle with a time was found in this file."),
    "no_mail": gettext_lazy("This is no mail: it has no header."),
    "text_too_hard": gettext_lazy(
        "This text is too large or too tangled to be read within %(seconds)s seconds."
        " Bring it in parts."
    ),
    "too_busy": gettext_lazy(
        "This was not read, as the machine is too busy. Try again in some minutes."
    ),
    "invalid_encoding": gettext_lazy(
        "Byte %(byte)s (line %(line)s) is not valid %(encoding)s: 0x%(value)s."
        " Save the file as UTF-8 and try again."
    ),
    "gone": gettext_lazy(
        "The file is not kept any more. Choose it again, or fetch the page again."
    ),
    "no_article": gettext_lazy(
        "No article was found in this page. Copy its text and paste it instead."
    ),
    "page_too_hard": gettext_lazy(
        "This page is too large or too tangled to be read within %(seconds)s seconds."
        " Copy its text and paste it instead."
    ),
    "gaps": gettext_lazy(
        "The article itself cannot be read in full: characters are missing at “%(words)s”."
        " Copy its text and paste it instead."
    ),
    "bad_character": gettext_lazy(
        "Character %(position)s (line %(line)s) is %(name)s (%(codepoint)s),"
        " which a text cannot hold."
    ),
}


CALLED = {
    # What the bytes are instead of text (text.canonical).
    "PDF document": gettext_lazy("PDF document"),
    "PNG image": gettext_lazy("PNG image"),
    "JPEG image": gettext_lazy("JPEG image"),
    "GIF image": gettext_lazy("GIF image"),
    "TIFF image": gettext_lazy("TIFF image"),
    "WebP image": gettext_lazy("WebP image"),
    "old Microsoft Office document": gettext_lazy("old Microsoft Office document"),
    "Microsoft Office document": gettext_lazy("Microsoft Office document"),
    "OpenDocument file": gettext_lazy("OpenDocument file"),
    "EPUB book": gettext_lazy("EPUB book"),
    "RTF document": gettext_lazy("RTF document"),
    "gzip archive": gettext_lazy("gzip archive"),
    "bzip2 archive": gettext_lazy("bzip2 archive"),
    "xz archive": gettext_lazy("xz archive"),
    "7-Zip archive": gettext_lazy("7-Zip archive"),
    "RAR archive": gettext_lazy("RAR archive"),
    "ZIP archive": gettext_lazy("ZIP archive"),
    "Zstandard archive": gettext_lazy("Zstandard archive"),
    "program": gettext_lazy("program"),
    "SQLite database": gettext_lazy("SQLite database"),
    "Ogg recording": gettext_lazy("Ogg recording"),
    "MP3 recording": gettext_lazy("MP3 recording"),
    "FLAC recording": gettext_lazy("FLAC recording"),
    "WAV recording": gettext_lazy("WAV recording"),
    "Matroska video": gettext_lazy("Matroska video"),
    "AVI video": gettext_lazy("AVI video"),
    "MP4 video or HEIC image": gettext_lazy("MP4 video or HEIC image"),
    "UTF-32 text": gettext_lazy("UTF-32 text"),
    "UTF-16 text without a byte order mark": gettext_lazy("UTF-16 text without a byte order mark"),
    "many control characters": gettext_lazy("many control characters"),
    # Characters that no text holds.
    "a control character": gettext_lazy("a control character"),
    "half of a surrogate pair": gettext_lazy("half of a surrogate pair"),
    "a noncharacter": gettext_lazy("a noncharacter"),
    # Files sent by mistake (formats.readers, formats.lossless).
    "an old Word document": gettext_lazy("an old Word document"),
    "an Excel table": gettext_lazy("an Excel table"),
    "a table": gettext_lazy("a table"),
    "a presentation": gettext_lazy("a presentation"),
    "a mail of Outlook’s own format": gettext_lazy("a mail of Outlook’s own format"),
    "a book (EPUB)": gettext_lazy("a book (EPUB)"),
    "an article": gettext_lazy("an article"),
    "a whole desk": gettext_lazy("a whole desk"),
    # Checks by others (formats.earlier).
    "ClaimReview (a saved page, JSON, a DataFeed, JSON Lines), a set of claims or of stances"
    " (JSON, JSON Lines, CSV, TSV)": gettext_lazy(
        "ClaimReview (a saved page, JSON, a DataFeed, JSON Lines), a set of claims or of stances"
        " (JSON, JSON Lines, CSV, TSV)"
    ),
    # What Python's readers of JSON and CSV say.
    "Expecting value": gettext_lazy("a value is expected"),
    "Expecting ',' delimiter": gettext_lazy("a comma is expected"),
    "Expecting ':' delimiter": gettext_lazy("a colon is expected"),
    "Expecting property name enclosed in double quotes": gettext_lazy(
        "a key in double quotation marks is expected"
    ),
    "Unterminated string starting at": gettext_lazy("a string that begins here does not end"),
    "Extra data": gettext_lazy("there is more behind its end"),
    "Invalid control character at": gettext_lazy("a control character stands in a string"),
    "Invalid \\escape": gettext_lazy("a backslash stands before a character that takes none"),
    "Invalid \\uXXXX escape": gettext_lazy("a backslash and u want four digits behind them"),
    "Illegal trailing comma before end of object": gettext_lazy("a comma stands before its end"),
    "Illegal trailing comma before end of array": gettext_lazy("a comma stands before its end"),
    "line contains NUL": gettext_lazy("a line holds NUL"),
    "field larger than field limit (131072)": gettext_lazy("a cell is too long"),
    "unexpected end of data": gettext_lazy("a quotation mark is never closed"),
}
"""What a value of a refusal is called, by its English name. Other values are figures, names of
formats, and what stands in the file: the same in every language."""

EXPECTED = {
    "object": gettext_lazy("an object with title and text"),
    "paragraphs": gettext_lazy("words, or a list of paragraphs"),
    "words": gettext_lazy("words are expected"),
    "date": gettext_lazy("a date as 2026, 2026-11 or 2026-11-24"),
    "language": gettext_lazy("the tag of a language, as en or pt-BR"),
    "address": gettext_lazy("an address with http:// or https://"),
    "characters": gettext_lazy("%(number)s characters at most"),
    "cells": gettext_lazy("at least %(number)s cells expected"),
    "once": gettext_lazy("a line comes once"),
    "name": gettext_lazy("a name of %(number)s characters at most"),
    "document": gettext_lazy("the name of the document that the row belongs to"),
    "sentence": gettext_lazy("a sentence expected"),
    "name_or_number": gettext_lazy("a name or number of %(number)s characters at most"),
    "id_once": gettext_lazy("an id comes once in a file"),
    "sentences": gettext_lazy("a list of objects with start and end"),
    "as_kept": gettext_lazy(
        "a text as it is kept, for positions count in it (manage.py split shows it)"
    ),
    "position": gettext_lazy("a whole number, in characters from 0"),
    "inside": gettext_lazy("words of the text are expected there, which has %(number)s characters"),
    "kind": gettext_lazy("one of body, heading, row"),
    "stands_there": gettext_lazy("other words stand there in the text"),
    "sentence_end": gettext_lazy(
        "%(number)s is expected: only white space stands between sentences"
    ),
    "cut_first": gettext_lazy("the first sentence begins where the text does"),
    "cut_order": gettext_lazy("sentences begin one after the other"),
    "cut_place": gettext_lazy("no sentence can begin there"),
    "cut_kind": gettext_lazy(
        "a heading or row is a sentence of its own: look at character %(number)s"
    ),
    "claims": gettext_lazy("a list of claims"),
    "claim": gettext_lazy("an object with claim and marks"),
    "one_of_type": gettext_lazy("one of event, numerical, quotation, causal, comparison, position"),
    "one_of_claimant_kind": gettext_lazy("one of person, organisation, outlet"),
    "marks": gettext_lazy("a list of at least one place in the text"),
    "marks_at_most": gettext_lazy("an article takes %(number)s marks at most"),
    "marked_once": gettext_lazy("these words are marked as this claim already"),
    "place": gettext_lazy("an object with start and end, or with exact"),
    "stands_once": gettext_lazy("words that stand in the text once, with prefix and suffix"),
}
"""What should stand in a row: `formats.tables.EXPECTED`."""


def bad_text(problem: BadText) -> str:
    """What is wrong with a text and where, in the reader's language."""
    return _said(problem.code, problem.params) or str(problem)


def _said(code: str, params: Mapping[str, Any]) -> str:
    words = _BAD_TEXT.get(code)
    if words is None:
        return ""
    told = {name: _called(value) for name, value in params.items()}
    if wrong := params.get("wrong"):
        told["rows"] = " ".join([*map(_wrong_row, wrong), *_more(params["more"])])
    return str(words) % told


def _called(value: Any) -> Any:
    """A value in words; one that a parser ended with a colon, as it is called without."""
    if not isinstance(value, str):
        return value
    words = CALLED.get(value) or CALLED.get(value.partition(": ")[0])
    return str(words) if words else value


def _wrong_row(row: Mapping[str, Any]) -> str:
    return _("Line %(line)s, %(column)s “%(value)s”: %(told)s.") % {
        "line": row["line"],
        "column": row["place"],
        "value": row["value"],
        "told": expected_in(row),
    }


def expected_in(row: Mapping[str, Any]) -> str:
    """What should stand in a wrong place (`formats.tables.Wrong`), without a full stop."""
    if "expected" in row:
        return str(EXPECTED[row["expected"]]) % {"number": row["number"]}
    return (_said(row.get("code", ""), row.get("params", {})) or str(row["words"])).rstrip(".。")


def _more(count: int) -> list[str]:
    if not count:
        return []
    return [ngettext("And %(count)d more.", "And %(count)d more.", count) % {"count": count}]
