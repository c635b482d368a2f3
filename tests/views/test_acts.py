"""An act names its object: what is sent from a page is about what the page showed, or about none.

Every form with text is sent twice, and once after somebody else was quicker: it has one effect,
and nothing typed is dropped.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree, html

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.forms import DescribeForm, RulesForm
from annotations.models import (
    Article,
    Assignment,
    Citation,
    Claim,
    Claimant,
    Desk,
    Membership,
    Phrase,
    Receipt,
    ReplyRequest,
    Report,
    Source,
    SourceChange,
    Statement,
    Transition,
    User,
    Verdict,
)
from annotations.workflow import reports
from tests import cast as c

from .sending import hidden, hidden_in
from .test_access import converters, patterns

TYPED = "Words that took an hour to find."


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def verdict(claim: Claim, **fields: Any) -> dict[str, Any]:
    """The decider's form, filled in."""
    return {
        "rating": c.rating(claim, "false").pk,
        "finding": TYPED,
        "justification": "We looked.",
        "evidence_as_of": "2026-11-20",
        "cause": "error",
        "reason": "The second register is newer.",
    } | fields


def two_deciding(cast: c.Cast) -> tuple[Article, Claim, Claim]:
    article = cast.article()
    one = c.mark(article, c.MARKED, cast.eda)
    two = c.mark(article, c.SECOND, cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim in (one, two):
        c.annotate(claim, cast.ann, "false")
        c.annotate(claim, cast.ben, "half")
    return article, one, two


# --- a claim ---


@pytest.mark.heart
def test_a_verdict_is_never_written_onto_another_claim(cast):
    article, one, two = two_deciding(cast)
    eda = as_(cast.eda)
    url = reverse("decide_claim", args=[article.pk, one.pk])
    sent = verdict(one) | hidden(eda, url)
    c.decide(one, cast.eli)
    answer = eda.post(url, sent)
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    two.refresh_from_db()
    assert two.status == "deciding"
    assert not Verdict.objects.filter(finding=TYPED).exists()


def test_a_verdict_sent_twice_is_one_verdict(cast):
    article, one, two = two_deciding(cast)
    eda = as_(cast.eda)
    url = reverse("decide_claim", args=[article.pk, one.pk])
    sent = verdict(one) | hidden(eda, url)
    first, again = eda.post(url, sent), eda.post(url, sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert [each.claim for each in Verdict.objects.all()] == [one]
    two.refresh_from_db()
    assert two.status == "deciding"


def test_a_verdict_on_annotations_that_changed_since_is_held_back(cast):
    article, claim = cast.deciding()
    eda = as_(cast.eda)
    url = reverse("decide_claim", args=[article.pk, claim.pk])
    sent = verdict(claim) | hidden(eda, url)
    check = c.check_of(claim, cast.ann)
    workflow.give_back(check, actor=cast.eli, reason="The date is missing.")
    c.annotate(claim, cast.ann, "half", "Another answer.")
    answer = eda.post(url, sent)
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    assert "changed since you saw them" in answer.content.decode()
    assert not Verdict.objects.exists()


def test_every_citation_can_be_taken_or_left(cast):
    """Two passages of one document are two citations, however many cite it."""
    article, claim = cast.checking()
    source = workflow.SourceDraft("The port’s report", url="https://port.example/report")
    check = c.check_of(claim, cast.ann)
    for page in ("3", "17"):
        workflow.save_citation(
            check, source, person=cast.ann, stance="supports", locator=f"page {page}"
        )
    c.annotate(claim, cast.ann, "false")
    c.annotate(claim, cast.ben, "half")
    eda = as_(cast.eda)
    url = reverse("decide_claim", args=[article.pk, claim.pk])
    sources = eda.get(url).context["sources"]
    listed = [each for row in sources for each in row["passages"]]
    assert {"page 3", "page 17"} <= {each["locator"] for each in listed}
    chosen = [each["key"] for each in listed if each["locator"] == "page 17"]
    eda.post(url, verdict(claim, cite=chosen) | hidden(eda, url))
    cited = Verdict.objects.get().citations.values_list("locator", flat=True)
    assert list(cited) == ["page 17"]


def test_what_was_decided_after_the_look_is_not_approved_unseen(cast):
    article, one, two = two_deciding(cast)
    c.decide(one, cast.eda)
    eli = as_(cast.eli)
    seen = hidden(eli, reverse("approve", args=[article.pk]))
    c.decide(two, cast.eda)
    answer = eli.post(reverse("approve_all", args=[article.pk]), seen)
    assert answer.status_code == 409
    assert set(Claim.objects.values_list("status", flat=True)) == {"decided"}
    eli.post(
        reverse("approve_all", args=[article.pk]),
        hidden(eli, reverse("approve", args=[article.pk])),
    )
    assert set(Claim.objects.values_list("status", flat=True)) == {"approved"}


def test_what_changed_after_the_look_is_not_published_unseen(cast):
    article, _claim = cast.approved()
    eli = as_(cast.eli)
    seen = hidden(eli, reverse("approve", args=[article.pk]))
    base = {"title": article.title}
    workflow.describe(article, {"title": "Another title"}, actor=cast.eda, base=base)
    answer = eli.post(reverse("publish", args=[article.pk]), seen)
    assert answer.status_code == 409
    article.refresh_from_db()
    assert article.status == "draft"


# --- a desk ---


@pytest.fixture
def of_two(cast) -> Client:
    """A manager of two desks, who looked at the other one last."""
    other = Desk.objects.get(slug="elsewhere")
    Membership.objects.create(desk=other, user=cast.mia, role="manager")
    client = as_(cast.mia)
    client.get(reverse("queue", args=["desk"]))
    client.get(reverse("queue", args=["elsewhere"]))
    return client


@pytest.mark.heart
def test_rules_are_changed_at_the_desk_of_the_page(cast, of_two):
    url = reverse("rules", args=["desk"])
    form = of_two.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    of_two.get(reverse("queue", args=["elsewhere"]))
    sent |= {"lapse_days": 4, "reason": "We are slow."}
    assert of_two.post(url, sent).status_code == 302
    days = dict(Desk.objects.values_list("slug", "lapse_days"))
    assert days == {"desk": 4, "elsewhere": None}


@pytest.mark.heart
def test_claims_are_set_aside_at_the_desk_of_the_page(cast, of_two):
    _article, ours = cast.marked()
    other = Desk.objects.get(slug="elsewhere")
    theirs = c.mark(c.import_text(other, cast.mia), c.MARKED, cast.mia)
    sent = {"do": "aside", "scope": "all", "why": "opinion", "note": ""}
    of_two.post(reverse("claims", args=["desk"]), sent)
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.status, theirs.status) == ("set_aside", "spotted")


def test_a_text_comes_to_the_desk_of_the_page(cast, of_two):
    sent = {"title": "News", "text": "News\n\nA ferry sank.", "language": "en", "do": "save"}
    sent |= {"public_text": "excerpts"}
    of_two.post(reverse("import", args=["desk"]), sent)
    assert Article.objects.get().desk == cast.desk


def test_a_stranger_finds_no_desk_and_a_member_of_none_is_told(cast):
    assert as_(cast.stranger).get(reverse("queue", args=["desk"])).status_code == 404
    Membership.objects.all().delete()
    assert as_(cast.ann).get(reverse("desk")).status_code == 403


def test_the_start_leads_to_the_desk_looked_at_last(cast, of_two):
    assert of_two.get(reverse("desk"))["Location"] == reverse("queue", args=["elsewhere"])
    old = of_two.get("/desk/claims/?q=ferry")
    assert old["Location"] == f"{reverse('claims', args=['elsewhere'])}?q=ferry"


def test_what_is_sent_below_a_desk_has_its_desk_in_the_address():
    """Whatever is added to a desk's pages: no act takes its desk from a session."""
    rooms = ("annotations.views.desk.", "annotations.views.importing.")
    by_key = {
        "source",
        "saved_copy",
        "read_copy",
        "copy_proof",
        "record_proof",
        "read_passage",
        "cited_copy",
    }
    by_key |= {"copy_file", "look_of_copy", "add_note", "settle_note", "archive_again"}
    by_key |= {"keep_identity", "see_identity", "confide", "end_confidence", "forget_identity"}
    for pattern in patterns():
        view = pattern.callback
        if f"{view.__module__}.".startswith(rooms) and pattern.name not in by_key:
            named = "desk_slug" in converters(pattern)
            assert named or view.__name__ == "last_looked_at", pattern.name


# --- every form with text ---


@dataclass(frozen=True, slots=True)
class Address:
    """Where a form is sent to: the name of the address, and what stands in it."""

    name: str
    args: Callable[[Article, Claim], list[Any]]

    def __call__(self, article: Article, claim: Claim) -> str:
        return reverse(self.name, args=self.args(article, claim))


@dataclass(frozen=True, slots=True)
class Form:
    """A page with a form: who sends what to it, and how a rival gets in between."""

    who: str
    stage: str
    url: Address
    sent: Callable[[c.Cast, Claim], dict[str, Any]]
    rival: Callable[[c.Cast, Article, Claim], object] | None = None
    """What makes the form come too late; none where nothing that others do can."""
    page: Callable[[Article, Claim], str] | None = None
    """Where the form stands, if not at the address it is sent to."""


def on(name: str) -> Address:
    return Address(name, lambda article, claim: [article.pk, claim.pk])


def of_article(name: str) -> Address:
    return Address(name, lambda article, _claim: [article.pk])


def of_desk(name: str, *rest: str) -> Address:
    return Address(name, lambda article, _claim: [article.desk.slug, *rest])


def of_check(name: str) -> Address:
    return Address(name, lambda _article, claim: [checked_by_ann(claim).uuid])


def of_their_check(name: str) -> Address:
    return Address(name, lambda article, claim: [article.pk, checked_by_ann(claim).uuid])


def checked_by_ann(claim: Claim) -> Assignment:
    return Assignment.objects.get(claim=claim, person__username="ann")


def panel(article: Article, claim: Claim) -> str:
    return f"{reverse('workbench', args=[article.pk])}?claim={claim.pk}"


def reason(cast: c.Cast, claim: Claim) -> dict[str, Any]:
    return {"reason": TYPED}


def taken_back(cast: c.Cast, article: Article, claim: Claim) -> None:
    workflow.take_back(c.check_of(claim, cast.ann), actor=cast.eli, reason="Away.")


def aside(cast: c.Cast, article: Article, claim: Claim) -> None:
    workflow.set_aside(claim, "opinion", actor=cast.eli)


def sent_back(cast: c.Cast, article: Article, claim: Claim) -> None:
    workflow.send_back(claim, actor=cast.mia, reason="Look again.")


replied = Address(
    "keep_reply", lambda article, _claim: [article.pk, ReplyRequest.objects.get().uuid]
)
noted = Address("add_note", lambda _article, _claim: [Source.objects.get().uuid])
named = Address(
    "edit_claimant", lambda article, _claim: [article.desk.slug, Claimant.objects.get().uuid]
)


reported = Address(
    "answer_report", lambda article, _claim: [article.desk.slug, Report.objects.get().uuid]
)
phrased = Address(
    "edit_phrase", lambda article, _claim: [article.desk.slug, Phrase.objects.get().uuid]
)
withdrawn = Address(
    "withdraw_reply", lambda article, _claim: [article.pk, ReplyRequest.objects.get().uuid]
)


def told(cast: c.Cast) -> tuple[Article, Claim]:
    """A reader wrote about the claim."""
    article, claim = cast.published()
    Report.objects.create(edition=claim.editions.get(), words="The figure is of another year.")
    return article, claim


def worded(cast: c.Cast) -> tuple[Article, Claim]:
    """The desk has words that it uses again."""
    workflow.keep_phrase(cast.desk, "Out of date", "It is older.", actor=cast.eli)
    return cast.marked()


def changed(cast: c.Cast) -> tuple[Article, Claim]:
    """A page on which the verdict stands is not there any more."""
    article, claim = cast.published()
    source = Source.objects.filter(citations__verdict__claim=claim)[0]
    SourceChange.objects.create(source=source, claim=claim, kind="gone")
    return article, claim


def at_words(article: Article, claim: Claim) -> str:
    start = article.revision.text.index(c.SECOND)
    words = f"start={start}&end={start + len(c.SECOND)}"
    return f"{reverse('workbench', args=[article.pk])}?{words}"


def answered(cast: c.Cast, claim: Claim) -> dict[str, Any]:
    prefix = Report.objects.get().uuid.hex
    return {f"{prefix}-outcome": "stands", f"{prefix}-answer": TYPED}


def reworded(cast: c.Cast, article: Article, claim: Claim) -> None:
    (phrase,) = Phrase.objects.all()
    workflow.keep_phrase(
        cast.desk, "Old", "It is old.", actor=cast.eli, phrase=phrase, based_on=phrase.version
    )


def cited(cast: c.Cast) -> tuple[Article, Claim]:
    """Ann cites a source and has not handed in."""
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.save_citation(
        check, workflow.SourceDraft("The register"), person=cast.ann, stance="context"
    )
    return article, claim


def said(cast: c.Cast) -> tuple[Article, Claim]:
    """The desk knows somebody who makes claims."""
    Claimant.objects.create(desk=cast.desk, name="The mayor")
    return cast.marked()


def cited_no_more(cast: c.Cast, article: Article, claim: Claim) -> None:
    workflow.remove_citation(c.check_of(claim, cast.ann), Citation.objects.get(), person=cast.ann)


def rules(cast: c.Cast, claim: Claim) -> dict[str, Any]:
    form = RulesForm(instance=Desk.objects.get(pk=cast.desk.pk))
    now = {name: form[name].value() or "" for name in form.fields if name != "based_on"}
    return now | {"lapse_days": 4, "reason": TYPED}


def details(cast: c.Cast, claim: Claim) -> dict[str, Any]:
    form = DescribeForm(instance=Article.objects.get())
    return {name: form[name].value() or "" for name in form.fields} | {"why_selected": TYPED}


def another_manager(cast: c.Cast) -> User:
    return c.make_person("max", cast.desk, "manager")


def changed_claimant(cast: c.Cast, article: Article, claim: Claim) -> None:
    entry = Claimant.objects.get()
    now = workflow.ClaimantDraft.of(entry)
    said = workflow.ClaimantDraft("The old mayor", now.kind)
    workflow.change_claimant(entry, said, actor=cast.eli, based_on=now)


def asked_for_a_reply(cast: c.Cast) -> tuple[Article, Claim]:
    article, claim = cast.decided()
    workflow.ask_reply([claim], "The mayor", channel="email", actor=cast.eda)
    return article, claim


FORMS = {
    "decide": Form(
        "eda",
        "deciding",
        on("decide_claim"),
        lambda cast, claim: verdict(claim),
        lambda cast, article, claim: c.decide(claim, cast.eli),
    ),
    "decline": Form("ann", "checking", of_check("decline"), reason, taken_back),
    "take back": Form(
        "eda",
        "checking",
        of_their_check("take_back"),
        reason,
        taken_back,
    ),
    "bring back": Form(
        "eda",
        "aside",
        on("bring_back"),
        reason,
        lambda cast, article, claim: workflow.bring_back(claim, actor=cast.eli, reason="Oh."),
    ),
    "return": Form(
        "eda",
        "deciding",
        of_their_check("give_back"),
        reason,
        lambda cast, article, claim: c.decide(claim, cast.eli),
    ),
    "ask again": Form(
        "eda",
        "deciding",
        on("ask_again"),
        lambda cast, claim: {"person": cast.mia.pk, "reason": TYPED},
        lambda cast, article, claim: c.decide(claim, cast.eli),
    ),
    "set aside": Form(
        "eda",
        "marked",
        on("set_aside"),
        lambda cast, claim: {"why": "opinion", "note": TYPED},
        aside,
        panel,
    ),
    "send back": Form(
        "eli",
        "decided",
        of_article("send_back"),
        lambda cast, claim: {"claim": claim.pk, "reason": TYPED},
        sent_back,
        of_article("approve"),
    ),
    "correct": Form(
        "eda",
        "published",
        on("correct"),
        reason,
        lambda cast, article, claim: workflow.reopen(claim, actor=cast.eli, reason="A letter."),
    ),
    "withdraw": Form(
        "mia",
        "published",
        of_article("withdraw"),
        lambda cast, claim: {"why": TYPED, "reason": "", f"claim-{claim.pk}": "stays"},
        lambda cast, article, claim: workflow.withdraw(
            article, actor=c.make_person("max", cast.desk, "manager"), why="A court said so."
        ),
    ),
    "retract": Form(
        "mia",
        "published",
        on("retract"),
        lambda cast, claim: {"why": TYPED, "reason": ""},
        lambda cast, article, claim: workflow.retract(
            claim, actor=c.make_person("max", cast.desk, "manager"), why="It was wrong."
        ),
    ),
    "keep reply": Form(
        "eda",
        "asked",
        replied,
        lambda cast, claim: {"answer": TYPED},
        lambda cast, article, claim: workflow.keep_reply(
            ReplyRequest.objects.get(), "No.", actor=cast.eli
        ),
    ),
    "reword": Form(
        "eda",
        "checking",
        on("reword"),
        lambda cast, claim: {
            "claim_reviewed": "It is otherwise.",
            "interpretation": TYPED,
            "type": claim.type,
            "reason": "Clearer.",
        },
        lambda cast, article, claim: workflow.reword(
            claim, workflow.ClaimDraft("Quite another."), actor=cast.eli, reason="Shorter."
        ),
    ),
    "edit": Form(
        "eda",
        "marked",
        on("edit_claim"),
        lambda cast, claim: {
            "claim_reviewed": "It is otherwise.",
            "interpretation": TYPED,
            "type": claim.type,
        },
        lambda cast, article, claim: workflow.open_checking(
            article, [cast.ann, cast.ben], actor=cast.eli
        ),
        lambda article, claim: f"{panel(article, claim)}&edit=1",
    ),
    "annotate": Form(
        "ann",
        "checking",
        of_check("annotate"),
        lambda cast, claim: {"finding": "It did.", "justification": TYPED, "version": 0},
        taken_back,
        panel,
    ),
    "cite": Form(
        "ann",
        "checking",
        of_check("cite"),
        lambda cast, claim: {"title": "A letter", "stance": "context", "note": TYPED},
        taken_back,
        lambda article, claim: f"{panel(article, claim)}&cite=new",
    ),
    "comment": Form(
        "eda",
        "deciding",
        on("comment"),
        lambda cast, claim: {"body": TYPED},
        lambda cast, article, claim: workflow.ask_again(claim, cast.mia, actor=cast.eli),
        lambda article, claim: f"{panel(article, claim)}&tab=discussion",
    ),
    "ask": Form(
        "eda",
        "checking",
        on("asked"),
        lambda cast, claim: {"person": "mia", "task": "check", "due_at": "2031-02-03T04:05"},
        lambda cast, article, claim: (
            c.annotate(claim, cast.ann, "false"),
            c.annotate(claim, cast.ben, "half"),
        ),
    ),
    "letter": Form(
        "mia",
        "marked",
        of_desk("letter"),
        lambda cast, claim: {"subject": "What do you say?", "body": TYPED},
        lambda cast, article, claim: workflow.write_letter(
            cast.desk, "Yours?", "Dear {addressee}", actor=another_manager(cast), based_on=0
        ),
    ),
    "guidelines": Form(
        "mia",
        "marked",
        of_desk("guidelines"),
        lambda cast, claim: {"text": TYPED, "why": "Clearer."},
        lambda cast, article, claim: workflow.write_guidelines(
            cast.desk, "Read twice.", why="", based_on=0, actor=another_manager(cast)
        ),
        lambda article, claim: f"{reverse('guidelines', args=[article.desk.slug])}?write=1",
    ),
    "rules": Form(
        "mia",
        "marked",
        of_desk("rules"),
        rules,
        lambda cast, article, claim: workflow.change_rules(
            cast.desk, {"sources_needed": 3}, actor=another_manager(cast), reason="More."
        ),
    ),
    "look": Form(
        "mia",
        "marked",
        of_desk("look"),
        lambda cast, claim: {"colour": "#0b4a9e", "reason": TYPED},
        lambda cast, article, claim: workflow.change_look(
            cast.desk, workflow.NewLook("#9e0b4a"), actor=another_manager(cast), reason="Red."
        ),
    ),
    "add somebody": Form(
        "mia",
        "marked",
        of_desk("people"),
        lambda cast, claim: {"username": "stranger", "role": "checker"},
    ),
    "end a membership": Form(
        "mia",
        "marked",
        Address(
            "end_membership",
            lambda article, _claim: [
                article.desk.slug,
                Membership.objects.get(user__username="ola", desk=article.desk).uuid,
            ],
        ),
        reason,
    ),
    "claimant": Form(
        "eda",
        "said",
        named,
        lambda cast, claim: {"name": "The mayor", "kind": "person", "description": TYPED},
        changed_claimant,
    ),
    "details": Form(
        "eda",
        "marked",
        of_article("details"),
        details,
        lambda cast, article, claim: workflow.describe(
            article, {"why_selected": "Read by many."}, actor=cast.eli, base={"why_selected": ""}
        ),
    ),
    "criticism": Form(
        "eda",
        "marked",
        of_article("criticism"),
        lambda cast, claim: {"claims": [claim.pk], "of": TYPED},
    ),
    "replies": Form(
        "eda",
        "marked",
        of_article("replies"),
        lambda cast, claim: {"claims": [claim.pk], "not_needed": TYPED},
    ),
    "withdraw a request": Form(
        "eda",
        "asked",
        withdrawn,
        reason,
        lambda cast, article, claim: workflow.keep_reply(
            ReplyRequest.objects.get(), "No.", actor=cast.eli
        ),
    ),
    "answer a report": Form(
        "eda",
        "told",
        reported,
        answered,
        lambda cast, article, claim: reports.answer(
            Report.objects.get(), "stands", "No.", actor=cast.eli, url="https://desk.example/"
        ),
        lambda article, claim: reverse("reports", args=[article.desk.slug]),
    ),
    "review": Form(
        "eli",
        "published",
        on("review"),
        lambda cast, claim: {"day": "2031-02-03", "reason": TYPED},
        lambda cast, article, claim: workflow.plan_review(
            claim, dt.date(2032, 1, 1), actor=cast.eda, reason="A new law."
        ),
    ),
    "settle a change": Form(
        "eda",
        "changed",
        Address(
            "settle_change", lambda article, _claim: [article.pk, SourceChange.objects.get().uuid]
        ),
        lambda cast, claim: {"matters": "no", "reason": TYPED},
        lambda cast, article, claim: workflow.settle_change(
            SourceChange.objects.get(), False, "It does not.", actor=cast.eli
        ),
    ),
    "mark": Form(
        "eda",
        "marked",
        of_article("mark"),
        lambda cast, claim: {
            "claim_reviewed": "So many.",
            "interpretation": TYPED,
            "type": "event",
        },
        None,
        at_words,
    ),
    "phrase": Form(
        "eda",
        "worded",
        phrased,
        lambda cast, claim: {"name": "Out of date", "body": TYPED},
        reworded,
    ),
    "new phrase": Form(
        "eda",
        "marked",
        of_desk("phrases"),
        lambda cast, claim: {"name": "Out of date", "body": TYPED},
    ),
    "note": Form(
        "ann",
        "cited",
        noted,
        lambda cast, claim: {
            "annotation": claim.assignments.get(person=cast.ann).annotation.uuid,
            "body": TYPED,
        },
        cited_no_more,
        lambda article, claim: reverse("source", args=[Source.objects.get().uuid]),
    ),
}

KEPT = {"ask": "2031-02-03T04:05"}
"""What is looked for instead of TYPED."""


STAGES = {
    "asked": asked_for_a_reply,
    "cited": cited,
    "said": said,
    "told": told,
    "worded": worded,
    "changed": changed,
}


def at(cast: c.Cast, stage: str) -> tuple[Article, Claim]:
    if stage == "aside":
        article, claim = cast.marked()
        workflow.set_aside(claim, "opinion", actor=cast.eda)
        return article, claim
    if made := STAGES.get(stage):
        return made(cast)
    found: tuple[Article, Claim] = getattr(cast, stage)()
    return found


def prepared(cast: c.Cast, name: str) -> tuple[Client, str, dict[str, Any], Article, Claim]:
    form = FORMS[name]
    article, claim = at(cast, form.stage)
    client, url = as_(getattr(cast, form.who)), form.url(article, claim)
    carried = hidden(client, (form.page or form.url)(article, claim))
    sent = form.sent(cast, claim)
    return client, url, {k: v for k, v in carried.items() if k not in sent} | sent, article, claim


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_has_one_effect(cast, name):
    client, url, sent, _article, _claim = prepared(cast, name)
    first = client.post(url, sent)
    assert first.status_code == 302, first.content.decode()
    lines = Transition.objects.count()
    again = client.post(url, sent)
    assert Transition.objects.count() == lines
    if "key" in sent:
        assert (again.status_code, again["Location"]) == (302, first["Location"])
        # Or else the browser, which has kept what was typed, would put it back.
        assert [each.cookies["saved"].value for each in (first, again)] == [sent["key"]] * 2


def standing_by_itself(page: bytes) -> set[str]:
    """What fields of a page hold, and what its elements say: no more and no less."""
    elements = list(html.fromstring(page).iter(etree.Element))
    values = {each.get("value", "") for each in elements}
    return values | {(each.text or "").strip() for each in elements}


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.rival])
def test_what_was_typed_comes_back_when_somebody_was_quicker(cast, name):
    client, url, sent, article, claim = prepared(cast, name)
    rival = FORMS[name].rival
    assert rival is not None
    rival(cast, article, Claim.objects.get(pk=claim.pk))
    lines = Transition.objects.count()
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert KEPT.get(name, TYPED) in standing_by_itself(answer.content)
    assert Transition.objects.count() == lines


def test_a_new_text_sent_twice_is_one_revision(cast):
    article = cast.article()
    eda, url = as_(cast.eda), reverse("revise", args=[article.pk])
    sent = hidden(eda, url) | {"text": f"{c.TEXT} And it is new.", "do": "look"}
    looked = eda.post(url, sent).content.decode()
    sent |= hidden_in(looked) | {"do": "save"}
    first, again = eda.post(url, sent), eda.post(url, sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert article.revisions.count() == 2


def test_what_readers_are_told_comes_back_when_somebody_was_quicker(cast):
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half of it is so.")
    workflow.approve(claim, actor=cast.eli)
    eli = as_(cast.eli)
    sent = {f"{claim.pk}-kind": "correction", f"{claim.pk}-why": TYPED}
    sent |= hidden(eli, reverse("approve", args=[article.pk]))
    workflow.send_back(claim, actor=cast.mia, reason="Look again.")
    answer = eli.post(reverse("publish", args=[article.pk]), sent)
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()


def test_rules_changed_by_another_are_shown_before_they_are_written_over(cast):
    mia, url = as_(cast.mia), reverse("rules", args=["desk"])
    form = mia.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {"lapse_days": 4, "reason": TYPED}
    other = c.make_person("max", cast.desk, "manager")
    workflow.change_rules(cast.desk, {"sources_needed": 3}, actor=other, reason="More.")
    answer = mia.post(url, sent)
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    assert Desk.objects.get(pk=cast.desk.pk).sources_needed == 3


def test_a_role_changed_by_another_is_not_given_back(cast):
    mia, other = as_(cast.mia), c.make_person("max", cast.desk, "manager")
    member = Membership.objects.get(user=cast.ann, desk=cast.desk)
    workflow.enrol(cast.desk, cast.ann, "editor", actor=other)
    url = reverse("choose_role", args=["desk", member.uuid])
    mia.post(url, {"role": "observer", "shown": "checker"})
    member.refresh_from_db()
    assert member.role == "editor"


def test_the_panel_of_a_claim_without_a_place_opens_for_everybody(cast):
    article, claim = cast.marked()
    text = plain.read("Another\n\nNothing of it is here any more. Not a word.", "en")
    exchange.revise(article, text, actor=cast.eda, based_on=1)
    for person in (cast.eda, cast.ann, cast.ola):
        assert as_(person).get(panel(article, claim)).status_code == 200


def test_a_retracted_claim_can_be_corrected(cast):
    """What stands last is a tombstone then, which has no verdict to show."""
    article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="It was wrong.")
    assert as_(cast.eda).get(reverse("correct", args=[article.pk, claim.pk])).status_code == 200


OF_THE_DESK = {
    "guidelines": ("guidelines", [], "?write=", {"text": "Two sources.", "why": "Clearer."}),
    "statement": ("edit_statement", ["methodology"], "", {"body": "We look twice."}),
}
"""Pages by which a desk tells something: their names, what else is in the address, what is sent."""


@pytest.mark.parametrize("name", OF_THE_DESK)
def test_what_a_desk_tells_is_written_once_and_a_key_of_another_form_writes_nothing(cast, name):
    page, rest, query, words = OF_THE_DESK[name]
    url, mia = reverse(page, args=[cast.desk.slug, *rest]), as_(cast.mia)
    sent = hidden(mia, url + query) | words
    if page == "edit_statement":
        sent |= {"sure": mia.post(url, sent).context["seen"]}
    answers = [mia.post(url, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    lines = Transition.objects.count()
    used = uuid.uuid4()
    Receipt.objects.create(person=cast.mia, key=used, answer={"what": "another form", "answer": 1})
    sent = hidden(mia, url + query) | words | {"key": str(used)}
    if page == "edit_statement":
        sent |= {"sure": mia.post(url, sent).context["seen"]}
    answer = mia.post(url, sent)
    assert answer.status_code == 409
    assert "This form was sent already, for something else" in answer.content.decode()
    assert next(iter(words.values())) in answer.content.decode()
    assert Transition.objects.count() == lines


def test_a_statement_comes_back_as_it_was_typed_when_somebody_was_quicker(cast):
    url, mia = reverse("edit_statement", args=["desk", "funding"]), as_(cast.mia)
    sent = hidden(mia, url) | {"body": TYPED}
    sent |= {"sure": mia.post(url, sent).context["seen"]}
    other = another_manager(cast)
    workflow.write_statement(cast.desk, "funding", "By gifts.", actor=other, based_on=0)
    answer = mia.post(url, sent)
    assert answer.status_code == 409
    assert TYPED in standing_by_itself(answer.content)
    again = hidden_in(answer.content.decode()) | {"body": TYPED}
    again |= {"sure": mia.post(url, again).context["seen"]}
    assert mia.post(url, again).status_code == 302
    assert Statement.objects.latest("number").body == TYPED


def test_verdicts_are_approved_once_and_by_no_key_of_another_form(cast):
    article, _claim = cast.decided()
    url, page = (reverse(name, args=[article.pk]) for name in ("approve_all", "approve"))
    used, mia = uuid.uuid4(), as_(cast.mia)
    Receipt.objects.create(person=cast.mia, key=used, answer={"what": "another form", "answer": 1})
    sent = hidden(mia, page)
    answer = mia.post(url, sent | {"key": str(used)})
    assert answer.status_code == 409
    assert "This form was sent already, for something else" in answer.content.decode()
    lines = Transition.objects.count()
    answers = [mia.post(url, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Transition.objects.count() == lines + 1


def test_a_key_is_made_for_each_page(cast):
    article, claim = cast.deciding()
    eda, url = as_(cast.eda), reverse("decide_claim", args=[article.pk, claim.pk])
    keys = {hidden(eda, url)["key"] for _look in range(2)}
    assert len(keys) == 2
    assert all(uuid.UUID(key) for key in keys)
