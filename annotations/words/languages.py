"""Languages by name."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language_info

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
"""The languages that all pages are complete in, English first."""


def language_name(code: str, name: str = "name_local") -> str:
    """A language's own name for itself, or its code where Django does not know it.

    With "name_translated", its name in the language of the page.
    """
    try:
        return str(get_language_info(code)[name])
    except KeyError:
        return code


def language_for(asked: str, of_desk: str) -> str:
    """The language asked for (with ?lang=), else the desk's, else the site's."""
    for wanted in (asked, of_desk, settings.LANGUAGE_CODE):
        base = wanted.partition("-")[0].lower()
        if base in LANGUAGES:
            return base
    return LANGUAGES[0]
