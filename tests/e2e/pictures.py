"""Pictures of screens and states, taken while the tests look at them (`make screenshots`).

The README's are PNG in the folder that SCREENSHOTS names; the others WebP in `screens/` below it.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

README = {
    "public-article-wide-light",
    "public-article-phone-dark",
    "public-claim-wide-light",
    "check-panel-wide-light",
    "approve-wide-light",
}

MAIN = {
    "queue",
    "add-article",
    "workbench",
    "check-panel",
    "decide",
    "approve",
    "public-article",
    "public-claim",
    "conflict",
}
"""Screens taken light and dark, wide and on a phone; the others light and wide, dark on a phone."""

EVERY = {"wide-light", "phone-dark"}
"""The looks that each screen is taken in."""


def take(page: Page, name: str, look: str) -> None:
    """A picture of what a person sees now, when asked for; `look` is such as "wide-light"."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder or look == "phone-forced" or (look not in EVERY and name not in MAIN):
        return
    page.wait_for_load_state("networkidle")
    _save(page, Path(folder), f"{name}-{look}")


def _save(page: Page, folder: Path, name: str) -> None:
    data = page.screenshot(animations="disabled")
    if name in README:
        (folder / f"{name}.png").write_bytes(data)
    path = folder / "screens" / f"{name}.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(data)).convert("RGB").save(path, quality=50, method=6)
