"""The styles of an OpenDocument text: what the file says of a paragraph, and of letters in it.

Source: OpenDocument 1.3 part 3, 16 (styles; each goes back to one of its own family) and 20.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotations.formats.packed import Element, attribute, tag_of
from annotations.formats.setting import Setting, bold, points

PARAGRAPHS, LETTERS = "paragraph", "text"
"""Families of styles."""
_DEEPEST = 50
"""How many styles one may go back to; more of them go round in a circle."""
_SIZE = re.compile(r"([\d.]{1,8})(pt|px|pc|in|cm|mm|%)")


class Lettering(NamedTuple):
    """Of letters: how they are set, and whether they are raised, struck out or hidden."""

    setting: Setting = Setting()
    is_raised: bool = False
    is_struck: bool = False
    is_hidden: bool = False


class Styles:
    """The styles of a file, of its text and those that it names."""

    def __init__(self, *roots: Element | None) -> None:
        self._found = {
            (attribute(style, "family"), attribute(style, "name")): style
            for root in roots
            if root is not None
            for style in root.iter()
            if tag_of(style) == "style"
        }

    def chosen(self, paragraph: Element) -> str:
        """The style that the writer chose: a program makes one of its own of what is changed."""
        own = attribute(paragraph, "style-name")
        style = self._found.get((PARAGRAPHS, own))
        if style is None or tag_of(style.getparent()) != "automatic-styles":
            return own
        return attribute(style, "parent-style-name") or own

    def names(self, name: str) -> list[str]:
        """The names of a style of paragraphs and of those from which it was made."""
        above = (attribute(each, "parent-style-name") for each in self._line(PARAGRAPHS, name))
        return [name, *above]

    def lettering(self, family: str, name: str, around: Lettering) -> Lettering:
        """Of letters in that style, within others."""
        found = around
        for style in reversed(list(self._line(family, name))):
            for said in style:
                if tag_of(said) == "text-properties":
                    found = _lettering(said, found)
        return found

    def _line(self, family: str, name: str) -> Iterator[Element]:
        """The style and those that it goes back to."""
        for _ in range(_DEEPEST):
            style = self._found.get((family, name))
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


def _lettering(said: Element, around: Lettering) -> Lettering:
    """What the properties of letters say, beside what is said around them."""
    setting, is_raised, is_struck, is_hidden = around
    is_bold, size = setting
    if weight := attribute(said, "font-weight"):
        is_bold = bold(weight, is_bold)
    if found := _SIZE.fullmatch(attribute(said, "font-size")):
        size = points(found[1], found[2], size)
    if position := attribute(said, "text-position"):
        is_raised = _is_above(position)
    if line := attribute(said, "text-line-through-style"):
        is_struck = line != "none"
    if shown := attribute(said, "display"):
        is_hidden = shown == "none"
    return Lettering(Setting(is_bold, size), is_raised, is_struck, is_hidden)


def _is_above(position: str) -> bool:
    """Whether letters stand above the line: "super 58%", or by how much of their height."""
    where = position.split()[0] if position.split() else ""
    return where == "super" or (where.endswith("%") and where[:-1].isdecimal() and where != "0%")
