"""A window of Chromium that is used again is found as if it were new."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.js.conftest import HOME, serve
from tests.windows import Windows

LEAVE = "() => { localStorage.left = '1'; document.cookie = 'left=1'; }"
FOUND = "() => [localStorage.length, document.cookie, history.length]"


def opened(windows: Windows) -> tuple[Page, object]:
    context = windows.take(locale="en-GB")
    page = context.new_page()
    page.route("**/*", serve)
    page.goto(HOME)
    return page, page.evaluate(FOUND)


def test_nothing_of_the_test_before_is_there(windows: Windows):
    first, new = opened(windows)
    first.evaluate(LEAVE)
    first.context.set_offline(True)
    windows.give_back(first.context, HOME)
    second, found = opened(windows)
    assert second.context is first.context
    assert found == new
    windows.give_back(second.context, HOME)
