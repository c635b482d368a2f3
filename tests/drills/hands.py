"""Somebody at a page whose acts are counted by kind. Knows nothing of the site's code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Frame, Locator, Page, expect


@dataclass
class Tally:
    """What a day took, by kind."""

    clicks: int = 0
    keys: int = 0
    prose: int = 0
    """Characters."""
    pages: int = 0
    """Loaded whole, whatever led there."""
    parts: list[str] = field(default_factory=list)

    @property
    def minutes(self) -> float:
        """At 40 words of five characters a minute, 0.4 s a key and 1.2 s a click."""
        return self.prose / 200 + self.keys * 0.4 / 60 + self.clicks * 1.2 / 60


class Person:
    """Somebody at a page, whose acts are counted."""

    def __init__(self, page: Page, tally: Tally) -> None:
        self.page, self.tally = page, tally
        page.on("framenavigated", self._count)

    def _count(self, frame: Frame) -> None:
        # An address that only says where one is within the page is no other page.
        self.tally.pages += frame == self.page.main_frame and "#" not in frame.url

    def click(self, target: Locator | str) -> None:
        self.tally.clicks += 1
        self.found(target).click()

    def send(self, button: str) -> None:
        """A form, by the button that its keys stand for."""
        self.click(button)

    def found(self, target: Locator | str) -> Locator:
        return self.button(target) if isinstance(target, str) else target

    def stands_at(self, place: Locator | str) -> None:
        """Whether the focus is where the next act begins."""
        found = self.page.locator(place) if isinstance(place, str) else place
        expect(found).to_be_focused()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name).first

    def link(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("link", name=name).first

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tally.keys += len(key.split("+"))
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.tally.prose += len(words)
        self.page.keyboard.insert_text(words)

    def fill(self, label: str, words: str) -> None:
        """A field that the keys lead to, and what is typed there."""
        self.to(self.page.get_by_label(label, exact=True))
        self.write(words)

    def paste(self, words: str) -> None:
        self.tally.keys += 2
        self.page.keyboard.insert_text(words)

    def to(self, target: Locator) -> None:
        """On to a field by Tab."""
        expect(target).to_be_visible()
        for _step in range(250):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"no Tab leads to {target}")

    def to_text(self) -> None:
        """T leads between text and panel."""
        inside = "document.activeElement.matches('[data-text] [data-start]')"
        for _press in range(2):
            if not self.page.evaluate(inside):
                self.press("t")
        assert self.page.evaluate(inside), "no key leads to the text"

    def desk(self) -> None:
        """Their queue, where a day begins: the start page of the browser."""
        self.page.goto("/desk/")
