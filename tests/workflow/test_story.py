"""From a text to a published and corrected verdict, through the workflow layer alone."""

import pytest

from annotations import readiness, workflow
from annotations.models import (
    Annotation,
    Article,
    Claim,
    Correction,
    Desk,
    Edition,
    Transition,
    Verdict,
)
from tests import cast as c


def status(claim: Claim) -> str:
    return Claim.objects.values_list("status", flat=True).get(pk=claim.pk)


def test_a_desk_of_five_publishes_and_corrects(cast):
    article = cast.article()
    claim = c.mark(article, c.MARKED, cast.eda, interpretation="A written request.")
    second = c.mark(article, c.SECOND, cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    assert status(claim) == status(second) == "checking"

    c.annotate(claim, cast.ann, "false")
    assert status(claim) == "checking"
    c.annotate(claim, cast.ben, "half")
    assert status(claim) == "deciding"
    c.annotate(second, cast.ben, "true")
    c.annotate(second, cast.ann, "true")
    assert workflow.adopt_agreed(article, actor=cast.eda) == [second]

    c.decide(claim, cast.eda)
    for each in (claim, second):
        workflow.approve(each, actor=cast.eli)
    edition = workflow.publish(article, actor=cast.eli)
    assert edition.number == 1
    assert [row["verdict"]["rating"]["label"] for row in edition.content["claims"]] == [
        "False",
        "True",
    ]
    assert edition.content["how"] == {
        "claims": 2,
        "annotations": 2,
        "blind_annotations": 2,
        "agreed": 1,
        "adopted_by_policy": 0,
        "left_out": [],
        "evidence_as_of": edition.content["how"]["evidence_as_of"],
        "people_shown": "names",
        "checked": ["Ann", "Ben"],
        "decided": ["Eda"],
        "approved": ["Eli"],
    }

    workflow.reopen(claim, actor=cast.eli, reason="A reader sent the letter.")
    assert Edition.objects.filter(claim=claim).count() == 1, "readers keep the edition"
    c.decide(claim, cast.eda, "half", finding="Half of it.")
    workflow.approve(claim, actor=cast.eli)
    with pytest.raises(workflow.Refused, match="say what kind of change"):
        workflow.publish(article, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "We had the wrong letter.")
    assert workflow.publish(article, actor=cast.eli, notes={claim.pk: note}).number == 2
    correction = Correction.objects.get()
    assert correction.edition.number == 2
    told = {"field": "rating", "before": "False", "after": "Half", "language": ""}
    assert correction.changes[0] == told, "a key, and no name in some language"
    assert Verdict.objects.filter(claim=claim).count() == 2


def test_two_people_publish_what_one_annotated_and_the_other_approved(db):
    desk = c.make_desk("duo", "two", 1)
    amy, bob = (c.make_person(name, desk, "editor") for name in ("amy", "bob"))
    article = c.import_text(desk, amy)
    claim = c.mark(article, c.MARKED, amy)
    c.triage_all(article, amy)
    workflow.open_checking(article, [amy], actor=amy)
    c.annotate(claim, amy)
    assert status(claim) == "decided"
    with pytest.raises(workflow.Refused, match="someone else approves"):
        workflow.approve(claim, actor=amy)
    workflow.approve(claim, actor=bob)
    edition = workflow.publish(article, actor=bob)
    assert edition.content["how"]["blind_annotations"] == 1
    assert edition.content["how"]["adopted_by_policy"] == 1

    workflow.reopen(claim, actor=bob, reason="A new document.")
    with pytest.raises(workflow.Refused, match="nobody is left"):
        c.decide(claim, bob)
    c.decide(claim, amy, "half")
    workflow.approve(claim, actor=bob)
    workflow.publish(
        article, actor=bob, notes={claim.pk: workflow.CorrectionNote("update", "New.")}
    )
    assert status(claim) == "published"


def test_at_a_desk_of_three_agreement_adopts_itself_and_the_third_settles_the_rest(db):
    desk = c.make_desk("trio", "three")
    amy, bob, cat = (c.make_person(name, desk, "editor") for name in ("amy", "bob", "cat"))
    article = c.import_text(desk, amy)
    agreed, differing = c.mark(article, c.MARKED, amy), c.mark(article, c.SECOND, amy)
    c.triage_all(article, amy)
    workflow.open_checking(article, [amy, bob], actor=amy)
    for person, slug in ((amy, "true"), (bob, "half")):
        c.annotate(agreed, person, "false")
        c.annotate(differing, person, slug)
    assert (status(agreed), status(differing)) == ("decided", "deciding")
    with pytest.raises(workflow.Refused, match="someone else decides"):
        c.decide(differing, amy)
    c.decide(differing, cat)
    for claim in (agreed, differing):
        workflow.approve(claim, actor=cat)
    with pytest.raises(workflow.Refused, match="someone else publishes"):
        workflow.publish(article, actor=cat)
    workflow.publish(article, actor=amy)
    assert Article.objects.get(pk=article.pk).status == "published"


def test_the_log_tells_the_whole_story(cast):
    article, claim = cast.published()
    lines = Transition.objects.filter(claim=claim, assignment=None).order_by("pk")
    assert [(line.move, str(line.actor or "")) for line in lines] == [
        ("mark", "Eda"),
        ("open", "Eda"),
        ("disclose", ""),
        ("decide", "Eda"),
        ("approve", "Eli"),
        ("publish", "Eli"),
    ]
    assert lines[3].reason == "The second register is newer."
    assert lines[3].policy["preset"] == "four"
    assert readiness.blockers(article) == []
    assert Annotation.objects.submitted().count() == 2
    assert Desk.objects.get(pk=cast.desk.pk).policy.annotations == 2
