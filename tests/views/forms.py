"""The forms of pages, found as pages have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import resolve
from lxml import html

from annotations.models import User

from . import walking
from .walking import World


@dataclass
class Found:
    """A form as a page has it."""

    page: str
    url: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)
    """The fields whose values the page chooses: hidden, options, boxes."""
    long: set[str] = field(default_factory=set)
    """The fields in which people write more than a name."""
    kept: str = ""
    """Under what the typed is kept until it is sent; empty: it is not."""
    buttons: list[str] = field(default_factory=list)
    """What stands on them."""
    who: str | None = None
    """Whose page it is, where somebody said so."""

    @property
    def is_kept(self) -> bool:
        return bool(self.kept)

    @property
    def is_at_home(self) -> bool:
        """Whether the page is that of the form's own address."""
        return urlsplit(self.page).path == self.path

    @property
    def path(self) -> str:
        return urlsplit(urljoin(self.page, self.url)).path

    @property
    def name(self) -> str:
        """The name of the address that it is sent to."""
        return resolve(self.path).view_name


A_NAME = 200
"""Characters: whoever types more has typed prose."""


def _is_long(box: Any) -> bool:
    if box.tag == "textarea":
        return "readonly" not in box.attrib
    is_text = box.tag == "input" and box.get("type", "text") == "text"
    return is_text and int(box.get("maxlength") or A_NAME + 1) > A_NAME


def _kept(form: Any, page: bytes) -> str:
    """By the server (unsent.js), or by the browser, where the page brings the script along."""
    by_itself = "data-unsent" in form.attrib or b"js/autosave." in page
    return (form.get("data-keep") or form.get("data-draft") or "") if by_itself else ""


def forms_of(page: str, body: bytes) -> Iterator[Found]:
    """The forms of a page that are sent by POST, each filled in as it stands."""
    for form in html.fromstring(body).iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        found = Found(page, form.get("action") or page)
        found.kept = _kept(form, body)
        pressed = [box for box in form.iter("button") if box.get("aria-hidden") != "true"]
        found.buttons = [" ".join(box.text_content().split()) for box in pressed]
        for box in form.iter("input", "textarea", "select", "button"):
            name = box.get("name")
            if not name or box.get("type") in ("file", "image"):
                continue
            values = found.fields.setdefault(name, [])
            if _is_long(box):
                found.long.add(name)
            if box.tag == "select":
                options = [each.get("value", "") for each in box.iter("option")]
                values += options[-1:]
                found.chosen.add(name)
            elif box.tag == "textarea":
                values.append("Words.")
            else:
                values.append(box.get("value") or "Words.")
                if box.get("type") in ("hidden", "radio", "checkbox", "submit", None):
                    found.chosen.add(name)
        yield found


def distinct(world: World, client: Client, person: User | None) -> Iterator[Found]:
    """The forms of all pages that the person may open, each once by its address and fields."""
    seen = set()
    for look in walking.looks(world, person, plain=True, besides=False):
        with transaction.atomic():
            headers = {"HX-Request": "true"} if look.htmx else {}
            answer: Any = client.get(look.url, headers=headers)
            if answer.streaming:
                b"".join(answer.streaming_content)  # a file, which has no form
            transaction.set_rollback(True)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        if answer.streaming or not answer.content.strip():
            continue
        for form in forms_of(look.url, answer.content):
            named = (form.url.split("?")[0], tuple(sorted(form.fields)))
            if named not in seen and "log-out" not in form.url and "logout" not in form.url:
                seen.add(named)
                yield form
