"""Every form in which people write at length is kept until it is sent, and sent twice acts once;
and what is public or final is asked on a page of its own, or by a question.

All pages are opened, and every form on them that is sent is looked at: one that is added tomorrow
too. That what is kept comes back is asked in a browser: tests/e2e/test_kept_forms.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings

from tests.e2e.test_pages import fixtures

from . import every_page
from .test_acts import FORMS, OF_THE_DESK
from .test_asking_once import BY_A_QUESTION, ONE_QUESTION
from .test_keys_of_forms import TOLD_APART

__all__ = ["fixtures"]

pytestmark = pytest.mark.django_db(transaction=True)

NOT_KEPT = {
    "claims": "what is done to many at once: an old choice of them must not come back by itself",
    "report": "a reader’s, in a browser that may be anybody’s: we promise to record nothing else",
    "keep_identity": "who a confidential source is: it is written where it is sealed, or nowhere",
}
"""Forms in which people write and of which nothing is kept, and why."""

ALSO_SENT_TWICE = {
    "guest_reply": "views/test_guest.py::test_a_link_answers_once",
    "import": "views/test_import.py::test_a_save_that_is_sent_twice_makes_one_article",
    "invite": "views/test_invitations.py::"
    "test_a_form_sent_twice_invites_once_and_the_first_link_holds",
    "publish": "views/test_asking_once.py::test_publishing_asks_once_and_names_what_becomes_public",
    "revise": "views/test_acts.py::test_a_new_text_sent_twice_is_one_revision",
}
"""Forms that are sent twice not in test_acts.py, and the test that does it."""

_ANSWER = "the answer to a form that was sent, which carries along what was typed"
_BACK = "buttons that bring back what was taken out, and nothing to type"
_AGAIN = "a button to try once more what a machine did not do, and nothing to type"
NOT_LOOKED_AT = {
    "503.html": _ANSWER,
    "conflict.html": _ANSWER,
    "article/reply_letter.html": _ANSWER,
    "guest/check.html": _ANSWER,
    "desk/identity.html": "who a confidential source is, as the answer to one press",
    "article/panel_history.html": _BACK,
    "article/panel_removed.html": _BACK,
    "article/removed_citations.html": _BACK,
    "desk/archived.html": _AGAIN,
    "desk/told.html": _AGAIN,
}
"""Templates with a form that no page below has, and why."""

NOT_MET: set[str] = set()
"""Forms with a text area that no page below has, and why."""

SAYS_NOTHING = {"OK", "Yes", "Save", "Send", "Submit", "Continue", "Confirm"}
"""On the button of a move that is public or final: not what it does."""

NAMES_NOTHING = {
    *("Save", "Go on", "OK", "Yes", "Stop", "Keep it", "Change it", "Look at it", "Take them in"),
}
"""On any button: not what is saved, kept or looked at."""

TEMPLATES = Path(settings.BASE_DIR) / "annotations/templates"
NOT_OURS = ("admin/", "account/", "allauth/", "mfa/", "usersessions/", "socialaccount/")
"""Forms of accounts: passwords and names, which no browser should keep by our doing."""


def test_every_form_in_which_people_write_is_kept_and_acts_once_and_none_is_forgotten(fixtures):
    pages = every_page.opened()
    long = list(pages.long())
    lost = {form.name: sorted(form.long) for form in long if not form.is_kept}
    untold = {form.name for form in long if not TOLD_APART & form.fields.keys()}
    here = {form.url.name for form in FORMS.values()} | {name for name, *_ in OF_THE_DESK.values()}
    sent_once = {form.name for form in long} - here - NOT_KEPT.keys()
    # Neither a template with a form may be unseen, nor a class of one in which people write.
    unseen = {name for name in templates_with_forms() if name not in pages.templates}
    shown = [form.fields.keys() for form in pages.forms]
    unmet = {each.__name__ for each in written() if not any(areas(each) <= s for s in shown)}
    at_once = {
        each.name for each in pages.forms if each.name in ONE_QUESTION and not each.is_at_home
    }
    unnamed = {
        (each.name, words)
        for each in pages.forms
        for words in each.buttons
        if each.name in ONE_QUESTION | BY_A_QUESTION and words in SAYS_NOTHING
    }
    assert (at_once, unnamed) == (set(), set())
    assert {(e.name, w) for e in pages.forms for w in e.buttons if w in NAMES_NOTHING} == set()
    found = {"lost": set(lost), "untold": untold, "sent once": sent_once, "unmet": unmet}
    expected = {"lost": set(NOT_KEPT), "untold": {"claims"}, "sent once": set(ALSO_SENT_TWICE)}
    assert found | {"unseen": unseen} == expected | {"unmet": NOT_MET, "unseen": set(NOT_LOOKED_AT)}


def test_what_is_said_of_other_tests_is_so():
    for where in ALSO_SENT_TWICE.values():
        file, name = where.split("::")
        assert f"def {name}(" in (Path(__file__).parents[1] / file).read_text(encoding="utf-8")


def templates_with_forms() -> Iterator[str]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        is_ours = not name.startswith(NOT_OURS)
        if is_ours and re.search(r'<form\b[^>]*method="post"', path.read_text(encoding="utf-8")):
            yield name


def written() -> Iterator[type[forms.BaseForm]]:
    """The forms of pages that have a text area."""
    waiting: list[Any] = [forms.BaseForm]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("annotations.forms") and areas(each):
                yield each


def areas(form: Any) -> set[str]:
    fields = getattr(form, "base_fields", {})
    return {name for name, each in fields.items() if isinstance(each.widget, forms.Textarea)}
