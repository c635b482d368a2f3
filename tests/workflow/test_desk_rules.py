"""A desk's rules, guidelines and people: what they change, and what they cannot."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from annotations import workflow
from annotations.editions import reading
from annotations.models import (
    Annotation,
    Article,
    Citation,
    Claim,
    Desk,
    Edition,
    Guidelines,
    Membership,
    Snapshot,
    Source,
    SourceNote,
    Transition,
)
from annotations.rights import Right
from annotations.vocabulary import Safeguard
from annotations.words.log import said
from annotations.words.people import how_checked
from annotations.words.rules import label, rules_in_words
from tests import cast as c


def change(cast: c.Cast, **rules: object) -> None:
    workflow.change_rules(cast.desk, rules, actor=cast.mia, reason="We agreed to.")


def test_a_change_of_rules_is_a_line_of_the_log_with_from_and_to(cast):
    change(cast, lapse_days=3, demand_primary="block")
    line = Transition.objects.get(move="change rules")
    assert line.actor == cast.mia
    assert line.reason == "We agreed to."
    assert said(line).splitlines() == [
        "We agreed to.",
        "days until a check lapses: never → 3",
        "a primary source: Not asked for → Do not publish without it",
    ]
    with pytest.raises(workflow.Refused, match="Nothing is different"):
        change(cast, lapse_days=3)
    with pytest.raises(workflow.Refused, match="Say why"):
        workflow.change_rules(cast.desk, {"lapse_days": 4}, actor=cast.mia, reason=" ")


def test_the_rules_are_told_in_words_whatever_they_are(cast):
    told = dict(rules_in_words(cast.desk))
    assert told["minimum number of sources for each verdict"] == "1"
    assert told["whoever decides may also approve"] == "As is usual for a desk of this size"
    assert told["days until a check lapses"] == "never"
    assert told["checkers may mark claims and triage sentences"] == "no"


def test_claims_that_have_enough_under_the_new_rules_open_at_once(cast):
    change(cast, annotations_needed=3)
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben, cast.mia], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    workflow.take_back(c.check_of(claim, cast.mia), actor=cast.eda, reason="Ill.")
    assert Claim.objects.get(pk=claim.pk).status == "checking"
    change(cast, annotations_needed=2)
    assert Claim.objects.get(pk=claim.pk).status == "deciding"


def test_each_line_of_the_log_says_which_safeguards_the_rules_leave_out(cast, db):
    assert cast.desk.policy.leaves_out == []
    two, three = c.make_desk("duo", "two", 1), c.make_desk("trio", "three")
    assert two.policy.leaves_out == [Safeguard.SECOND_ANNOTATION, Safeguard.SEPARATE_DECIDER]
    assert three.policy.leaves_out == [Safeguard.SEPARATE_DECIDER, Safeguard.SEPARATE_APPROVER]
    c.import_text(three, c.make_person("amy", three, "editor"))
    line = Transition.objects.get(desk=three)
    assert line.policy["leaves_out"] == ["separate_decider", "separate_approver"]


def test_readers_are_told_what_the_rules_did_not_ask_for(db):
    desk = c.make_desk("duo", "two", 1)
    amy, bob = (c.make_person(name, desk, "editor") for name in ("amy", "bob"))
    article = c.import_text(desk, amy)
    claim = c.mark(article, c.MARKED, amy)
    c.triage_all(article, amy)
    workflow.open_checking(article, [amy], actor=amy)
    c.annotate(claim, amy)
    workflow.approve(claim, actor=bob)
    how = workflow.publish(article, actor=bob).content["how"]
    assert how["left_out"] == ["second_annotation", "separate_decider"]
    assert how_checked(reading.how(how)).endswith(
        "The desk’s rules did not ask for a second annotation, blind to the first"
        " and a decision by somebody who did not annotate."
    )


def test_a_desk_may_let_its_decider_approve_and_nobody_approve_their_own_annotation(cast):
    _article, claim = cast.decided()
    with pytest.raises(workflow.Refused, match="someone else approves"):
        workflow.approve(claim, actor=cast.eda)
    change(cast, decider_may_approve=True)
    c.make_editor(cast.ann, cast.desk)
    with pytest.raises(workflow.Refused, match="You annotated"):
        workflow.approve(claim, actor=cast.ann)
    workflow.approve(claim, actor=cast.eda)


def test_checkers_mark_only_where_the_desk_lets_them(cast):
    article = cast.article()
    assert not Membership.objects.may(cast.ann, Right.MARK).exists()
    change(cast, checkers_mark=True)
    c.mark(article, c.MARKED, cast.ann)
    assert not Membership.objects.may(cast.ola, Right.MARK).exists()
    assert not Membership.objects.may(cast.ann, Right.OPEN).exists()


DEMANDS = {
    "demand_sources": "fewer than 2 sources",
    "demand_primary": "no primary source",
    "demand_copies": "has no saved copy",
    "demand_locator": "It is not said where",
    "demand_reply": "Nobody was asked for a reply",
    "demand_confirmed": "is still to be confirmed",
}


def note(claim: Claim) -> SourceNote:
    """What one of its annotators has still to confirm."""
    citation = Citation.objects.filter(annotation__assignment__claim=claim).first()
    assert citation is not None
    assert citation.annotation is not None
    made: SourceNote = SourceNote.objects.create(
        annotation=citation.annotation, source=citation.source, body="Its date."
    )
    return made


@pytest.mark.parametrize("demand", DEMANDS)
def test_what_the_desk_demands_blocks_publication_until_it_is_there(cast, demand):
    article, claim = cast.approved()
    note(claim)
    change(cast, sources_needed=2, **{demand: "block"})
    with pytest.raises(workflow.Refused, match=DEMANDS[demand]):
        workflow.publish(article, actor=cast.eli)
    assert not Edition.objects.exists()
    meet(demand, claim, cast)
    workflow.publish(article, actor=cast.eli)


@pytest.mark.parametrize("demand", DEMANDS)
def test_what_the_desk_only_warns_of_is_published_and_the_log_says_so(cast, demand):
    article, claim = cast.approved()
    note(claim)
    change(cast, sources_needed=2, **{demand: "warn"})
    workflow.publish(article, actor=cast.eli)
    line = Transition.objects.get(move="publish", claim=None)
    assert line.reason == ""
    assert {lack["demand"] for lack in line.detail["lacks"]} == {demand}
    assert said(line).startswith("Published all the same:")
    assert label(Desk, demand) in said(line)


def meet(demand: str, claim: Claim, cast: c.Cast) -> None:
    cited = Source.objects.filter(citations__verdict__claim=claim)
    if demand == "demand_sources":
        workflow.send_back(claim, actor=cast.eli, reason="One more source.")
        both = Source.objects.filter(desk=cast.desk)[:2]
        citations = [workflow.CitationDraft(source, "supports") for source in both]
        c.decide(claim, cast.eda, citations=citations)
        workflow.approve(claim, actor=cast.eli)
    elif demand == "demand_primary":
        workflow.send_back(claim, actor=cast.eli, reason="The document itself.")
        deed = Source.objects.create(
            desk=cast.desk, title="The deed", is_primary=True, added_by=cast.eda
        )
        c.decide(claim, cast.eda, citations=[workflow.CitationDraft(deed, "supports")])
        workflow.approve(claim, actor=cast.eli)
    elif demand == "demand_copies":
        Snapshot.objects.create(source=cited[0], data=b"It", sha256="0", taken_by=cast.eda)
    elif demand == "demand_confirmed":
        workflow.settle_note(SourceNote.objects.get(), person=cast.eli)
    elif demand == "demand_locator":
        workflow.send_back(claim, actor=cast.eli, reason="Which page?")
        citations = [workflow.CitationDraft(cited[0], "supports", locator="p. 3")]
        c.decide(claim, cast.eda, citations=citations)
        workflow.approve(claim, actor=cast.eli)
    else:
        workflow.ask_reply([claim], "The mayor", channel="email", actor=cast.eda)


def test_a_reply_is_asked_for_and_kept_once(cast):
    _article, claim = cast.deciding()
    asked = workflow.ask_reply([claim], "The mayor", channel="phone", actor=cast.eda)
    workflow.keep_reply(asked, "It is so.", actor=cast.eli)
    with pytest.raises(workflow.Refused, match="kept already"):
        workflow.keep_reply(asked, "It is not.", actor=cast.eli)
    lines = Transition.objects.filter(claim=claim, move__in=["ask reply", "reply"])
    assert [said(line) for line in lines.order_by("pk")] == ["The mayor", "It is so."]


def test_whoever_owes_a_check_neither_asks_for_a_reply_nor_sees_that_one_was(cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.eda)
    workflow.ask_reply([claim], "The mayor", channel="email", actor=cast.eda)
    with pytest.raises(workflow.Refused, match="yourself, and not all"):
        workflow.ask_reply([claim], "The mayor", channel="email", actor=cast.eli)
    seen = {
        person: (
            claim.reply_requests.model.objects.visible_to(person).count(),
            Transition.objects.visible_to(person).filter(move="ask reply").count(),
        )
        for person in (cast.ann, cast.eli, cast.eda, cast.ola)
    }
    assert seen == {cast.ann: (0, 0), cast.eli: (0, 0), cast.eda: (1, 1), cast.ola: (1, 1)}


def test_an_annotation_remembers_the_guidelines_it_was_handed_in_under(cast):
    first = workflow.write_guidelines(cast.desk, "Be fair.", actor=cast.mia, based_on=0)
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    second = workflow.write_guidelines(cast.desk, "Be fairer.", actor=cast.mia, based_on=1)
    c.annotate(claim, cast.ben)
    under = Annotation.objects.values_list("assignment__person", "guidelines")
    assert dict(under) == {cast.ann.pk: first.pk, cast.ben.pk: second.pk}


def test_guidelines_are_never_written_over_somebody_elses(cast):
    workflow.write_guidelines(cast.desk, "Be fair.", actor=cast.mia, based_on=0)
    with pytest.raises(workflow.Refused, match="written meanwhile"):
        workflow.write_guidelines(cast.desk, "Be quick.", actor=cast.mia, based_on=0)
    assert [row.text for row in Guidelines.objects.all()] == ["Be fair."]


def test_a_desk_keeps_a_manager(cast):
    with pytest.raises(workflow.Refused, match="keeps one manager"):
        workflow.end_membership(cast.mia.memberships.get(), actor=cast.mia)
    with pytest.raises(workflow.Refused, match="keeps one manager"):
        workflow.enrol(cast.desk, cast.mia, "editor", actor=cast.mia)


def test_who_leaves_leaves_their_work_and_their_name_behind(cast):
    article, _claim = cast.published()
    workflow.end_membership(cast.ann.memberships.get(), actor=cast.mia, reason="A new job.")
    assert Annotation.objects.filter(assignment__person=cast.ann).exists()
    line = Transition.objects.get(move="end membership")
    assert (line.person, line.source, line.reason) == (cast.ann, "checker", "A new job.")
    assert not Article.objects.visible_to(cast.ann).exists()
    assert Desk.objects.visible_to(cast.eda).count() == 1
    assert article.title


def test_another_scale_is_a_line_of_the_log(cast):
    before, other = cast.desk.scale, c.make_scale("four")
    cast.published()
    with pytest.raises(PermissionDenied):
        workflow.change_scale(cast.desk, other, actor=cast.eda, reason="A finer one.")
    workflow.change_scale(cast.desk, other, actor=cast.mia, reason="A finer one.")
    cast.desk.refresh_from_db()
    assert cast.desk.scale == other
    line = Transition.objects.latest("pk")
    assert (line.move, line.reason) == ("change rules", "A finer one.")
    assert line.detail == {"fields": {"scale": [str(before), str(other)]}}


@pytest.mark.parametrize("stage", ["checking", "deciding", "decided", "approved"])
def test_the_scale_stands_while_claims_are_rated_with_it(cast, stage):
    getattr(cast, stage)()
    with pytest.raises(workflow.Refused, match="is being rated"):
        workflow.change_scale(cast.desk, c.make_scale("four"), actor=cast.mia, reason="Finer.")


def test_a_draft_with_a_rating_of_the_former_scale_is_not_handed_in(cast):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    answer = workflow.Answer(c.rating(claim, "false"), "So", "Because", "high")
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
    workflow.set_aside(claim, "opinion", actor=cast.eda)
    workflow.change_scale(cast.desk, c.make_scale("four"), actor=cast.mia, reason="Finer.")
    workflow.bring_back(claim, actor=cast.eda, reason="It can be checked.")
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    with pytest.raises(workflow.Refused, match="not on the desk"):
        workflow.submit(check, actor=cast.ann)
