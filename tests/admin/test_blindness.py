"""The administration leaks no more than the pages, not to a superuser who checks either."""

from __future__ import annotations

import re
import uuid

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, Transition, User
from tests import cast as c

MODELS = [
    model
    for model in apps.get_app_config("annotations").get_models()
    if model in admin.site._registry
]


def client_of(person: User, *, superuser: bool = False) -> Client:
    person.is_staff, person.is_superuser = True, superuser
    person.save(update_fields=["is_staff", "is_superuser"])
    client = Client()
    client.force_login(person)
    return client


def addresses() -> list[str]:
    """Every list, search and filter of the app, and every page of every row there is."""
    found = []
    for model in MODELS:
        base = reverse(f"admin:annotations_{model._meta.model_name}_changelist")
        found += [base, f"{base}?q=MARKER", f"{base}?q=Ann", f"{base}?all=", f"{base}add/"]
        for row in model._base_manager.all():
            for key in {row.pk, getattr(row, "uuid", row.pk)}:
                found += [f"{base}{key}/change/", f"{base}{key}/history/", f"{base}{key}/delete/"]
    for name, field in (("annotation", "assignment"), ("citation", "source"), ("mark", "claim")):
        query = f"app_label=annotations&model_name={name}&field_name={field}&term=MARKER"
        found.append(f"{reverse('admin:autocomplete')}?{query}")
    return found


def everything(client: Client, urls: list[str]) -> dict[str, tuple[int, str]]:
    told = {}
    for url in urls:
        answer = client.get(url)
        page = answer.content.decode()
        page = re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", page)
        told[url] = (answer.status_code, re.sub(r"csrfToken[^,;]*", "", page))
    return told


@pytest.mark.parametrize("superuser", [True, pytest.param(False, marks=pytest.mark.drill)])
def test_no_page_changes_by_a_byte_while_the_other_checker_works(cast, superuser, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    _article, claim = cast.checking()
    ben = client_of(cast.ben, superuser=superuser)
    urls = addresses()
    everything(ben, urls[:20])
    before = everything(ben, urls)
    c.annotate(claim, cast.ann, "false", "MARKER finding")
    after = everything(ben, urls)
    for url in urls:
        assert after[url] == before[url], url
    fresh = [url for url in addresses() if url not in before]
    assert len(fresh) > 10, "the other's rows have addresses of their own"
    for url, (status, page) in everything(ben, fresh).items():
        assert status in (302, 403, 404), f"{url}: {status}"
        assert "MARKER" not in page, url


def test_another_desks_rows_do_not_exist_for_a_superuser_who_is_no_member_of_it(cast):
    cast.published()
    root = client_of(c.make_person("root", c.make_desk("third"), "manager"), superuser=True)
    rows = {"Ferry", "We never asked", "Finding of", "Register of", "Because, says"}
    for url, (_status, page) in everything(root, addresses()).items():
        for words in rows:
            assert words not in page, f"{url} tells {words}"


@pytest.mark.heart
@pytest.mark.parametrize(
    "lookup",
    [
        "assignment__annotation__finding__startswith=M",
        "assignments__status__exact=submitted",
        "claim__assignments__annotation__rating__slug=false",
        "annotation__version=1",
    ],
)
def test_lookups_across_relations_are_no_oracle(cast, lookup):
    _article, claim = cast.checking()
    ben = client_of(cast.ben, superuser=True)
    urls = [
        f"{reverse(f'admin:annotations_{m._meta.model_name}_changelist')}?{lookup}" for m in MODELS
    ]
    before = everything(ben, urls)
    c.annotate(claim, cast.ann, "false", "MARKER finding")
    assert everything(ben, urls) == before


def test_nobody_changes_or_deletes_a_line_of_the_log(cast):
    cast.published()
    mia = client_of(cast.mia, superuser=True)
    line = Transition.objects.filter(move="approve").get()
    base = reverse("admin:annotations_transition_changelist")
    for url in (f"{base}{line.pk}/change/", f"{base}{line.uuid}/change/"):
        mia.post(url, {"reason": "Otherwise", "move": "nothing"})
    for url in (f"{base}{line.pk}/delete/", f"{base}{line.uuid}/delete/"):
        mia.post(url, {"post": "yes"})
    mia.post(base, {"action": "delete_selected", "_selected_action": [line.pk, line.uuid]})
    line.refresh_from_db()
    assert (line.move, line.reason) == ("approve", "")


def test_a_row_somebody_else_wrote_answers_as_one_that_is_not_there(cast):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    ben = client_of(cast.ben, superuser=True)
    theirs = Annotation.objects.get().uuid
    base = reverse("admin:annotations_annotation_changelist")
    there, nowhere = (
        ben.get(f"{base}{key}/change/", follow=True) for key in (theirs, uuid.uuid4())
    )
    assert there.status_code == nowhere.status_code
    shown = [re.sub(r"[0-9a-f-]{36}", "", page.content.decode()) for page in (there, nowhere)]
    shown = [re.sub(r"csrf[^>]*", "", page) for page in shown]
    assert shown[0] == shown[1]
