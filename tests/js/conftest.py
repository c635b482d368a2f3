"""A blank page that may import our modules, and nothing else: no server, no database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

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


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    """An empty page of a browser of its own; any complaint on its console fails the test."""
    complaints: list[str] = []
    context = browser.new_context()
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    context.route("**/*", serve)
    page = context.new_page()
    page.goto(HOME)
    yield page
    context.close()
    assert complaints == []
