"""Discussions: after disclosure only, and nothing of them for who still has to check (rule 4)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Assignment, Claim, Comment, Sighting, User
from annotations.workflow import ClaimDraft, discussion
from tests import cast as c

SAID = "MARKER the second register is newer"


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def tab(person: User, article: Article, claim: Claim) -> str:
    bench = reverse("workbench", args=[article.pk])
    return client_of(person).get(f"{bench}?claim={claim.pk}&tab=discussion").content.decode()


def say(person: User, article: Article, claim: Claim, body: str = SAID, **data: Any) -> Any:
    url = reverse("comment", args=[article.pk, claim.pk])
    return client_of(person).post(url, {"body": body} | data)


def settle(person: User, article: Article, comment: Comment, do: str) -> Any:
    args = [article.pk, comment.claim_id, comment.uuid]
    return client_of(person).post(reverse("settle_comment", args=args), {"do": do})


def test_members_comment_reply_resolve_and_reopen(cast):
    article, claim = cast.deciding()
    body = f"{SAID}, @ben and @eda. Not to mail@mia.example or @nobody."
    assert say(cast.ann, article, claim, body).status_code == 302
    comment = Comment.objects.get()
    assert {person.username for person in comment.mentions.all()} == {"ben", "eda"}
    assert say(cast.ben, article, claim, "It is not.", parent=comment.uuid).status_code == 302
    page = tab(cast.eda, article, claim)
    assert page.index(SAID) < page.index("It is not.")
    settle(cast.eda, article, comment, "resolve")
    comment.refresh_from_db()
    assert comment.resolved_by == cast.eda
    assert "Resolved by Eda" in tab(cast.ola, article, claim)
    settle(cast.ben, article, comment, "reopen")
    comment.refresh_from_db()
    assert comment.resolved_at is None
    settle(cast.eda, article, comment, "resolve")
    say(cast.ben, article, claim, "One more thing.", parent=comment.uuid)
    comment.refresh_from_db()
    assert comment.resolved_at is None, "a reply takes it up again"


def test_an_observer_reads_and_does_not_write(cast):
    article, claim = cast.deciding()
    say(cast.ann, article, claim)
    page = tab(cast.ola, article, claim)
    assert SAID in page
    assert "data-comment" not in page
    assert say(cast.ola, article, claim).status_code == 403
    assert settle(cast.ola, article, Comment.objects.get(), "resolve").status_code == 403
    assert say(cast.stranger, article, claim).status_code == 404
    with pytest.raises(PermissionDenied):
        discussion.add(claim, "Me too", person=cast.ola)


@pytest.mark.parametrize("stage", ["marked", "checking"])
def test_before_disclosure_there_is_no_discussion_for_anybody(cast, stage):
    article, claim = getattr(cast, stage)()
    for person in (cast.ann, cast.eda, cast.mia, cast.ola):
        assert "tab=discussion" not in tab(person, article, claim)
    for person in (cast.ann, cast.eda):
        answer = say(person, article, claim)
        assert answer.status_code == 409
        assert "is not open for discussion" in answer.content.decode()
        with pytest.raises(workflow.Closed):
            discussion.add(claim, SAID, person=person)


def blind_pages(person: User, article: Article, claim: Claim) -> list[str]:
    client = client_of(person)
    bench = reverse("workbench", args=[article.pk])
    return [
        client.get(url).content.decode()
        for url in (
            reverse("queue", args=["desk"]),
            bench,
            f"{bench}?claim={claim.pk}",
            f"{bench}?claim={claim.pk}&tab=discussion",
            f"{bench}?claim={claim.pk}&tab=history",
            f"{bench}?q=marker",
            reverse("history", args=[article.pk]),
        )
    ]


def test_who_is_asked_to_check_after_the_discussion_finds_no_trace_of_it(cast):
    article, claim = cast.deciding()
    before = claim.version, claim.changed_at
    say(cast.ann, article, claim, f"{SAID} @eli")
    comment = Comment.objects.get()
    claim.refresh_from_db()
    assert (claim.version, claim.changed_at) == before
    workflow.ask_again(claim, cast.eli, actor=cast.eda)
    for page in blind_pages(cast.eli, article, claim):
        assert "MARKER" not in page
        assert "iscussion" not in page.replace("once annotations are disclosed", "")
    answer = say(cast.eli, article, claim)
    missing = say(cast.eli, article, Claim(pk=10**6))
    assert (answer.status_code, missing.status_code) == (409, 404)
    assert comment.body not in answer.content.decode()
    assert settle(cast.eli, article, comment, "resolve").status_code == 404
    assert not Comment.objects.visible_to(cast.eli).exists()
    # Who checked it before waits for the new answer too. Others still read it, and nobody adds.
    for page in blind_pages(cast.ben, article, claim):
        assert "MARKER" not in page
    assert SAID in tab(cast.eda, article, claim)
    with pytest.raises(workflow.Closed):
        discussion.add(claim, "More", person=cast.ben)
    c.annotate(claim, cast.eli, "false")
    assert SAID in tab(cast.eli, article, claim)


def test_a_new_round_hides_it_from_all_who_owe_an_answer_again(cast):
    article, claim = cast.deciding()
    say(cast.ann, article, claim)
    workflow.reword(claim, ClaimDraft("Another wording"), actor=cast.eda, reason="Unclear.")
    for person in (cast.ann, cast.ben):
        assert all("MARKER" not in page for page in blind_pages(person, article, claim))
        assert not Comment.objects.visible_to(person).exists()
    assert SAID in tab(cast.eda, article, claim)


def test_who_has_read_it_cannot_be_asked_to_check(cast):
    article, claim = cast.deciding()
    say(cast.ann, article, claim)
    tab(cast.eli, article, claim)
    assert Sighting.objects.filter(claim=claim, person=cast.eli).exists()
    with pytest.raises(workflow.Refused, match="has seen"):
        workflow.ask_again(claim, cast.eli, actor=cast.eda)


def test_a_comment_sent_twice_is_said_once_and_a_bad_one_is_kept(cast):
    article, claim = cast.deciding()
    key = "6f1c6f0e-0000-4000-8000-000000000001"
    for _copy in range(3):
        say(cast.ann, article, claim, key=key)
    assert Comment.objects.count() == 1
    answer = say(cast.ann, article, claim, "x" * 5001)
    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode()
    assert say(cast.ann, article, claim, " ").status_code == 422
    script = "<script>alert(1)</script>"
    say(cast.ann, article, claim, script)
    assert script not in tab(cast.ben, article, claim)


def test_a_reply_belongs_to_a_comment_of_the_same_claim(cast):
    article, claim = cast.deciding()
    say(cast.ann, article, claim)
    comment = Comment.objects.get()
    reply = discussion.add(claim, "So?", person=cast.ben, parent=comment)
    with pytest.raises(workflow.Closed):
        discussion.add(claim, "So?", person=cast.ben, parent=reply)
    with pytest.raises(workflow.Closed):
        discussion.resolve(reply, person=cast.ben)


def test_a_check_still_owed_while_others_decide_hides_it_as_well(cast):
    article, claim = cast.deciding()
    say(cast.ann, article, claim)
    Assignment.objects.create(claim=claim, person=cast.eli, assigned_by=cast.eda)
    assert "tab=discussion" not in tab(cast.eli, article, claim)
    assert say(cast.eli, article, claim).status_code == 409
