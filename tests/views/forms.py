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

    @property
    def name(self) -> str:
        """The name of the address that it is sent to."""
        return resolve(urlsplit(urljoin(self.page, self.url)).path).view_name


def forms_of(page: str, body: bytes) -> Iterator[Found]:
    """The forms of a page that are sent by POST, each filled in as it stands."""
    for form in html.fromstring(body).iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        found = Found(page, form.get("action") or page)
        for box in form.iter("input", "textarea", "select", "button"):
            name = box.get("name")
            if not name or box.get("type") in ("file", "image"):
                continue
            values = found.fields.setdefault(name, [])
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
