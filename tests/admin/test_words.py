"""Every word of the administration that a member of a desk sees can be translated."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from annotations.models import User
from tests.views.test_every_word import (
    NAMES,
    all_stored,
    fixtures,
    loose_signs,
    marked,
    stored,
    untranslated,
)

pytestmark = pytest.mark.django_db

__all__ = ["fixtures", "marked"]

ROWS = 2
"""Of each table, so many rows are opened."""

DATA = re.compile(r"\b[0-9a-f]{8}\b|&quot;\w+&quot;:|:(?=</b> <span class=.inline_label)")
"""Beginnings of keys, names in JSON, and a colon that Django's own template has."""


DJANGOS = {"Search"}
"""Written into Django's own templates."""


def pages(client: Client) -> dict[str, str]:
    """Each list with its filters, its form to add a row, and the pages of some rows."""
    found = {"/admin/": client.get("/admin/").content.decode()}
    for model in admin.site._registry:
        base = reverse(f"admin:annotations_{model._meta.model_name}_changelist")
        answer = client.get(base)
        if answer.status_code != 200:
            continue
        found[base] = answer.content.decode()
        rows = list(dict.fromkeys(re.findall(rf'href="({base}[^/"]+/)change/', found[base])))
        parts = ("change/", "history/", "delete/")
        for url in [f"{base}add/", *(row + part for row in rows[:ROWS] for part in parts)]:
            answer = client.get(url)
            if answer.status_code == 200:
                found[url] = answer.content.decode()
    return {url: DATA.sub("", page) for url, page in found.items()}


@pytest.mark.parametrize("who", ["ruth", pytest.param("carla", marks=pytest.mark.thorough)])
def test_no_word_of_the_administration_is_out_of_reach_of_the_catalogues(fixtures, marked, who):
    client = Client()
    client.force_login(User.objects.get(username=who))
    data = stored()
    found: dict[str, str] = {}
    walked = pages(client)
    assert len(walked) > 30
    for url, page in walked.items():
        for words, _own in untranslated(page):
            if not set(words.split()) <= NAMES | DJANGOS and not all_stored(words, data):
                found.setdefault(words, url)
        for words in loose_signs(page, data):
            found.setdefault(words, url)
    assert not found, "\n".join(f"{url}: {words}" for words, url in found.items())
