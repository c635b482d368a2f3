"""Odd and hostile input: an answer in words, never a crash; text stays text."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Claimant
from tests import cast as c

ODD = [
    "",
    "x",
    "-1",
    "0",
    "٣",
    "²",
    "1e3",
    "9" * 12,
    "9" * 400,
    "\0",
    "%00",
    "1\n2",
    "'; select 1; --",
    "../../etc/passwd",
    "\U0001f469" * 50,
    "a" * 100_000,
]
PARAMETERS = [
    "claim",
    "sentence",
    "start",
    "end",
    "add",
    "cite",
    "edit",
    "page",
    "q",
    "adopt",
    "desk",
]


class Editor:
    """An editor, and the pages that take parameters, on an article that waits for a verdict."""

    def __init__(self, cast: c.Cast) -> None:
        article, claim = cast.deciding()
        self.client = Client(raise_request_exception=False)
        self.client.force_login(cast.eda)
        self.panels = [reverse(name, args=[article.pk]) for name in ("workbench", "decide")]
        self.pages = [
            *self.panels,
            reverse("history", args=[article.pk]),
            reverse("articles", args=["desk"]),
            reverse("claims", args=["desk"]),
            reverse("queue", args=["desk"]),
            "/",
            reverse("public_desk", args=["desk"]),
        ]
        self.sound = {"claim": claim.pk, "start": 40, "end": 60, "add": claim.pk}
        """What leads to the depths of a panel, where the rest of the parameters are read."""

    def answered(self, page: str, given: dict[str, Any]) -> bool:
        """Whether there is an answer in words; a crash is in the log that pytest shows."""
        with transaction.atomic():
            answered = self.client.get(page, given).status_code in (200, 302, 404)
            # An error of the database would spoil all that follows in this transaction.
            transaction.set_rollback(not answered)
        return answered

    def crashes(self, page: str, given: dict[str, Any]) -> list[str]:
        """What of this crashes the page: each parameter that does by itself, or all together."""
        if self.answered(page, given):
            return []
        kept = self.sound if given.items() >= self.sound.items() else {}
        alone = [name for name in given if not self.answered(page, kept | {name: given[name]})]
        return [f"{page} {name}={given[name]!r:.40}" for name in alone or given]


@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:16])
def test_no_parameter_of_any_page_makes_it_crash(cast, value):
    """All in one request, and all but those that must be sound for the others to be read."""
    editor = Editor(cast)
    odd = dict.fromkeys(PARAMETERS, value)
    found = [crash for page in editor.pages for crash in editor.crashes(page, odd)]
    for page in editor.panels:
        for sound in ({"claim"}, {"start", "end"}, set(editor.sound)):
            given = odd | {name: editor.sound[name] for name in sound}
            found += editor.crashes(page, given)
    assert not found, "\n".join(found)


@pytest.mark.drill
@pytest.mark.parametrize("name", PARAMETERS)
def test_nor_does_one_of_them_alone(cast, name):
    editor = Editor(cast)
    for page in editor.pages:
        for value in ODD:
            assert editor.answered(page, {name: value}), f"{page} {name}={value!r:.40}"
            if page in editor.panels:
                given = editor.sound | {name: value}
                assert editor.answered(page, given), f"{page} {given}"


POSTS = [
    ("mark", {"start": "x", "end": "y"}),
    ("mark", {"start": "9" * 30, "end": "9" * 31, "claim_reviewed": "x", "type": "event"}),
    ("triage", {"number": "9" * 30, "triage": "opinion"}),
    ("triage", {"number": "1", "last": "99999999", "triage": "opinion"}),
    ("triage", {"number": "1", "triage": "nonsense"}),
    ("open_checking", {"people": ["x", "9" * 30, "-1"]}),
    ("decide_claim", {"rating": "9" * 30, "cite": ["x"], "evidence_as_of": "yesterday"}),
    ("adopt_agreed", {"letter": "\0"}),
    ("publish", {"1-kind": "x"}),
    ("send_back", {"claim": "9" * 30, "reason": "\0"}),
    ("approve_all", {}),
    ("submit", {}),
]


@pytest.mark.parametrize(("name", "data"), POSTS)
def test_no_post_makes_a_page_crash(cast, name, data):
    article, claim = cast.deciding()
    editor = Client()
    editor.force_login(cast.eda)
    args = [article.pk, claim.pk] if name == "decide_claim" else [article.pk]
    answer = editor.post(reverse(name, args=args), data)
    assert answer.status_code in (302, 409, 422), answer.status_code


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'</script>{{ 7|add:7 }}"


def test_text_stays_text_on_every_page(cast):
    text = f"{SCRIPT}\n\nThe line carried 4,000 people {SCRIPT} last year. It is fine."
    article = c.import_text(cast.desk, cast.eda, text, outlet=SCRIPT[:90], byline=SCRIPT)
    claimant = Claimant.objects.create(desk=cast.desk, name=SCRIPT, description=SCRIPT)
    claim = c.mark(
        article,
        "carried 4,000 people",
        cast.eda,
        claim_reviewed=SCRIPT,
        interpretation=SCRIPT,
        claimant=claimant,
    )
    aside = c.mark(article, "last year", cast.eda, claim_reviewed=SCRIPT)
    workflow.set_aside(aside, "opinion", actor=cast.eda, note=SCRIPT)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person, slug in ((cast.ann, "true"), (cast.ben, "false")):
        check = c.check_of(claim, person)
        answer = workflow.Answer(c.rating(claim, slug), SCRIPT, SCRIPT)
        workflow.save_annotation(check, answer, person=person, based_on=0)
        source = workflow.SourceDraft(SCRIPT, publisher=SCRIPT)
        workflow.save_citation(
            check,
            source,
            person=person,
            stance="context",
            passage=SCRIPT,
            locator=SCRIPT,
            note=SCRIPT,
        )
        workflow.submit(check, actor=person)
    clients = {None: Client(), "eda": Client(), "eli": Client()}
    clients["eda"].force_login(cast.eda)
    clients["eli"].force_login(cast.eli)
    bench = reverse("workbench", args=[article.pk])
    seen = [("eda", reverse("decide", args=[article.pk])), ("eda", bench)]
    harmless(clients, seen)
    c.decide(claim, cast.eda, finding=SCRIPT, justification=SCRIPT, reason=SCRIPT)
    harmless(clients, [("eli", reverse("approve", args=[article.pk]))])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    workflow.reopen(claim, actor=cast.eli, reason=SCRIPT)
    c.decide(claim, cast.eda, "half", finding=f"{SCRIPT}.", justification=SCRIPT)
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", SCRIPT)
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    claim.refresh_from_db()
    own = reverse("public_claim", args=["desk", claim.number, claim.slug])
    public = reverse("public_article", args=["desk", article.slug])
    pages = [
        (None, "/"),
        (None, public),
        (None, own),
        ("eda", f"{bench}?claim={claim.pk}"),
        ("eda", f"{bench}?claim={aside.pk}"),
        ("eda", f"{bench}?sentence=1"),
        ("eda", reverse("history", args=[article.pk])),
        ("eda", reverse("queue", args=["desk"])),
        ("eda", reverse("articles", args=["desk"])),
        ("eda", reverse("claims", args=["desk"])),
    ]
    harmless(clients, pages)
    page = clients[None].get(own).content.decode()
    (markup,) = re.findall(r'application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<" not in markup
    assert json.loads(markup)["claimReviewed"] == SCRIPT


def harmless(clients: dict, pages: list) -> None:
    for who, url in pages:
        page = clients[who].get(url).content.decode()
        assert "<script>alert" not in page, url
        assert "<img src=x" not in page, url
        assert "{{ 7" in page or "4,000" in page or "alert" not in page, url


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_a_sources_address_leads_to_the_web_only(cast, address):
    _article, claim = cast.checking()
    ann = Client()
    ann.force_login(cast.ann)
    url = reverse("cite", args=[c.check_of(claim, cast.ann).uuid])
    answer = ann.post(url, {"title": "A source", "stance": "context", "url": address})
    if answer.status_code == 302:
        source = claim.assignments.get(person=cast.ann).annotation.citations.get().source
        assert source.url.startswith(("http://", "https://"))
    else:
        assert answer.status_code == 422


def test_signing_in_never_leads_to_another_site(cast):
    answer = Client().post(
        f"{reverse('account_login')}?next=https://evil.example/",
        {"login": "eda", "password": "eda", "next": "https://evil.example/"},
    )
    assert answer["Location"] == reverse("desk")


def test_a_refusal_never_leads_to_another_site(cast):
    article, _claim = cast.marked()
    editor = Client()
    editor.force_login(cast.eda)
    answer = editor.post(
        reverse("publish", args=[article.pk]), headers={"referer": "https://evil.example/"}
    )
    assert answer.status_code == 409
    assert not Article.objects.filter(status="published").exists()


def test_every_unsafe_request_needs_its_token(cast):
    article, _claim = cast.marked()
    editor = Client(enforce_csrf_checks=True)
    editor.force_login(cast.eda)
    answer = editor.post(reverse("triage", args=[article.pk]), {"number": 1, "triage": "opinion"})
    assert answer.status_code == 403
