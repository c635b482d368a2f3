"""Mentions in the queue: until read or resolved, and never for who owes a check (rule 4)."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Claim, User
from annotations.vocabulary import ClaimStatus
from annotations.workflow import ClaimDraft, discussion
from tests import cast as c
from tests.views.test_budgets import article_with, statements

ASKED = "Mentioned by Eda in the discussion of"


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def queue_of(person: User) -> str:
    return client_of(person).get(reverse("queue", args=["desk"])).content.decode()


def open_discussion(person: User, article: Article, claim: Claim) -> None:
    bench = reverse("workbench", args=[article.pk])
    response = client_of(person).get(f"{bench}?claim={claim.pk}&tab=discussion")
    assert response.status_code == 200


def test_who_is_mentioned_finds_it_in_the_queue_with_a_link_to_the_discussion(cast):
    article, claim = cast.deciding()
    discussion.add(claim, "Is it complete, @ann?", person=cast.eda)
    page = queue_of(cast.ann)
    assert ASKED in page
    assert "One thing needs you" in page
    assert f"/articles/{article.pk}/?claim={claim.pk}&amp;tab=discussion#panel" in page
    assert ASKED not in queue_of(cast.ben)
    assert ASKED not in queue_of(cast.eda)


def test_it_is_gone_once_the_discussion_was_opened_and_back_with_the_next_mention(cast):
    article, claim = cast.deciding()
    discussion.add(claim, "Is it complete, @ann and @ben?", person=cast.eda)
    open_discussion(cast.ann, article, claim)
    assert ASKED not in queue_of(cast.ann)
    assert ASKED in queue_of(cast.ben), "one person's reading is not another's"
    discussion.add(claim, "And now, @ann?", person=cast.eda)
    assert ASKED in queue_of(cast.ann)


def test_it_is_gone_once_resolved_and_a_reply_goes_with_its_thread(cast):
    _article, claim = cast.deciding()
    first = discussion.add(claim, "Is it complete?", person=cast.eda)
    discussion.add(claim, "Perhaps @ann knows.", person=cast.eda, parent=first)
    assert ASKED in queue_of(cast.ann)
    discussion.resolve(first, person=cast.ben)
    assert ASKED not in queue_of(cast.ann)


def test_who_mentions_only_themself_is_not_told(cast):
    _article, claim = cast.deciding()
    discussion.add(claim, "A note to @eda, myself.", person=cast.eda)
    assert ASKED not in queue_of(cast.eda)


def test_who_owes_an_answer_again_is_not_told_until_it_is_in(cast):
    _article, claim = cast.deciding()
    discussion.add(claim, "Is it complete, @ann?", person=cast.eda)
    workflow.reword(claim, ClaimDraft("Another wording"), actor=cast.eda, reason="Unclear.")
    page = queue_of(cast.ann)
    assert ASKED not in page
    assert "tab=discussion" not in page
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    assert ASKED in queue_of(cast.ann)


def test_nobody_is_told_while_the_claim_is_marked_anew(cast):
    _article, claim = cast.deciding()
    discussion.add(claim, "Is it complete, @eli?", person=cast.eda)
    Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.SPOTTED)
    assert ASKED not in queue_of(cast.eli)


def test_a_mention_is_told_to_members_only(cast):
    _article, claim = cast.deciding()
    discussion.add(claim, "Is it complete, @ola?", person=cast.eda)
    assert ASKED in queue_of(cast.ola)
    cast.ola.memberships.all().delete()
    response = client_of(cast.ola).get(reverse("queue", args=["desk"]))
    assert ASKED not in response.content.decode()


def test_ten_more_mentions_cost_no_more_statements(cast):
    counts = []
    for claims in (2, 12):
        article = article_with(cast, claims, "deciding")
        for claim in Claim.objects.made_in(article):
            discussion.add(claim, "Is it complete, @eli?", person=cast.eda)
        counts.append(len(statements(client_of(cast.eli), reverse("queue", args=["desk"]))))
    assert counts[0] == counts[1] <= 27, counts
