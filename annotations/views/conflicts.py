"""The 409 page: base, theirs and yours, field by field; nothing typed is dropped."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.models import Article, User
from annotations.text.difference import parts

from .http import Request


def resolved(data: QueryDict, names: Sequence[str]) -> QueryDict:
    """What a person chose on the conflict page, as the form's own data; else the data as it is."""
    if not any(f"mine-{name}" in data for name in names):
        return data
    chosen = data.copy()
    everything = data.get("all")
    for name in names:
        if f"mine-{name}" not in data:
            continue
        choice = everything or data.get(f"choice-{name}", "mine")
        if choice in ("mine", "theirs"):
            chosen[name] = data.get(f"{choice}-{name}", "")
    return chosen


def bases(form: Any) -> list[tuple[str, str]]:
    """What the person saw before typing, to be sent along: the base of a conflict."""
    return [
        (f"initial-{name}", _text(form.data.get(f"initial-{name}", form.initial.get(name))))
        if form.is_bound
        else (f"initial-{name}", _text(form[name].value()))
        for name in form.WORDING
    ]


def _shown(form: forms.BaseForm, name: str, value: str) -> str:
    """The value as people read it: a choice's label, not its key; nothing if none is made."""
    choices = getattr(form.fields[name], "choices", None)
    if choices is None:
        return value
    if not value:
        return ""
    return next((str(label) for key, label in choices if str(key) == value), value)


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n")


def conflict_page(
    request: Request,
    article: Article,
    data: QueryDict,
    *,
    theirs: Any,
    version: int,
    by: User | None,
    at: datetime,
) -> HttpResponse:
    """Show both versions of the form's wording. `by` is nobody where the work is blind."""
    when = date_format(timezone.localtime(at), "TIME_FORMAT")
    fields = []
    for name in theirs.WORDING:
        mine = _text(data.get(name))
        now = _text(theirs[name].value())
        base = _text(data.get(f"initial-{name}", now))
        if mine == now:
            continue
        changed = "both" if base not in (mine, now) else ("mine" if base == now else "theirs")
        fields.append(_field(theirs, name, base, now, mine, changed, by))
    title = (
        _("%(person)s changed this at %(when)s") % {"person": by, "when": when}
        if by and by != request.user
        else _("You changed this in another window at %(when)s") % {"when": when}
    )
    return render(
        request,
        "conflict.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "title": title,
            "action": request.path,
            "version": version,
            "key": uuid.uuid4(),
            "settles": data.get("settles") or data.get("key", ""),
            "unsent": data.get("unsent", ""),
            "fields": fields,
            "bases": bases(theirs),
            "kept": [
                (name, _text(theirs[name].value()))
                for name in theirs.WORDING
                if name not in {field["name"] for field in fields}
            ],
            "theirs_by": _("As it is now, %(when)s") % {"when": when},
        },
        status=409,
    )


def _field(
    form: Any, name: str, base: str, theirs: str, mine: str, changed: str, by: User | None
) -> dict[str, Any]:
    shown = {
        key: _shown(form, name, value)
        for key, value in (("base", base), ("theirs", theirs), ("mine", mine))
    }
    who = {
        "both": _("Changed in both"),
        "theirs": _("Changed only in the saved version"),
        "mine": _("Changed only in yours"),
    }
    is_text = getattr(form.fields[name], "choices", None) is None
    return {
        "name": name,
        "label": form.fields[name].label,
        "changed": changed,
        "who": who[changed],
        "base_shown": shown["base"],
        "theirs": theirs,
        "mine": mine,
        "theirs_parts": parts(shown["base"], shown["theirs"]),
        "mine_parts": parts(shown["base"], shown["mine"]),
        "chosen": "theirs" if changed == "theirs" else "mine",
        "can_merge": is_text,
    }
