"""Windows of Chromium that tests use one after another, each found as if it were new.

To open a context costs Chromium two thirds of a second of CPU, whatever is shown in it, and to open
one more page in a window that is there a third. So what a test has opened is emptied, not closed.
"""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

KEPT = 6
"""How many windows wait for another test, of one worker: each has some 100 MB."""


class Windows:
    """Contexts that no test has at the moment, by the options that they were opened with."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: list[tuple[str, BrowserContext, Page]] = []
        self.taken: dict[BrowserContext, tuple[str, Page]] = {}

    def take(self, **options: Any) -> BrowserContext:
        """A context with these options of Playwright's new_context, without a page to be used."""
        wanted = json.dumps(options, sort_keys=True)
        found = next((entry for entry in self.free if entry[0] == wanted), None)
        if found is not None:
            self.free.remove(found)
            _, context, page = found
        else:
            context = self.browser.new_context(**options)
            page = context.new_page()  # what keeps the window open
        self.taken[context] = wanted, page
        return context

    def give_back(self, context: BrowserContext, origin: str) -> None:
        """Close what was opened in it, and forget what it has of the origin."""
        wanted, kept = self.taken.pop(context)
        if kept.is_closed():  # the test closed the whole window
            return
        for page in context.pages:
            if page is not kept:
                page.close()
        _forget(context, kept, origin)
        self.free.append((wanted, context, kept))
        for _, unused, _ in self.free[:-KEPT]:
            unused.close()
        del self.free[:-KEPT]


def _forget(context: BrowserContext, page: Page, origin: str) -> None:
    context.set_offline(False)
    context.clear_permissions()
    context.unroute_all()
    context.clear_cookies()
    session = context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    session.detach()
