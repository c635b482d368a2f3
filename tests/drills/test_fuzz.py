"""Every address with every odd header, and every form of every page with what is not its own.

No request is answered with an error of ours (5xx), none reaches another desk, and a key that was
used for one thing does nothing else. Pages and forms are found, so a new one is in by being there.
"""

from __future__ import annotations

import itertools
import logging
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver, reverse

from annotations import workflow
from annotations.models import Desk, Receipt, Source, Transition, User
from tests import cast as c
from tests.views import walking
from tests.views.forms import Found, distinct
from tests.views.test_access import address, patterns
from tests.views.test_requests import CHARSETS, METHODS, ODD_HEADERS, as_, asked


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Nothing is written of the many refusals, and no copy is kept of what templates are given."""
    caches["process"].clear()
    for name in ("django.request", "django.security", "annotations.journal"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


# --- headers, charsets, values, methods ---

ODD_TYPES = [
    *(f"application/x-www-form-urlencoded; charset={charset}" for charset in CHARSETS),
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\x7f",
    "application/json",
    "text/plain; charset=utf-8; charset=hex",
]
ODD_BODIES = [b"", b"\xff\x00=%", b"--\r\n\r\n", b"a=" + b"%" * 999, b"key=%00&pk=" + b"9" * 40]
ODD_QUERIES = ["", "?claim=9999999999999999999999&page=%00&q=%ff", "?after=x&before=-1&sort=zz"]


EACH = 4
"""Odd requests by each method, of each address and person; over all addresses, every pair."""


def odd_requests(urls: list[str], people: list[Client]) -> list[str]:
    """What was asked where the answer was an error of ours; prints what came, for each person.

    Each address and method, as each of these people, as a server hands it in.
    """
    odd: list[dict[str, str]] = [*ODD_HEADERS, *({"Content-Type": kind} for kind in ODD_TYPES)]
    headers = itertools.cycle(odd)
    bodies, queries = itertools.cycle(ODD_BODIES), itertools.cycle(ODD_QUERIES)
    counted, wrong = [Counter[str]() for _ in people], []
    for (counts, person), url, method in itertools.product(
        zip(counted, people, strict=True), urls, METHODS
    ):
        cookie = "; ".join(f"{key}={value.value}" for key, value in person.cookies.items())
        for header in itertools.islice(headers, EACH):
            others = {"Cookie": cookie} | {k: v for k, v in header.items() if k != "Content-Type"}
            made = RequestFactory().generic(
                method, url + next(queries), next(bodies), "text/plain", headers=others
            )
            kind = header.get("Content-Type", "application/x-www-form-urlencoded")
            with transaction.atomic():
                status, _body = asked(made.environ | {"CONTENT_TYPE": kind})
                transaction.set_rollback(True)
            counts[f"{status[0]}xx"] += 1
            if status[0] == "5":
                wrong.append(f"{method} {url} {header}")
    print(*[f"{sum(each.values())} requests: {dict(sorted(each.items()))}" for each in counted])
    assert counted[0]["2xx"] < counted[1]["2xx"], "nobody was signed in"
    return wrong


def test_no_address_answers_an_odd_request_with_an_error_of_ours(cast):
    """As a stranger, a checker and an editor."""
    article, claim = cast.deciding()
    key = c.check_of(claim, cast.ann).uuid
    urls = [address(pattern, article, claim, key) for pattern in patterns()]
    wrong = odd_requests(urls, [Client(), as_(cast.ann), as_(cast.eda)])
    assert not wrong, "\n".join(wrong)


def test_nor_does_the_administration_nor_the_door(cast):
    """As a stranger, a manager and a superuser."""
    cast.deciding()
    root = User.objects.create_superuser("root")
    wrong = odd_requests([*of_admin(), *of_door()], [Client(), as_(cast.mia), as_(root)])
    assert not wrong, "\n".join(wrong)


def of_admin() -> Iterator[str]:
    """The administration's own pages, and those of each model and of its first row."""
    yield from (reverse(f"admin:{name}") for name in ("index", "jsi18n", "autocomplete"))
    for model in admin.site._registry:
        base = f"admin:annotations_{model._meta.model_name}"
        yield from (reverse(f"{base}_{page}") for page in ("changelist", "add"))
        row = model._default_manager.first()
        if row is not None:
            key = getattr(row, "uuid", row.pk)
            yield from (
                reverse(f"{base}_{page}", args=[key]) for page in ("change", "history", "delete")
            )


def of_door(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """The addresses of signing in and of one's account that take nothing."""
    for entry in (resolver or get_resolver()).url_patterns:
        url = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.namespace is None:
                yield from of_door(entry, url)
        elif not entry.callback.__module__.startswith("annotations") and not {*"<^("} & {*url}:
            yield url


# --- forms ---


def elsewhere() -> tuple[Desk, list[str]]:
    """Another desk with a claim far on its way, and the keys of all that is there."""
    desk = c.make_desk("far")
    people = [c.make_person(f"far{number}", desk, "editor") for number in range(4)]
    article = c.import_text(desk, people[0])
    claim = c.mark(article, c.MARKED, people[0])
    c.triage_all(article, people[0])
    workflow.open_checking(article, people[2:], actor=people[0])
    for person in people[2:]:
        c.annotate(claim, person)
    c.decide(claim, people[0])
    rows = [article, claim, claim.marks.get(), *claim.assignments.all()[:1]]
    rows += [*Source.objects.filter(desk=desk)[:1], desk]
    keys = [str(article.pk), str(claim.pk), people[0].username, str(people[0].pk), desk.slug]
    return desk, [*keys, *(str(row.uuid) for row in rows)]


ODD = itertools.cycle(["", "\0", "9" * 30, "-1", "x" * 5000, str(uuid.UUID(int=7))])


def stands(desk: Desk) -> list[tuple[str, int, int]]:
    """What belongs to a desk, as a count and a sum for each table: others tell of a change."""
    tables = [
        model._meta.db_table
        for model in apps.get_app_config("annotations").get_models()
        if "desk" in {each.name for each in model._meta.fields}
    ]
    asked = (
        f"select '{table}', count(*), coalesce(sum(hashtext(t::text)), 0)"
        f" from {table} t where desk_id = {desk.pk}"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(asked))
        found: list[tuple[str, int, int]] = cursor.fetchall()
    return sorted(found)


STATES = [walking.half, walking.decided, walking.published]


@pytest.mark.parametrize("build", STATES, ids=lambda build: build.__name__)
def test_no_form_takes_what_is_not_its_own(db, build):
    world = walking.made()
    build(world)
    world.again()
    there, keys = elsewhere()
    before = stands(there)
    counted, wrong = Counter[int](), []
    for name in ("ann", "eda", "mia"):
        client = as_(world.people[name])
        client.raise_request_exception = False
        for form in distinct(world, client, world.people[name]):
            for sent in altered(form, keys):
                with transaction.atomic():
                    answer = client.post(form.url, sent)
                    if answer.status_code < 500 and stands(there) != before:
                        wrong.append(f"{name} changes another desk by {form.page}: {sent}")
                    transaction.set_rollback(True)
                counted[answer.status_code] += 1
                if answer.status_code >= 500:
                    wrong.append(f"{name} {form.page} > {form.url}: {str(sent)[:300]}")
    print(f"{sum(counted.values())} forms: {dict(sorted(counted.items()))}")
    assert not wrong, "\n".join(wrong[:40])


def altered(form: Found, keys: list[str]) -> Iterator[dict[str, list[str]]]:
    """What is sent of a form: as it stands, and with each field in turn holding what is odd."""
    yield form.fields
    for name in form.fields.keys() - {"csrfmiddlewaretoken"}:
        yield form.fields | {name: [next(ODD)]}
        if name in form.chosen:
            yield {each: values for each, values in form.fields.items() if each != name}
            theirs = [key for key in keys if len(key) == len(form.fields[name][0])] or keys
            yield form.fields | {name: [theirs[0]]}
            yield form.fields | {name: [theirs[-1]]}


def sent_surely(client: Client, url: str, fields: dict[str, list[str]]) -> Any:
    """What is answered to a form; and where it asks first, to the question's button."""
    answer = client.post(url, fields)
    sure = re.search(r'name="sure" value="([^"]+)"', answer.content.decode())
    return client.post(url, fields | {"sure": [sure[1]]}) if sure else answer


def test_a_key_that_was_used_does_nothing_else(db):
    """Each form sent with the key of another form that was sent before: 409 in words, no line."""
    world = walking.made()
    walking.decided(world)
    world.again()
    wrong, counted = [], Counter[int]()
    for name in ("ann", "eda", "mia"):
        person = world.people[name]
        client = as_(person)
        client.raise_request_exception = False
        used = uuid.uuid4()
        Receipt.objects.create(
            person=person, key=used, answer={"what": "another form", "answer": 1}
        )
        for form in distinct(world, client, person):
            if "key" not in form.fields:
                continue
            with transaction.atomic():
                lines = Transition.objects.count()
                answer = sent_surely(client, form.url, form.fields | {"key": [str(used)]})
                counted[answer.status_code] += 1
                is_done = Transition.objects.count() != lines
                transaction.set_rollback(True)
            if answer.status_code not in (409, 403, 404, 405, 422) or is_done:
                wrong.append(f"{name} {form.page} > {form.url}: {answer.status_code} {is_done}")
    print(f"{sum(counted.values())} forms: {dict(counted)}")
    assert not wrong, "\n".join(wrong)
