"""A comment asks for something to be confirmed, and publishing warns or waits until it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations import demands, workflow
from annotations.models import Article, Claim, Comment, Sighting, Source, Transition, User
from annotations.vocabulary import Hold, MoveName
from annotations.words.log import said
from annotations.workflow import discussion
from tests import cast as c

ASKED = "Needs a primary source."


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def ask(person: User, claim: Claim, holds: str = Hold.BLOCK, **asks: Any) -> Comment:
    asked = discussion.Asked(holds, **asks)
    return discussion.add(claim, ASKED, person=person, asks=asked)


def send(person: User, article: Article, claim: Claim, **data: Any) -> Any:
    url = reverse("comment", args=[article.pk, claim.pk])
    return client_of(person).post(url, {"body": ASKED} | data)


def approving(article: Article) -> str:
    answer = Client()
    answer.force_login(User.objects.get(username="eli"))
    return str(answer.get(reverse("approve", args=[article.pk])).content.decode())


def test_what_is_to_be_confirmed_stops_publication_until_it_is_resolved(cast):
    article, claim = cast.approved()
    comment = ask(cast.ann, claim)
    assert "Something is still to be confirmed" in approving(article)
    assert f"claim={claim.pk}&amp;tab=discussion" in approving(article)
    with pytest.raises(workflow.Refused, match="still to be confirmed"):
        workflow.publish(article, actor=cast.eli)
    discussion.resolve(comment, person=cast.ann)
    assert "still to be confirmed" not in approving(article)
    workflow.publish(article, actor=cast.eli)


def test_a_warning_stops_nobody_and_stays_in_the_log(cast):
    article, claim = cast.approved()
    ask(cast.ann, claim, Hold.WARN)
    assert "Something is still to be confirmed" in approving(article)
    workflow.publish(article, actor=cast.eli)
    line = Transition.objects.get(move=MoveName.PUBLISH, article=article)
    assert "has something that was still to be confirmed" in said(line)


def test_a_plain_comment_holds_up_nothing(cast):
    article, claim = cast.approved()
    discussion.add(claim, "Fine.", person=cast.ann)
    assert "to be confirmed" not in approving(article)
    workflow.publish(article, actor=cast.eli)


def test_several_are_one_line_with_the_numbers_of_their_claims(cast):
    article, claim = cast.approved()
    for _again in range(2):
        ask(cast.ann, claim)
    assert "2 things are still to be confirmed: claims 1" in approving(article)


def test_a_desk_that_asks_for_nothing_is_told_all_the_same(cast):
    for demand in demands.DEMANDS:
        setattr(cast.desk, demand, "off")
    cast.desk.save()
    article, claim = cast.approved()
    ask(cast.ann, claim)
    assert [each.kind for each in demands.unmet_demands(article)] == [demands.TO_CONFIRM]


def test_whoever_asked_or_may_approve_resolves_what_stops_publication(cast):
    _article, claim = cast.approved()
    comment = ask(cast.ann, claim)
    with pytest.raises(PermissionDenied):
        discussion.resolve(comment, person=cast.ben)
    discussion.resolve(comment, person=cast.eli)
    discussion.reopen(comment, person=cast.ben)
    discussion.resolve(comment, person=cast.ann)
    warning = ask(cast.ann, claim, Hold.WARN)
    discussion.resolve(warning, person=cast.ben)


def test_it_is_asked_about_a_source_from_the_page_of_the_source(cast):
    article, claim = cast.decided()
    source = Source.objects.get(added_by=cast.ann)
    page = client_of(cast.eda).get(reverse("source", args=[source.uuid])).content.decode()
    link = f"?claim={claim.pk}&amp;tab=discussion&amp;about={source.uuid}#panel"
    assert f"{reverse('workbench', args=[article.pk])}{link}" in page
    bench = reverse("workbench", args=[article.pk])
    asked = f"?claim={claim.pk}&tab=discussion&about={source.uuid}"
    form = client_of(cast.eda).get(f"{bench}{asked}").content.decode()
    assert "About a source:" in form
    answer = send(cast.eda, article, claim, holds="block", source=str(source.uuid))
    assert answer.status_code == 302
    comment = Comment.objects.get()
    assert (comment.holds, comment.source) == (Hold.BLOCK, source)
    tab = client_of(cast.ben).get(f"{bench}?claim={claim.pk}&tab=discussion").content.decode()
    assert "To be confirmed before it is published" in tab
    assert reverse("source", args=[source.uuid]) in tab
    assert f"“{source}” is still to be confirmed" in approving(article)


def test_a_source_that_is_not_the_claims_is_not_asked_about(cast):
    article, claim = cast.decided()
    elsewhere = Source.objects.create(desk=cast.desk, title="Other", added_by=cast.eda)
    second = c.import_text(cast.desk, cast.eda, "Elsewhere\n\nThe pier is new. It is so.")
    other = c.mark(second, "The pier is new", cast.eda)
    workflow.open_checking(second, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(other, cast.ann)
    c.annotate(other, cast.ben)
    c.decide(other, cast.eda, citations=[workflow.CitationDraft(elsewhere, "supports")])
    for key in (str(elsewhere.uuid), "no key"):
        send(cast.eda, article, claim, source=key)
    assert set(Comment.objects.values_list("source", flat=True)) <= {None}


def test_a_reply_asks_for_nothing(cast):
    article, claim = cast.decided()
    comment = ask(cast.ann, claim)
    sent = {"holds": "warn", "parent": str(comment.uuid)}
    answer = send(cast.ben, article, claim, **sent)
    assert answer.status_code == 409
    assert "A reply asks for nothing of its own" in answer.content.decode()


def test_opening_the_discussion_is_no_look_at_sources(cast):
    """Only what is shown is noted: a form that listed sources would show them."""
    article, claim = cast.deciding()
    bench = reverse("workbench", args=[article.pk])
    client_of(cast.mia).get(
        f"{bench}?claim={claim.pk}&tab=discussion", headers={"HX-Request": "true"}
    )
    assert not Sighting.objects.filter(person=cast.mia).exists()


def test_the_queue_says_that_something_is_in_the_way(cast):
    _article, claim = cast.approved()
    ask(cast.ann, claim)
    queue = client_of(cast.eli).get(reverse("queue", args=["desk"])).content.decode()
    assert "something else is still in the way" in queue


def test_nobody_who_checks_blind_learns_of_it(cast):
    article, claim = cast.deciding()
    ask(cast.eda, claim)
    workflow.ask_again(claim, cast.mia, actor=cast.eda, reason="One more.")
    bench = reverse("workbench", args=[article.pk])
    for address in (f"{bench}?claim={claim.pk}", reverse("approve", args=[article.pk])):
        assert "confirm" not in client_of(cast.mia).get(address).content.decode(), address
