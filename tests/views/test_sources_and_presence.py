"""What might tell one blind checker of another: sources found again, and who is at the article."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Assignment, Presence, Source, User
from annotations.queries import presence
from tests import cast as c


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def cite(check: Assignment, title: str, publisher: str = "", url: str = "") -> Source:
    source = workflow.SourceDraft(title, publisher, url)
    citation = workflow.save_citation(check, source, person=check.person, stance="context")
    return citation.source


def find(person: User, check: Assignment, words: str) -> str:
    url = reverse("find_source", args=[check.uuid])
    return client_of(person).get(url, {"find": words}).content.decode()


def test_ones_own_sources_are_found_again_and_fill_a_new_citation(cast):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    source = cite(check, "Register of ships", publisher="The archive", url="https://a.example/1")
    for words in ("regis", "SHIPS archive", "a.example"):
        assert "Register of ships" in find(cast.ann, check, words)
    assert "No source that you may see has these words" in find(cast.ann, check, "register trains")
    assert "Register" not in find(cast.ann, check, " ")
    bench = reverse("workbench", args=[article.pk])
    panel = f"{bench}?claim={claim.pk}&cite=new"
    page = client_of(cast.ann).get(f"{panel}&find=regis").content.decode()
    assert f"source={source.uuid}" in page
    page = client_of(cast.ann).get(f"{panel}&source={source.uuid}").content.decode()
    assert 'value="Register of ships"' in page
    assert 'value="https://a.example/1"' in page


def test_documents_whose_pages_lead_to_one_wall_are_each_found_again(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    for number, title in enumerate(("The register", "The budget")):
        cite(check, title, url=f"https://paper.example/{number}")
    Source.objects.update(leads_to="https://paper.example/sign-in")
    page = find(cast.ann, check, "paper.example")
    assert "The register" in page
    assert "The budget" in page
    Source.objects.filter(title="The budget").update(leads_to="https://paper.example/0")
    page = find(cast.ann, check, "paper.example")
    assert ("The register" in page) != ("The budget" in page), "one that leads to the other is one"


def test_nobodys_undisclosed_source_is_found_by_words_or_by_key(cast):
    article, claim = cast.checking()
    mine, theirs = c.check_of(claim, cast.ann), c.check_of(claim, cast.ben)
    secret = cite(theirs, "SECRET register")
    assert find(cast.ann, mine, "secret") == find(cast.ann, mine, "sesame").replace(
        "sesame", "secret"
    )
    panel = reverse("workbench", args=[article.pk]) + f"?claim={claim.pk}&cite=new&source="
    ann = client_of(cast.ann)

    def fields(key: object) -> list[str]:
        page = ann.get(f"{panel}{key}").content.decode()
        return [
            line for line in page.splitlines() if 'name="title"' in line or 'name="url"' in line
        ]

    assert fields(secret.uuid) == fields("6f1c6f0e-0000-4000-8000-000000000001")
    assert client_of(cast.ben).get(reverse("find_source", args=[mine.uuid])).status_code == 404
    c.annotate(claim, cast.ben)
    assert "SECRET" not in find(cast.ann, mine, "secret"), "submitted is not disclosed"


def test_disclosed_sources_are_found_and_stay_whose_they_are(cast):
    _article, claim = cast.deciding()
    other = c.import_text(cast.desk, cast.eda, "Other\n\nThe pier is new. It is so.")
    another = c.mark(other, "The pier is new", cast.eda)
    workflow.open_checking(other, [cast.ann, cast.ben], actor=cast.eda)
    check = c.check_of(another, cast.ann)
    theirs = Source.objects.get(added_by=cast.ben)
    assert "Register of Ben" in find(cast.ann, check, "register ben")
    # Asked to check the first claim anew, what was disclosed of it is hidden again.
    workflow.reword(claim, workflow.ClaimDraft("Other words"), actor=cast.eda, reason="Unclear.")
    assert "Register of Ben" not in find(cast.ann, check, "register ben")
    assert theirs.added_by == cast.ben
    assert "Register of Ann" in find(cast.ann, check, "register ann")


def here(person: User, article: Article) -> str:
    answer = client_of(person).post(reverse("here", args=[article.pk]))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_editors_see_who_else_has_the_article_open(cast):
    article, _claim = cast.marked()
    assert "Also here" not in here(cast.eda, article)
    page = here(cast.eli, article)
    assert "Also here:" in page
    assert "Eda" in page
    assert "Eli" not in page
    old = Presence.objects.get(person=cast.eda)
    Presence.objects.filter(pk=old.pk).update(seen_at=old.seen_at - dt.timedelta(minutes=2))
    assert "Eda" not in here(cast.eli, article)
    assert Presence.objects.count() == 2


@pytest.mark.parametrize("who", ["ann", "ola"])
def test_who_may_not_mark_is_neither_noted_nor_told(cast, who):
    article, _claim = cast.checking()
    person = getattr(cast, who)
    answer = client_of(person).post(reverse("here", args=[article.pk]))
    assert answer.status_code == 403
    assert not Presence.objects.exists()
    page = client_of(person).get(reverse("workbench", args=[article.pk])).content.decode()
    assert reverse("here", args=[article.pk]) not in page


def test_an_editor_who_checks_is_unseen_and_sees_nobody(cast):
    article, claim = cast.marked()
    here(cast.eda, article)
    here(cast.eli, article)
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.mia)
    assert here(cast.eli, article) == ""
    assert "Eli" not in here(cast.eda, article), "what was noted before is not shown either"
    before = Presence.objects.get(person=cast.eli).seen_at
    here(cast.eli, article)
    assert Presence.objects.get(person=cast.eli).seen_at == before
    bench = reverse("workbench", args=[article.pk])
    url = reverse("here", args=[article.pk])
    assert url not in client_of(cast.eli).get(bench).content.decode()
    assert url in client_of(cast.eda).get(bench).content.decode()
    c.annotate(claim, cast.eli)
    assert here(cast.eli, article) == "", "to have handed in is no sign of life before the others"
    assert presence.others(cast.eda, article) == []
    assert url not in client_of(cast.eli).get(bench).content.decode()
    c.annotate(claim, cast.ann)
    assert presence.others(cast.eda, article) == [cast.eli]
