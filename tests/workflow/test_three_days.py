"""A desk of five over three days: a lapse, a return, a disagreement, a correction; and its log."""

from __future__ import annotations

import datetime as dt

import pytest

from annotations import tasks, workflow
from annotations.editions import reading
from annotations.models import (
    Annotation,
    Claim,
    Correction,
    Desk,
    Edition,
    Transition,
    User,
    Verdict,
)
from annotations.queries.access import desks_for
from annotations.queries.queue import queue
from annotations.words.people import how_checked
from tests import cast as c


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def needs(cast: c.Cast, person: User) -> list[str]:
    """The verbs of what the person's queue says needs them."""
    desk = next(desk for desk in desks_for(person) if desk == cast.desk)
    found = queue(desk, person)
    return [need.verb for need in [*found.overdue, *found.now]]


def test_a_desk_of_five_over_three_days(cast, time_machine):
    go = time_machine.move_to
    max_ = c.make_person("max", cast.desk)

    # Monday: the manager writes the rules down, an editor marks and opens until the evening.
    go(at(23, 9), tick=False)
    workflow.write_guidelines(cast.desk, "Name a register.", actor=cast.mia, based_on=0)
    rules = {"lapse_days": 1, "demand_primary": "warn", "demand_reply": "block"}
    workflow.change_rules(cast.desk, rules, actor=cast.mia, reason="Deadlines slip.")
    cast.desk = Desk.objects.get(pk=cast.desk.pk)
    article = cast.article()
    asked = c.mark(article, c.MARKED, cast.eda)
    counted = c.mark(article, c.SECOND, cast.eda, claim_reviewed="4,000 people sailed")
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda, due_at=at(23, 18))
    assert needs(cast, cast.ann) == ["Start"]
    c.annotate(asked, cast.ann, "false")
    c.annotate(counted, cast.ann, "true")
    c.annotate(counted, cast.ben, "true")

    # Tuesday: Ben never answered on one claim. It lapses, and Max is asked, blind.
    go(at(24, 17), tick=False)
    assert tasks.lapse_overdue() == 0
    assert needs(cast, cast.ben) == ["Continue"]
    go(at(24, 18), tick=False)
    assert tasks.lapse_overdue() == 1
    assert needs(cast, cast.ben) == []
    seen = Annotation.objects.visible_to(max_)
    assert not seen.filter(assignment__claim=asked).exists()
    workflow.assign(asked, max_, actor=cast.eda, due_at=at(25, 9))
    c.annotate(asked, max_, "half")
    assert Claim.objects.get(pk=asked.pk).status == "deciding"

    # The two differ. One is returned for a better source, handed in again, and decided.
    workflow.give_back(c.check_of(asked, max_), actor=cast.eda, reason="Page and date, please.")
    assert needs(cast, max_) == ["Fix"]
    c.annotate(asked, max_, "half", "Half of it, page 3")
    assert workflow.adopt_agreed(article, actor=cast.eda) == [counted]
    c.decide(asked, cast.eda, "half", reason="The register has a second page.")
    workflow.send_back(asked, actor=cast.eli, reason="Say which page.")
    assert needs(cast, cast.eda) == ["Decide"]
    c.decide(asked, cast.eda, "half", finding="Half so: page 3.")

    # Wednesday: a reply is asked for, somebody else approves and publishes.
    go(at(25, 10), tick=False)
    for claim in (asked, counted):
        workflow.approve(claim, actor=cast.eli)
    assert "Nobody was asked for a reply" in " ".join(
        workflow.publishing_objections(article, cast.eli)
    )
    workflow.no_reply_needed([counted], "It is a count.", actor=cast.eli)
    reply = workflow.ask_reply([asked], "The mayor", channel="phone", actor=cast.eli)
    workflow.keep_reply(reply, "It is as I said.", actor=cast.eli)
    # What the mayor answered, only eli has seen: somebody else sends it on.
    with pytest.raises(workflow.Refused, match="nobody has looked at it since"):
        workflow.publish(article, actor=cast.eli)
    edition = workflow.publish(article, actor=cast.mia)
    how = edition.content["how"]
    assert (how["blind_annotations"], how["agreed"], how["left_out"]) == (2, 1, [])
    assert "before any was shown another’s work" in how_checked(reading.how(how))

    # In the afternoon a reader sends the missing page: a correction, by the same road.
    go(at(25, 15), tick=False)
    workflow.reopen(asked, actor=cast.eli, reason="A reader sent page 4.")
    c.decide(asked, cast.eda, "true", finding="So it is: page 4.")
    workflow.approve(asked, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "We had not seen page 4.")
    workflow.publish(article, actor=cast.eli, notes={asked.pk: note})
    correction = Correction.objects.get()
    assert correction.at == at(25, 15)
    assert correction.changes[0] == {
        "field": "rating",
        "before": "Half",
        "after": "True",
        "language": "",
    }
    assert Edition.objects.filter(claim=asked).count() == 2
    assert Verdict.objects.filter(claim=asked).count() == 3

    lines = Transition.objects.filter(claim=asked).exclude(move="start").order_by("pk")
    assert [f"{line.at:%a} {line.move}: {line.actor or '-'}" for line in lines] == STORY
    assert all(line.policy["preset"] == "four" for line in lines)


STORY = [
    "Mon mark: Eda",
    "Mon assign: Eda",
    "Mon assign: Eda",
    "Mon open: Eda",
    "Mon submit: Ann",
    "Tue expire: -",
    "Tue assign: Eda",
    "Tue submit: Max",
    "Tue disclose: -",
    "Tue return: Eda",
    "Tue return: Eda",
    "Tue submit: Max",
    "Tue disclose: -",
    "Tue decide: Eda",
    "Tue send back: Eli",
    "Tue assign: Eli",
    "Tue return: Eli",
    "Tue decide: Eda",
    "Tue fulfil: Eda",
    "Wed approve: Eli",
    "Wed ask reply: Eli",
    "Wed reply: Eli",
    "Wed publish: Mia",
    "Wed reopen: Eli",
    "Wed decide: Eda",
    "Wed approve: Eli",
    "Wed publish: Eli",
]
