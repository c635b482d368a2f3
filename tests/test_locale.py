"""The catalogues are complete, and compiled as they stand."""

from __future__ import annotations

import re

import polib
import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import translation
from django.utils.translation import ngettext

from annotations import listing
from annotations.models import User
from annotations.words.languages import LANGUAGES
from tests.e2e.test_pages import addresses, fixtures
from tests.messages import LOCALE, messages
from tests.views.readers import article_page, claim_page
from tests.views.test_every_word import Words, stored

__all__ = ["fixtures"]

CATALOGUES = [language for language in LANGUAGES if language != "en"]


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.heart
@pytest.mark.parametrize("language", CATALOGUES)
def test_no_catalogue_keeps_what_is_not_said_any_more(language):
    said = set(messages())
    kept = {
        (each.msgctxt or "", each.msgid, each.msgid_plural or "") for each in catalogue(language)
    }
    assert kept <= said


@pytest.mark.heart
@pytest.mark.parametrize("language", CATALOGUES)
def test_each_message_has_a_translation(language):
    translated = {
        (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
        for entry in catalogue(language)
        if entry.translated() and not entry.fuzzy
    }
    missing = {message: where for message, where in messages().items() if message not in translated}
    assert not missing


@pytest.mark.heart
def test_the_messages_are_found_in_templates_and_code():
    found = {singular for _context, singular, _plural in messages()}
    assert {"Think we got it wrong?", "Corrected", "Supports the claim", "Said by"} <= found
    assert {"Hand in", "said on", "This cannot be undone."} & found
    assert len(found) > 2500


@pytest.mark.parametrize("language", CATALOGUES)
def test_each_compiled_catalogue_is_the_one_that_was_written(language):
    written = catalogue(language)
    compiled = polib.mofile(str(LOCALE / language / "LC_MESSAGES" / "django.mo"))
    assert {each.msgid_with_context: (each.msgstr, each.msgstr_plural) for each in compiled} == {
        each.msgid_with_context: (each.msgstr, each.msgstr_plural) for each in written
    }


def names(words: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", words))


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_translation_asks_for_what_its_message_does_not_give(language):
    for entry in catalogue(language):
        known = names(entry.msgid) | names(entry.msgid_plural or "")
        for words in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert names(words) <= known, entry.msgid
            if not entry.msgid_plural:
                assert names(words) == known, entry.msgid


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_plural_form_of_the_language_is_there(language):
    forms = {"ar": 6, "es": 2, "fr": 2}[language]
    for entry in catalogue(language):
        if entry.msgid_plural:
            assert len([words for words in entry.msgstr_plural.values() if words]) == forms


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("fr", 0, "0 source"),
        ("fr", 2, "2 sources"),
        ("es", 1, "1 fuente"),
        ("es", 2, "2 fuentes"),
        ("ar", 1, "مصدر واحد"),
        ("ar", 2, "مصدران"),
        ("ar", 5, "5 مصادر"),
        ("ar", 11, "11 مصدرًا"),
    ],
)
def test_plurals_follow_the_language(language, count, words):
    with translation.override(language):
        told = ngettext("%(count)s source", "%(count)s sources", count) % {"count": count}
    assert told == words


@pytest.mark.parametrize(
    ("language", "date", "report"),
    [
        ("es", "24 de noviembre de 2026", "Avisar de un error"),
        ("fr", "24 novembre 2026", "Signaler une erreur"),
        ("ar", "24 نوفمبر 2026", "الإبلاغ عن خطأ"),
    ],
)
def test_pages_are_in_the_language_with_its_dates(cast, time_machine, language, date, report):
    caches["process"].clear()
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    article, claim = cast.corrected()
    for url in (article_page(article), claim_page(claim)):
        page = Client().get(f"{url}?lang={language}").content.decode()
        assert f'<html lang="{language}"' in page
        assert date in page
        assert report in page
        assert "Being" not in page


def test_text_of_the_article_keeps_its_own_language_and_direction(cast):
    caches["process"].clear()
    article, _claim = cast.published()
    page = Client().get(f"{article_page(article)}?lang=ar").content.decode()
    assert 'dir="rtl"' in page.split(">")[1] + page
    assert re.search(r'<p\s+lang="en"\s+dir="auto">', page)


TEMPLATES = LOCALE.parent / "annotations/templates"
NOT_OURS = {"500.html", "desk/look_of_copy.html"}
"""In English always, where nothing else works; and a page of others, which says its own."""


def test_each_whole_page_says_in_which_direction_it_is_read():
    """Pages without our frame forget it: an Arabic page of a copy was read from left to right."""
    pages = {
        str(path.relative_to(TEMPLATES)): path.read_text("utf-8")
        for path in TEMPLATES.rglob("*.html")
    }
    whole = {name: tag[0] for name, page in pages.items() if (tag := re.search("<html .+", page))}
    assert {name for name, tag in whole.items() if "dir=" not in tag} == NOT_OURS


UNLIKE_FRENCH = re.compile(
    r" [;:!?](?=\s|$)|\u00a0[;!?](?=\s|$)"
    r"|[^\s\u00a0\u202f:/][;:!?](?=\s|$)|«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»"
)


def test_french_has_its_own_spaces_before_double_signs():
    """Narrow before ; ! ?, whole before a colon and inside « »; none lets a line break there."""
    wrong = [
        said
        for entry in catalogue("fr")
        for said in (entry.msgstr, *entry.msgstr_plural.values())
        if UNLIKE_FRENCH.search(said)
    ]
    assert wrong == []
    with translation.override("fr"):
        assert listing.listed_apart(["un", "deux"]) == "un\u202f; deux"
        assert listing.labelled("un", "deux") == "un\u00a0: deux"
        assert listing.quoted("un") == "«\u00a0un\u00a0»"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "83%"),
        ("fr", "83\u00a0%"),
        ("es", "83\u00a0%"),
        ("ar", "83\u200e%\u200e"),
    ],
)
def test_a_percentage_is_written_as_the_language_writes_it(language, told):
    """As CLDR 46 has it, but for the width of the French space, which is that of a colon here."""
    with translation.override(language):
        assert listing.percent(83) == told


def test_a_percentage_has_the_decimal_sign_of_the_language():
    with translation.override("fr"):
        assert listing.percent(82.5) == "82,5\u00a0%"


ALLAUTHS = {("e-mail", "pour:")}
"""Written into a template of the library."""


def test_no_page_in_french_has_a_word_right_before_a_double_sign(fixtures):
    """test_every_word finds what no message says; this reads the pages themselves."""
    visits = addresses()
    User.objects.update(language="fr")
    people = {user.username: user for user in User.objects.all()}
    data = stored()
    wrong: dict[str, str] = {}
    for name, who, path, _status in visits:
        client = Client()
        if who:
            client.force_login(people[who])
        asked = path if "lang=" in path else f"{path}{'&' if '?' in path else '?'}lang=fr"
        page = client.get(asked if who is None else path).content.decode()
        words = Words()
        words.feed(page)
        if '<html lang="fr"' not in page:
            continue
        for said, _own in words.said:
            for each in re.findall(r"\S*[^\s\u00a0\u202f:/][:;!?](?=\s|$)", said):
                if each not in data and (name, each) not in ALLAUTHS:
                    wrong.setdefault(each, name)
    assert wrong == {}
