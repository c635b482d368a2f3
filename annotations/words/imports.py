"""Texts on their way in: what was changed, what is wrong with them, and what becomes of marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.capture.fetch import Unfetchable
from annotations.text.boundaries import BadCut
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
    "signature": gettext_lazy("Signature"),
    "mail_foot": gettext_lazy("Not written: a program, an office or a mailing list adds it"),
    "pull_quote": gettext_lazy("Pull quote: its words stand in the text already"),
}
"""What a line is that was left out of a page or a mail."""


CHANGES: dict[str, Callable[[int], str]] = {
    "left_out": lambda n: (
        ngettext(
            "%(n)d word is not the article’s own, and was left out.",
            "%(n)d words are not the article’s own, and were left out.",
            n,
        )
        % {"n": n}
    ),
    "dropped": lambda n: (
        ngettext(
            "%(n)d paragraph of the text was left out by hand.",
            "%(n)d paragraphs of the text were left out by hand.",
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
    "no_store": gettext_lazy("Where copies are kept, nothing answered."),
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
