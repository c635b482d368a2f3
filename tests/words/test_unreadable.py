"""Refusals of file formats are data: their words are made when they are read, values and all."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from django.utils import translation

from annotations.formats import articles, earlier, readers, strictjson, tables, transcript
from annotations.text import canonical
from annotations.text.canonical import BadText
from annotations.words import unreadable

WRITTEN = [
    ast.parse(path.read_text(encoding="utf-8"))
    for place in ("formats", "exchange", "text")
    for path in Path("annotations", place).rglob("*.py")
]
FORMATS = {"JSON", "JSON Lines", "YAML", "RTF", "TSV", "CSV", "NUL"}
"""Names that are the same in every language."""


def raised() -> dict[str, str]:
    """Each code that a refusal has in the code, with its English words."""
    found = {}
    for tree in WRITTEN:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BadText":
                code, *rest = node.args
                if isinstance(code, ast.Constant) and isinstance(rest[0], ast.Constant):
                    found[str(code.value)] = str(rest[0].value)
    return found


def test_each_refusal_has_words_in_every_language_with_the_same_values():
    codes = raised()
    assert len(codes) > 30
    # Said by an import command alone, which speaks English.
    assert set(codes) - set(unreadable._BAD_TEXT) == set()
    for code, english in codes.items():
        with translation.override(None):
            words = str(unreadable._BAD_TEXT[code])
        assert set(re.findall(r"%\((\w+)\)s", words)) == set(re.findall(r"{(\w+)}", english)), code


@pytest.fixture
def marked(monkeypatch):
    real = translation._trans  # type: ignore[attr-defined]
    monkeypatch.setattr(real, "gettext", lambda message: f"⟦{message}⟧")
    monkeypatch.setattr(real, "ngettext", lambda one, _many, _n: f"⟦{one}⟧")


def outside(words: str) -> str:
    """What of the words was not translated."""
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", words)) != words:
        words = inner
    return words


@pytest.mark.parametrize("magic", [magic for magic, _kind in canonical._MAGIC])
def test_what_a_binary_file_is_has_a_name_in_every_language(marked, magic):
    with pytest.raises(BadText) as caught:
        canonical.refuse_binary(magic + b"\0" * 600)
    assert caught.value.params["kind"] in unreadable.CALLED
    assert outside(unreadable.bad_text(caught.value)) == ""


def named() -> set[str]:
    """The names that functions of the text layer give by themselves."""
    (tree,) = [
        tree for tree in WRITTEN if any(getattr(n, "name", "") == "_zip_kind" for n in tree.body)
    ]
    wanted = ("_zip_kind", "_binary_kind", "_control_kind", "_name")
    return {
        each.value
        for function in tree.body
        if isinstance(function, ast.FunctionDef) and function.name in wanted
        for node in ast.walk(function)
        if isinstance(node, ast.Return | ast.Dict | ast.Call)
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
        if len(each.value) > 3
    }


def test_each_name_of_a_kind_is_known():
    names = named() | set(readers._NAMES.values()) | {earlier.KINDS}
    assert len(names) > 15
    assert names - set(unreadable.CALLED) - FORMATS == set()


@pytest.mark.parametrize(
    "text",
    [
        "", '{"a":1,}', "{a:1}", '"abc', '{"a":"\x01"}', '"\\x"', '"\\u12"', "[1 2]", '{"a" 1}',
        "1 2", '{"a":1,"a":2}', "[1e999]", '"\\ud800"',
    ],
)  # fmt: skip
def test_what_is_wrong_with_json_is_said_in_every_language(marked, text):
    with pytest.raises(BadText) as caught:
        strictjson.parse(text)
    assert outside(unreadable.bad_text(caught.value)) == ""


def test_wrong_rows_are_said_one_by_one_in_the_language_of_the_page(marked):
    rows = [{"title": "x" * 400, "text": 3}, 4, {"title": "a", "text": "b\uffff", "url": "c"}]
    with pytest.raises(BadText) as caught:
        articles.read(json.dumps(rows).encode(), "a.json", "en")
    words = unreadable.bad_text(caught.value)
    assert outside(words).strip() == ""
    assert words.count("⟦Line ") == 5
    assert "a noncharacter" in words, "why a text is refused is said within"


def test_a_transcript_too_and_those_that_are_more_are_counted(marked):
    data = "line\tspeaker\ttext\n" + "1\tAnn\tIt is so.\n" * 30
    with pytest.raises(BadText) as caught:
        transcript.read(data.encode(), "en", "en", "TSV")
    words = unreadable.bad_text(caught.value)
    assert outside(words).strip() == ""
    assert words.count("a line comes once") == tables.SHOWN
    assert f"{29 - tables.SHOWN} more" in words


def test_what_rows_should_hold_has_words_and_no_more():
    assert set(unreadable.EXPECTED) == set(tables.EXPECTED)


def test_an_unknown_code_is_said_in_english():
    assert unreadable.bad_text(BadText("of_tomorrow", "It is {n}.", n=3)) == "It is 3."
