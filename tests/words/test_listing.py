"""Lists and times as each language writes them."""

from __future__ import annotations

import ast
import datetime as dt
import re
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf.global_settings import LANGUAGES_BIDI
from django.utils import translation
from django.utils.formats import FORMAT_SETTINGS, date_format

from annotations import listing
from annotations.words.languages import LANGUAGES

HERE = Path("annotations")
NAMED = re.compile(r'\|(?:date|time):"([^"]*)"')
RECORD = "Y-m-d H:i:s"
"""ISO 8601 is the same in every language: records for other machines."""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Ana", "Inés"], "Ana e Inés"),
        (["Ana", "Luis", "“Íñigo”"], "Ana, Luis e “Íñigo”"),
        (["padres", "hijos"], "padres e hijos"),
        (["agua", "hielo"], "agua y hielo"),
        (["Ana", "Yolanda"], "Ana y Yolanda"),
        (["Inés", "Ana"], "Inés y Ana"),
    ],
)
def test_spanish_and_gives_way_before_its_own_sound(words, told):
    with translation.override("es"):
        assert listing.listed_and(words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["siete", "ocho"], "siete u ocho"),
        (["mujer", "hombre"], "mujer u hombre"),
        (["7", "8"], "7 u 8"),
        (["70", "80"], "70 u 80"),
        (["10", "11"], "10 u 11"),
        (["10 000", "11 000"], "10 000 u 11 000"),
        (["1", "110"], "1 o 110"),
        (["ocho", "siete"], "ocho o siete"),
    ],
)
def test_spanish_or_gives_way_before_its_own_sound(words, told):
    with translation.override("es"):
        assert listing.listed_or(words) == told


def test_no_other_language_has_that_rule():
    with translation.override("fr"):
        assert listing.listed_and(["Ana", "Inés"]) == "Ana et Inés"
    assert listing.listed_and(["Ana", "Inés"]) == "Ana and Inés"


PERCENT_IN_TEMPLATES = re.compile(r"(?<!\{)%(?!\})")
ATTRIBUTES = re.compile(r'\w=".*?"', re.DOTALL)
TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def loose_in_templates() -> list[str]:
    """Percent signs among a template's words: neither of its tags nor of an element's size."""
    return [
        f"{path}: {words.strip()}"
        for path in HERE.glob("templates/**/*.*")
        if path.suffix in (".html", ".txt")
        for line in TAGS.sub("", path.read_text(encoding="utf-8")).splitlines()
        if PERCENT_IN_TEMPLATES.search(words := ATTRIBUTES.sub("", line))
    ]


def loose_in_code() -> list[str]:
    """Percent signs right behind a number that code puts in: f"{share}%", or "%d%%" as a message.

    What is written for a browser to draw stands in templatetags, and addresses in text.
    """
    found = []
    for path in [*HERE.glob("words/*.py"), *HERE.glob("views/**/*.py"), *HERE.glob("queries/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                pairs = pairwise(node.values)
                found += [
                    f"{path}:{node.lineno}"
                    for value, after in pairs
                    if isinstance(value, ast.FormattedValue) and starts_with_percent(after)
                ]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += [f"{path}:{node.lineno}"] * ("%%" in node.value)
    return found


def starts_with_percent(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and str(node.value).startswith("%")


def test_no_template_and_no_code_writes_a_percent_sign_by_itself():
    assert loose_in_templates() == []
    assert loose_in_code() == []


def formats(language: str) -> dict[str, str]:
    module = import_module(f"factcheck.formats.{language}.formats")
    return {name: value for name, value in vars(module).items() if name.endswith("_FORMAT")}


def in_templates() -> set[tuple[str, str]]:
    return {
        (str(path), name)
        for path in HERE.glob("templates/**/*")
        if path.is_file()
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
    }


def in_code() -> set[tuple[str, str]]:
    found = set()
    for path in HERE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("_format"):
                found |= {
                    (str(path), str(each.value))
                    for argument in node.args[1:]
                    for each in ast.walk(argument)
                    if isinstance(each, ast.Constant)
                }
    return found


def test_a_time_is_written_by_a_way_that_each_language_has():
    """No page and no code says by itself in which order, and with which comma."""
    used = in_templates() | in_code()
    assert len(used) > 40
    everywhere = set.intersection(*({*formats(each)} for each in LANGUAGES)) | FORMAT_SETTINGS
    assert {each for each in used if each[1] not in everywhere | {RECORD}} == set()
    assert {name for _where, name in used if name in everywhere} >= set(formats("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_all_ways_and_its_own_comma(language):
    ways = formats(language)
    assert set(ways) == set(formats("en"))
    if language in LANGUAGES_BIDI:
        assert not [way for way in ways.values() if "," in way]


def test_a_day_and_time_are_read_in_each_language():
    at = dt.datetime(2026, 11, 24, 14, 3, tzinfo=dt.UTC)
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = date_format(at, "DAY_TIME_FORMAT")
    assert told["en"] == "24 Nov, 14:03"
    assert told["fr"] == "24 nov. à 14:03"
    assert told["ar"].endswith("، 14:03")
