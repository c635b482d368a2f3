"""Every word that a page says of its own can be translated.

Each page is asked for with a language of the test's own, which puts marks around what it was given
to translate. What stands on the page outside of them, and is nobody's data either, was written into
the code where no catalogue reaches it.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection, models
from django.test import Client
from django.utils import translation

from annotations.models import User
from annotations.templatetags import factcheck
from tests.e2e.test_pages import addresses, fixtures

pytestmark = pytest.mark.django_db

__all__ = ["fixtures"]

FROM, TO = "⟦", "⟧"
SILENT = {"script", "style", "code", "kbd", "pre", "textarea"}
NAMES = {name for _code, name in settings.LANGUAGES} | {
    "AVeriTeC",
    "ClaimReview",
    "DOI",
    "Factcheck",
    "HTML",
    "ISBN",
    "JSON",
    "Lines",
    "CSV",
    "Web",
    "Annotations",
}
"""Of standards and formats: the same in every language."""
ALLAUTHS = {("e-mail", f"{TO}:")}
"""Written into a template of the library: "Change to:"."""
ZONES = zoneinfo.available_timezones()
ISOLATED = {"bdi", "label", "legend", "option", "title"}
"""They have it by themselves, labels by base.css."""
READ_OUT = {"title", "aria-label", "placeholder", "alt", "aria-description"}


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is translated comes back between marks, and is kept for no other test."""
    real = translation._trans  # type: ignore[attr-defined]

    def simple(message: str) -> str:
        return f"{FROM}{message}{TO}" if message else ""

    def plural(one: str, many: str, number: int) -> str:
        return simple(one if number == 1 else many)

    monkeypatch.setattr(real, "gettext", simple)
    monkeypatch.setattr(real, "ngettext", plural)
    monkeypatch.setattr(real, "pgettext", lambda _context, message: simple(message))
    monkeypatch.setattr(
        real, "npgettext", lambda _context, one, many, number: plural(one, many, number)
    )
    _keep_nothing()
    yield
    _keep_nothing()


def _keep_nothing() -> None:
    for each in caches.all(initialized_only=True):
        each.clear()
    factcheck._fixed.cache_clear()


class Words(HTMLParser):
    """What a page shows or has read out, text by text."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[tuple[str, bool]] = []
        """The elements that are open, each with whether its text has a direction of its own."""
        self.said: list[tuple[str, bool]] = []
        """The texts, each with whether it has a direction of its own."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in {"br", "img", "input", "link", "meta", "hr", "wbr", "source"}:
            own = tag in ISOLATED or ("dir" in found and tag != "html")
            classes = (found.get("class") or "").split()
            self.inside.append((tag, own or bool({"visually-hidden", "form-text"} & set(classes))))
        self.said += [(value, True) for name in READ_OUT if (value := found.get(name))]
        if tag == "input" and found.get("type") in {"submit", "button"}:
            self.said.append((found.get("value") or "", True))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        open_now = {tag for tag, _own in self.inside}
        if not SILENT & open_now and data.strip().replace(" ", "_") not in ZONES:
            self.said.append((data, any(own for _tag, own in self.inside)))


def untranslated(page: str) -> Iterator[tuple[str, bool]]:
    """Texts with letters that stand outside of the marks; whether each has its own direction."""
    words = Words()
    words.feed(page)
    depth = 0
    for said, own in words.said:
        outside = ""
        for character in said:
            depth += (character == FROM) - (character == TO)
            if not depth and character not in FROM + TO:
                outside += character
            elif outside and outside[-1] != FROM:
                outside += FROM
        outside = re.sub(r"https?://\S+", "", outside)
        for part in re.split(rf"{FROM}|\d+|[^\w\s’'.%-]|, ", outside):
            if re.search(r"[A-Za-z]{2}", part):
                yield " ".join(part.split()).strip(" .,-"), own


def loose_signs(page: str, data: str) -> Iterator[str]:
    """Signs that languages space in their own ways, where neither a message nor anybody put them.

    Each with up to two words before it; a message stands as one mark.
    """
    words = Words()
    words.feed(page)
    depth = 0
    for said, _own in words.said:
        outside = ""
        for character in said:
            was, depth = depth, depth + (character == FROM) - (character == TO)
            if not depth:
                outside += TO if was else character
        outside = re.sub(r"https?://\S+", "", outside)
        for found in re.findall(rf"(?:\S+\s+)?\S*[:;!?%](?=\s|{TO}|$)", outside):
            last = found.split()[-1].rpartition(TO)[2]
            if not re.search(r"\w", last) or last not in data:
                yield " ".join(found.split())


def stored() -> str:
    """All that is kept as words in any table: what people typed, and names."""
    found = []
    for model in apps.get_models():
        columns = [
            field.column
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        ]
        for column in columns:
            with connection.cursor() as cursor:
                table = model._meta.db_table
                cursor.execute(f'select distinct "{column}"::text from "{table}"')
                found += [row[0] for row in cursor.fetchall() if row[0]]
    return " ".join("\n".join(found).split())


def all_stored(words: str, data: str) -> bool:
    """Whether the words are somebody's: as they stand, or cut, or two names of one person."""
    each = words.split()
    ends = (" ".join(each[:3]), " ".join(each[-3:]))
    return any(end in data for end in ends) or (len(each) == 2 and all(w in data for w in each))


def test_no_word_or_colon_of_a_page_is_out_of_reach_of_the_catalogues(fixtures, marked):
    visits = addresses()
    people = {user.username: user for user in User.objects.all()}
    data = stored()
    found: dict[str, str] = {}
    drawn_in: dict[str, str] = {}
    loose: dict[str, str] = {}
    for name, who, path, _status in visits:
        client = Client()
        if who:
            client.force_login(people[who])
        page = client.get(path).content.decode()
        for words in loose_signs(page, data):
            if (name, words) not in ALLAUTHS:
                loose.setdefault(words, name)
        for words, own in untranslated(page):
            if set(words.split()) <= NAMES:
                continue
            if not all_stored(words, data):
                found.setdefault(words, name)
            elif not own and words.count(" ") > 2:  # a name alone stays together by itself
                drawn_in.setdefault(words, name)
    assert not loose, "\n".join(f"{where}: {words}" for words, where in loose.items())
    assert not drawn_in, "\n".join(f"{where}: {words}" for words, where in drawn_in.items())
    assert not found, "\n".join(f"{where}: {words}" for words, where in found.items())
