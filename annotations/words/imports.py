"""Texts on their way in: what was changed, what is wrong with them, and what becomes of marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.capture.fetch import Unfetchable
from annotations.text.boundaries import BadCut
from annotations.text.canonical import BadText
from annotations.text.reanchor import Fate

FATES = {
    Fate.SAME: gettext_lazy("Stays"),
    Fate.MOVED: gettext_lazy("Moved"),
    Fate.CONTEXT: gettext_lazy("To confirm: its sentence changed"),
    Fate.PROPOSAL: gettext_lazy("To place: its words changed"),
    Fate.ORPHAN: gettext_lazy("Without a place"),
}


NOTICES = {
    "unclosed_quote": gettext_lazy("An opening quote mark is never closed."),
    "starts_with_dash": gettext_lazy("Starts with a dash. It was read as speech that goes on."),
    "very_long": gettext_lazy("Very long: it may be several sentences."),
    "heading_states": gettext_lazy(
        "A heading that states a figure. If it makes a claim, mark it or triage it: it is not asked"
        " for. Made a sentence, it is."
    ),
    "row_states": gettext_lazy(
        "A table row that states a figure. If it makes a claim, mark it or triage it: it is not"
        " asked for. Made a sentence, it is."
    ),
}


LEFT_OUT = {
    "caption": gettext_lazy("Caption"),
    "pull_quote": gettext_lazy("Pull quote: its words stand in the text already"),
}
"""What a line is that was left out of a page."""


CHANGES: dict[str, Callable[[int], str]] = {
    "left_out": lambda n: (
        ngettext(
            "%(n)d word of the page is not the article’s own, and was left out.",
            "%(n)d words of the page are not the article’s own, and were left out.",
            n,
        )
        % {"n": n}
    ),
    "taken_in": lambda n: (
        ngettext(
            "%(n)d paragraph that was left out was taken in by hand.",
            "%(n)d paragraphs that were left out were taken in by hand.",
            n,
        )
        % {"n": n}
    ),
    "bad_bytes": lambda n: (
        ngettext(
            "%(n)d byte of the page beside its article is no character, and was left out.",
            "%(n)d bytes of the page beside its article are no characters, and were left out.",
            n,
        )
        % {"n": n}
    ),
    "line_ends": lambda n: (
        ngettext(
            "%(n)d line ending became a line feed.", "%(n)d line endings became line feeds.", n
        )
        % {"n": n}
    ),
    "spaces": lambda n: (
        ngettext(
            "%(n)d tab or unusual space became a space.",
            "%(n)d tabs or unusual spaces became spaces.",
            n,
        )
        % {"n": n}
    ),
    "invisible": lambda n: (
        ngettext(
            "%(n)d invisible character was taken out.",
            "%(n)d invisible characters were taken out.",
            n,
        )
        % {"n": n}
    ),
    "direction": lambda n: (
        ngettext(
            "%(n)d character that disguises the reading order was taken out.",
            "%(n)d characters that disguise the reading order were taken out.",
            n,
        )
        % {"n": n}
    ),
    "composed": lambda n: (
        ngettext(
            "%(n)d word was put into Unicode’s composed form.",
            "%(n)d words were put into Unicode’s composed form.",
            n,
        )
        % {"n": n}
    ),
    "trailing_spaces": lambda n: (
        ngettext(
            "%(n)d space at a line’s end was taken out.",
            "%(n)d spaces at lines’ ends were taken out.",
            n,
        )
        % {"n": n}
    ),
    "blank_lines": lambda n: (
        ngettext("%(n)d blank line was taken out.", "%(n)d blank lines were taken out.", n)
        % {"n": n}
    ),
}


def changes_in_words(changes: Iterable[dict[str, Any]], charset: str = "") -> list[str]:
    """What was changed on the way in, and how the bytes were read."""
    words = [CHANGES[row["kind"]](row["count"]) for row in changes]
    if charset:
        read_as = _("The page says that it is written in %(charset)s, and was read so.")
        words.insert(0, read_as % {"charset": charset})
    return words


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
    "bad_rows": gettext_lazy("Nothing was imported, for some rows are wrong. %(rows)s"),
    "bad_json": gettext_lazy("Line %(line)s, character %(column)s: this is no JSON (%(why)s)."),
    "bad_value": gettext_lazy("Line %(line)s: %(why)s."),
    "bad_escape": gettext_lazy(
        "“%(pointer)s” holds U+%(codepoint)s, which is no character of a text."
    ),
    "too_deep": gettext_lazy("Line %(line)s: it is nested deeper than %(limit)s."),
    "no_list": gettext_lazy("Line 1: a list was expected, which begins with “[”."),
    "too_much_packed": gettext_lazy(
        "More is packed into this file than a text needs: over %(members)s parts or %(limit)s MB."
    ),
    "locked": gettext_lazy(
        "This file is protected by a password, or is of an old format."
        " Save it without one, as .docx or .odt, and try again."
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


_BAD_CUT = {
    "first": gettext_lazy("The first sentence begins where the text does."),
    "order": gettext_lazy("Sentences begin one after the other."),
    "place": gettext_lazy("No sentence can begin at character %(at)s."),
    "kind": gettext_lazy(
        "A heading or row is a sentence of its own: one begins or ends at character %(at)s."
    ),
}


def bad_cut(problem: BadCut) -> str:
    """Why a text cannot be cut so, in the reader's language."""
    words = _BAD_CUT.get(problem.code)
    return str(words) % {"at": problem.at} if words else str(problem)


_UNFETCHABLE = {
    "address": gettext_lazy("This is no web address. It begins with https:// or http://."),
    "credentials": gettext_lazy("A web address with a name or password is not fetched."),
    "not_found": gettext_lazy("No server named %(host)s was found."),
    "port": gettext_lazy("Port %(port)s is not fetched from."),
    "not_public": gettext_lazy("%(host)s is not on the public internet, so it is not fetched."),
    "too_slow": gettext_lazy("The page did not arrive within %(seconds)s seconds."),
    "refused": gettext_lazy("%(host)s could not be reached."),
    "certificate": gettext_lazy("%(host)s could not prove who it is."),
    "broken": gettext_lazy("%(host)s did not answer as a web server does."),
    "status": gettext_lazy("The server answered %(status)s, not a page."),
    "type": gettext_lazy("This is %(type)s, not a page of text."),
    "coding": gettext_lazy("The page is packed in a way that cannot be unpacked (%(coding)s)."),
    "too_large": gettext_lazy("The page is larger than %(limit)s MB."),
    "gone": gettext_lazy("There is no such page (%(status)s)."),
    "closed": gettext_lazy(
        "The server does not let us read it (%(status)s): it may want a sign-in."
    ),
    "robots": gettext_lazy("The site asks machines not to read this page."),
    "no_room": gettext_lazy("There was no room to keep it."),
    "redirects": gettext_lazy("The page leads on more than %(most)s times."),
    # Of what a page embeds: capture.parts.
    "too_many": gettext_lazy("More than %(most)s pictures and styles are not fetched."),
    "other_type": gettext_lazy("Its server sent something else (%(type)s)."),
    "no_time": gettext_lazy("All of them together took longer than %(seconds)s seconds."),
    "too_much": gettext_lazy("All of them together are larger than %(limit)s MB."),
}


def unfetchable(problem: Unfetchable) -> str:
    """Why a page could not be fetched, in the reader's language."""
    words = _UNFETCHABLE.get(problem.code)
    return str(words) % problem.params if words else str(problem)


def not_saved(problem: str, about: dict[str, Any]) -> str:
    """Why a page could not be saved, by the code and what was kept of it."""
    words = _UNFETCHABLE.get(problem)
    return str(words) % about if words else problem


def bad_text(problem: BadText) -> str:
    """What is wrong with a text and where, in the reader's language."""
    words = _BAD_TEXT.get(problem.code)
    return str(words) % problem.params if words else str(problem)
