"""A blank page that may import our modules, and nothing else: no server, no database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Route

from tests.windows import Windows

STATIC = Path(__file__).resolve().parents[2] / "static"
HOME = "https://factcheck.test/"


def serve(route: Route) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith("/static/js/"):
        file = STATIC / path.removeprefix("/static/")
        route.fulfill(path=file, content_type="text/javascript")
    else:
        page = "<!DOCTYPE html><html lang='en'><title>Blank</title><body data-person='1'>"
        route.fulfill(body=page, content_type="text/html; charset=utf-8")


def _is_complaint(message: ConsoleMessage) -> bool:
    """Whether it is an error; an answer that a test lets its server give is none."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest.fixture
def blank(windows: Windows) -> Iterator[Page]:
    """An empty page that remembers nothing; any complaint on its console fails the test."""
    complaints: list[str] = []
    context = windows.take()
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if _is_complaint(message) else None,
    )
    page.route("**/*", serve)
    page.goto(HOME)
    yield page
    windows.give_back(context, HOME)
    assert complaints == []
