"""Languages by name."""

from __future__ import annotations

from django.utils.translation import get_language_info


def language_name(code: str, name: str = "name_local") -> str:
    """A language's own name for itself, or its code where Django does not know it.

    With "name_translated", its name in the language of the page.
    """
    try:
        return str(get_language_info(code)[name])
    except KeyError:
        return code
