"""Rule 4: whoever reads others' work is noted where the rows are read, whatever page asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from annotations import workflow
from annotations.models import (
    Annotation,
    ArchiveRequest,
    Assignment,
    Capture,
    Citation,
    Comment,
    Sighting,
    Snapshot,
    Source,
    SourceNote,
    Transition,
    Verdict,
)
from annotations.models.disclosure import DisclosedQuerySet
from annotations.queries import log
from annotations.workflow import discussion
from tests import cast as c


def saw(person) -> bool:
    return Sighting.objects.filter(person=person).exists()


@pytest.fixture
def said(cast):
    """A claim at which others annotated, cited, kept a copy, commented, decided and sent back."""
    article, claim = cast.decided()
    citation = Citation.objects.filter(annotation__isnull=False)[0]
    workflow.keep_copy(citation.source, b"copy", name="copy.txt", person=cast.eda)
    Capture.objects.create(source=citation.source, host="a.example", wanted_by=cast.ann)
    ArchiveRequest.objects.create(source=citation.source, service="own")
    discussion.add(claim, "I think so.", person=cast.ann)
    annotation = citation.annotation
    assert annotation is not None
    author = annotation.assignment.person
    workflow.add_note(annotation, citation.source, "Ask them again.", person=author)
    workflow.send_back(claim, actor=cast.eda, reason="The budget says otherwise.")
    return article, claim


KINDS: list[Any] = [
    *(Annotation, ArchiveRequest, Capture, Citation, Comment, Snapshot, Source, SourceNote),
    *(Transition, Verdict),
]


def test_every_kind_that_tells_of_others_is_read_here():
    """So that a new one is walked by being there."""
    telling = {
        model
        for model in apps.get_app_config("annotations").get_models()
        if isinstance(model._default_manager.all(), DisclosedQuerySet)
    }
    assert telling == set(KINDS)


def test_the_reason_for_another_wording_tells_what_was_answered_once_that_is_disclosed(cast):
    _article, claim = cast.deciding()
    workflow.reword(
        claim, workflow.ClaimDraft("Put better."), actor=cast.eda, reason="They differ."
    )
    rows = Transition.objects.visible_to(cast.mia).filter(move="reword")
    assert [row.reason for row in rows] == ["They differ."]
    assert saw(cast.mia)


def test_but_not_before(cast):
    _article, claim = cast.checking()
    workflow.reword(claim, workflow.ClaimDraft("Put better."), actor=cast.eda, reason="Clearer.")
    assert list(Transition.objects.visible_to(cast.mia).filter(move="reword"))
    assert not saw(cast.mia)


WAYS: dict[str, Callable[[Any], Any]] = {
    "all": list,
    "as they come": lambda rows: next(rows.iterator(chunk_size=1)),
    "the first": lambda rows: rows.first(),
    "one": lambda rows: rows[0],
    "any, by reading all": bool,
    "filtered on": lambda rows: list(rows.exclude(pk=0).order_by("pk")[:1]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_reading_what_others_did_is_noted(cast, said, kind):
    for number, (way, read) in enumerate(WAYS.items()):
        reader = c.make_person(f"reader{number}", cast.desk)
        rows = kind.objects.visible_to(reader).select_related(None)
        if kind is Transition:
            rows = rows.filter(reason="The budget says otherwise.")
        assert rows.exists()
        assert rows.count()
        assert kind.objects.filter(pk__in=rows.values("pk")).exists()
        assert not saw(reader), "counting, and being part of another question, shows none"
        read(rows)
        assert saw(reader), way


@pytest.mark.parametrize("kind", KINDS)
def test_values_of_what_others_did_are_not_read_past_the_note(cast, said, kind):
    rows = kind.objects.visible_to(cast.mia)
    for plain in (rows.values(), rows.values_list("pk", flat=True), rows.values("pk").iterator):
        with pytest.raises(TypeError, match="a look is noted"):
            list(plain() if callable(plain) else plain)


def test_the_log_taken_away_is_noted_too(cast, said):
    article, _claim = said
    rows = list(log.as_rows(log.desk_log(article.desk, cast.mia, {})))
    assert any("The budget says otherwise." in row.reason for row in rows)
    assert saw(cast.mia)


def test_one_look_is_written_once(cast, said, django_assert_num_queries):
    list(Annotation.objects.visible_to(cast.mia))
    with django_assert_num_queries(1):
        list(Annotation.objects.visible_to(cast.mia))


def test_ones_own_work_tells_nothing_of_others(cast):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    for kind in KINDS:
        list(kind.objects.visible_to(cast.ann))
    assert not saw(cast.ann)


def test_what_readers_have_tells_nothing_more(cast):
    cast.published()
    assert list(Verdict.objects.visible_to(cast.mia))
    assert list(Citation.objects.visible_to(cast.mia).filter(verdict__isnull=False))
    assert not saw(cast.mia)


def test_whoever_read_cannot_be_asked_to_check_blind(cast, said):
    _article, claim = said
    list(Transition.objects.visible_to(cast.mia))
    with pytest.raises(workflow.Refused, match="has seen"):
        workflow.ask_again(claim, cast.mia, actor=cast.eda)


@pytest.mark.parametrize("move", ["decide", "approve", "send_back"])
def test_whoever_signs_has_seen(cast, move):
    """By whatever page or command: approving many at once shows none of them."""
    _article, claim = cast.deciding() if move == "decide" else cast.decided()
    if move == "decide":
        c.decide(claim, cast.eli)
    elif move == "approve":
        workflow.approve(claim, actor=cast.eli)
    else:
        workflow.send_back(claim, actor=cast.eli, reason="No.")
    assert saw(cast.eli)


# Until disclosure, for whoever holds a check: to have handed in is no reason to be told.


def shown_of(claim, person) -> list[str]:
    """Of whom the person sees that they were asked, or what they did."""
    asked = Assignment.objects.visible_to(person).filter(claim=claim).exclude(person=person)
    lines = Transition.objects.visible_to(person).filter(claim=claim, assignment__isnull=False)
    lines = lines.exclude(assignment__person=person)
    return [str(row.person) for row in asked] + [row.move for row in lines]


def test_an_editor_who_handed_in_sees_no_progress_before_the_others_did(cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.eda)
    c.annotate(claim, cast.eli)
    assert shown_of(claim, cast.eli) == []
    assert shown_of(claim, cast.eda), "who holds no check sees progress"
    c.annotate(claim, cast.ann)
    assert shown_of(claim, cast.eli)


@pytest.mark.parametrize("who", ["ann", "eli"])
def test_setting_a_claim_aside_out_of_checking_opens_nothing(cast, who):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben, cast.eli], actor=cast.eda)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.eli)
    workflow.set_aside(claim, "opinion", actor=cast.eda)
    assert shown_of(claim, getattr(cast, who)) == []
    assert shown_of(claim, cast.ola) == []


def test_setting_aside_what_was_disclosed_hides_nothing(cast):
    _article, claim = cast.deciding()
    workflow.set_aside(claim, "opinion", actor=cast.eda)
    assert shown_of(claim, cast.ann)
    assert Annotation.objects.visible_to(cast.ann).count() == 2


def test_who_checks_does_not_bring_back_what_they_set_aside_to_learn_of_others(cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.eda)
    c.annotate(claim, cast.ann)
    workflow.set_aside(claim, "opinion", actor=cast.eli)
    assert shown_of(claim, cast.eli) == []
    with pytest.raises(workflow.Refused, match="You check"):
        workflow.bring_back(claim, actor=cast.eli, reason="I was wrong.")
    workflow.bring_back(claim, actor=cast.eda, reason="It can be checked.")


def test_a_new_round_hides_the_former_from_all_who_check(cast):
    """Of what was disclosed before, whoever is asked anew sees nothing; others what they had."""
    _article, claim = cast.decided()
    workflow.send_back(claim, actor=cast.eli, reason="Look again.")
    workflow.ask_again(claim, cast.mia, actor=cast.eda)
    for kind in (Annotation, Citation, Verdict, Comment, Source):
        for person in (cast.mia, cast.ann):
            list(kind.objects.visible_to(person))
            assert not saw(person), (kind, person)
    assert shown_of(claim, cast.ann) == []
    assert Annotation.objects.visible_to(cast.eda).count() == 2
