"""Signing in again with a form in hand: what was typed, to be sent again by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.http import HttpRequest

_BY_MACHINES = re.compile(r"\s*|\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SECRET = re.compile("password|secret", re.IGNORECASE)
_BESIDE = re.compile(r"(initial|theirs|choice)-|q$")
"""Names of what stands beside the fields a person fills in."""


@dataclass(frozen=True, slots=True)
class Held:
    """A form that was sent while signed out: where to, its fields, and the files it had."""

    to: str
    """A path on this host, with its query."""
    fields: list[tuple[str, str]]
    files: list[tuple[str, str]]
    """The name of each field that had a file, and the file's own name."""

    def __bool__(self) -> bool:
        return bool(self.fields or self.files)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a person can tell again as theirs: each field's name in words, and its text."""
        return [
            (_in_words(name), value)
            for name, value in self.fields
            if not _BY_MACHINES.fullmatch(value) and not _BESIDE.match(name)
        ]


def _in_words(name: str) -> str:
    """What a field is called on its form; its name for machines where no form of ours has it."""
    return str(_labels().get(name) or re.sub(r"[-_]", " ", name).capitalize())


@cache
def _labels() -> dict[str, Any]:
    """The label of each field of our forms by its name, where they all call it the same."""
    kinds: list[Any] = [forms.BaseForm]
    found: dict[str, list[Any]] = {}
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("annotations.forms."):
            for name, field in kind.base_fields.items():
                found.setdefault(name, []).append(field.label)
    return {name: labels[0] for name, labels in found.items() if len({*map(str, labels)}) == 1}


def held(request: HttpRequest, to: str) -> Held:
    """What the request sent, to be sent again; never a password or the name of a confidential
    source (`secret`), nor a token of the session."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if _is_carried(name)
        for value in values
    ]
    files = [
        (name, str(file.name)) for name, row in request.FILES.lists() for file in row if file.name
    ]
    return Held(to, fields, files)


def _is_carried(name: str) -> bool:
    return name not in ("csrfmiddlewaretoken", "unsent") and not _SECRET.search(name)
