"""The address that keeps what is typed, and the end of it when the form is sent."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Claim, Comment, Receipt, Statement, UnsentForm, User
from annotations.workflow.unsent import UNSENT_AT_MOST
from tests import cast as c
from tests.cast import Cast

URL = "/desks/desk/unsent/"
FORM = "/articles/1/claims/1/decide/"


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def keep(client: Client, form: str = FORM, version: int = 0, **fields: str):
    content = json.dumps(list(fields.items())) if fields else ""
    sent = {"form": form, "version": version, "content": content}
    return client.post(URL, sent, headers={"X-Autosave": "1"})


def test_what_is_typed_is_kept_and_given_back_to_whoever_typed_it_alone(cast):
    eda = client_of(cast.eda)
    answer = keep(eda, finding="It cost seven.").json()
    assert answer["version"] == 1
    assert answer["saved"]
    found = eda.get(URL, {"form": [FORM, "/another/"]}).json()["forms"]
    assert found.keys() == {FORM}
    assert found[FORM]["fields"] == [["finding", "It cost seven."]]
    for other in (cast.eli, cast.mia, cast.ann, cast.ola):
        assert client_of(other).get(URL, {"form": FORM}).json() == {"forms": {}}
    assert client_of(cast.stranger).get(URL, {"form": FORM}).status_code == 404
    assert keep(client_of(cast.stranger), finding="x").status_code == 404
    assert Client().get(URL, headers={"X-Autosave": "1"}).status_code == 401


def test_another_window_is_answered_with_what_stands_there(cast):
    eda = client_of(cast.eda)
    keep(eda, finding="First.")
    answer = keep(eda, finding="Second.")
    assert answer.status_code == 409
    assert answer.json()["theirs"]["fields"] == [["finding", "First."]]
    assert keep(eda, version=1, finding="Second.").json()["version"] == 2


def test_without_content_it_is_let_go_of(cast):
    eda = client_of(cast.eda)
    keep(eda, finding="First.")
    assert keep(eda, version=1).json()["version"] == 0
    assert not UnsentForm.objects.exists()


@pytest.mark.parametrize("content", ["{", "{}", '[["a"]]', '[["a", 1]]', "[1]", "[" * 100_000])
def test_what_is_no_form_is_refused(cast, content):
    sent = {"form": FORM, "version": "x", "content": content}
    assert client_of(cast.eda).post(URL, sent).status_code == 422
    assert not UnsentForm.objects.exists()


def test_what_no_text_holds_is_left_out_and_breaks_nothing(cast):
    eda = client_of(cast.eda)
    content = r'[["fin\u0000ding", "It \ud800cost\u0000 seven \ud83d\ude00."]]'
    sent = {"form": f"{FORM}\0", "version": 0, "content": content}
    assert eda.post(URL, sent).json()["version"] == 1
    found = eda.get(URL, {"form": [f"\0{FORM}"]}).json()["forms"]
    assert found[FORM]["fields"] == [["finding", "It cost seven \U0001f600."]]


def test_a_form_that_is_saved_under_an_odd_name_breaks_nothing(cast):
    """What ends a kept form reads its name from the form itself."""
    sent = {"kind": "x", "unsent": f"1 {FORM}\0", "name": "Mine", "query": "is:new"}
    answer = client_of(cast.eda).post(reverse("save_filter", args=["desk"]), sent)
    assert answer.status_code == 302


def test_too_much_is_refused_in_words(cast):
    answer = keep(client_of(cast.eda), text="x" * (UNSENT_AT_MOST + 1))
    assert answer.status_code == 422
    assert "too much" in answer.json()["error"]


def test_what_comes_after_its_form_was_sent_is_not_kept(cast):
    key = uuid.uuid4()
    Receipt.objects.create(person=cast.eda, key=key, answer={})
    sent = {"form": FORM, "version": 0, "key": str(key), "content": "[]"}
    answer = client_of(cast.eda).post(URL, sent)
    assert (answer.status_code, answer.json()["sent"]) == (200, True)
    assert not UnsentForm.objects.exists()


def test_a_statement_that_is_published_is_unsent_no_longer_and_a_refused_one_is(cast):
    mia = client_of(cast.mia)
    url = reverse("edit_statement", args=["desk", "funding"])
    keep(mia, url, body="By readers")
    keep(client_of(cast.eda), url, body="Eda's own")
    refused = mia.post(url, {"body": "By", "based_on": "", "unsent": f"1 {url}"})
    assert refused.status_code == 422
    assert UnsentForm.objects.filter(person=cast.mia).exists()
    key = str(uuid.uuid4())
    sent = {"body": "By readers.", "based_on": 0, "unsent": f"1 {url}", "key": key}
    answer = mia.post(url, sent | {"sure": mia.post(url, sent).context["seen"]})
    assert answer.status_code == 302
    assert answer.cookies["saved"].value == key
    assert Statement.objects.get().body == "By readers."
    assert UnsentForm.objects.get().person == cast.eda


def test_what_another_window_saved_since_stays(cast):
    mia = client_of(cast.mia)
    url = reverse("edit_statement", args=["desk", "funding"])
    keep(mia, url, body="By readers")
    keep(mia, url, version=1, body="By readers and a fund")
    sent = {"body": "By readers.", "based_on": 0, "unsent": f"1 {url}"}
    mia.post(url, sent | {"sure": mia.post(url, sent).context["seen"]})
    assert UnsentForm.objects.get().version == 2


def test_a_comment_that_is_said_ends_what_was_kept_of_it(cast):
    article, claim = cast.deciding()
    eda = client_of(cast.eda)
    url = reverse("comment", args=[article.pk, claim.pk])
    keep(eda, url, body="Look at")
    key = str(uuid.uuid4())
    eda.post(url, {"body": "Look at page 3.", "key": key, "unsent": f"1 {url}"})
    assert Comment.objects.get().body == "Look at page 3."
    assert not UnsentForm.objects.exists()


FORMS = {
    # Where each stands, and by whom it is written.
    "decide_claim": ("eda", "deciding"),
    "give_back": ("eda", "deciding"),
    "correct": ("eda", "published"),
    "retract": ("mia", "published"),
    "withdraw": ("mia", "published"),
    "replies": ("eda", "deciding"),
    "revise": ("eda", "deciding"),
    "import": ("eda", "deciding"),
    "guidelines": ("mia", "deciding"),
    "edit_statement": ("mia", "deciding"),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_long_form_is_kept_under_its_own_address(cast, name):
    who, stage = FORMS[name]
    article, claim = cast.deciding() if stage == "deciding" else cast.approved()
    if stage == "published":
        workflow.publish(article, actor=cast.eli)
    claim = Claim.objects.get(pk=claim.pk)
    of_claim = name in ("decide_claim", "correct", "retract")
    args = [article.pk, claim.pk] if of_claim else [article.pk]
    if name == "give_back":
        args = [article.pk, c.check_of(claim, cast.ann).uuid]
    if name in ("import", "guidelines", "edit_statement"):
        args = ["desk", "funding"] if name == "edit_statement" else ["desk"]
    url = reverse(name, args=args)
    page = client_of(getattr(cast, who)).get(url, {"write": 1} if name == "guidelines" else {})
    assert page.status_code == 200
    read = page.content.decode()
    assert f'data-keep="{getattr(cast, who).pk}:{url}' in read
    assert f'data-unsent="{URL}"' in read
    assert 'id="unsent-tools"' in read
    assert 'name="key"' in read


def test_a_decision_on_what_has_changed_since_can_be_made_once_that_was_shown(cast):
    article, claim = cast.deciding()
    eda = client_of(cast.eda)
    url = reverse("decide_claim", args=[article.pk, claim.pk])
    typed = {
        "key": str(uuid.uuid4()),
        "based_on": "long ago",
        "rating": c.rating(claim, "false").pk,
        "finding": "It cost seven.",
        "justification": "So says the register.",
        "evidence_as_of": "2026-11-24",
        "cause": "error",
        "reason": "One of them misread it.",
        "cite": _passages(eda, url),
        "add-TOTAL_FORMS": 1,
        "add-INITIAL_FORMS": 0,
    }
    page = eda.post(url, typed)
    assert page.status_code == 409
    assert "changed since you saw them" in page.content.decode()
    assert page.context["form"]["finding"].value() == "It cost seven."
    again = typed | {"based_on": page.context["form"]["based_on"].value()}
    assert eda.post(url, again).status_code == 302
    assert Claim.objects.get(pk=claim.pk).verdict is not None


def _passages(client: Client, url: str) -> list[str]:
    sources = client.get(url).context["sources"]
    return [row["key"] for each in sources for row in each["passages"]]
