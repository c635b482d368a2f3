"""Articles of JSON with their ids, sentences and claims become articles of a desk, each once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations import exchange
from annotations.exchange import articles, files
from annotations.exchange.files import File
from annotations.models import Article, Claim, Mark, Membership, Sentence, Transition
from annotations.tasks.file_imports import FileImporter
from tests import cast as c
from tests.commands.test_import_articles import Said
from tests.tasks.test_file_imports import bring, now

TEXT = "Ferry returns\n\nIt sails again. So says the mayor. It sails again tomorrow."
ONE: dict[str, Any] = {
    "id": 4711,
    "title": "Ferry returns",
    "text": TEXT,
    "outlet": "The Post",
    "sentences": [{"start": 0, "end": 13, "kind": "heading"}, {"start": 15, "end": len(TEXT)}],
    "claims": [
        {
            "claim": "The ferry sails again.",
            "interpretation": "In spring.",
            "claimant": "the  post",
            "reports": "The mayor",
            "type": "position",
            "marks": [
                {"start": 15, "end": 30, "said_on": "2026-11"},
                {"exact": "It sails again tomorrow"},
            ],
        },
        {"claim": "The mayor says so.", "claimant": "The mayor", "marks": [{"exact": "So says"}]},
    ],
}
WHO = ("--desk", "desk", "--person", "eda")
OTHER = TEXT.replace("tomorrow", "today")
NEW = ONE | {"text": OTHER, "sentences": None, "claims": []}


def data(*several: dict[str, Any]) -> bytes:
    return "\n".join(map(json.dumps, several)).encode()


def bring_in(cast: c.Cast, *several: dict[str, Any], desk=None) -> list[exchange.Imported]:
    desk = desk or cast.desk
    items, _unread = articles.items(data(*several), "post.jsonl", desk)
    return exchange.import_documents(desk, items, actor=cast.eda)


def test_it_is_cut_and_its_claims_are_marked_by_the_move_that_marks_any(cast):
    (done,) = bring_in(cast, ONE)
    article = Article.objects.get()
    assert (done.article, done.is_new) == (article, True)
    spans = Sentence.objects.order_by("position").values_list("start", "end", "kind", "triage")
    assert list(spans) == [(0, 13, "heading", ""), (15, len(TEXT), "body", "checkworthy")]
    first, second = Claim.objects.order_by("number")
    assert (first.claim_reviewed, first.interpretation, first.type, first.status) == (
        "The ferry sails again.",
        "In spring.",
        "position",
        "spotted",
    )
    assert first.claimant is not None
    assert (first.claimant.name, first.claimant.kind) == ("the post", "outlet")
    assert first.reports == second.claimant, "one entry, however often it is named"
    assert list(Mark.objects.order_by("pk").values_list("claim__number", "exact", "said_on")) == [
        (1, "It sails again.", "2026-11"),
        (1, "It sails again tomorrow", ""),
        (2, "So says", ""),
    ]
    lines = Transition.objects.order_by("pk").values_list("move", "actor__username")
    assert list(lines) == [
        ("import", "eda"),
        ("mark", "eda"),
        ("triage", "eda"),
        ("mark", "eda"),
        ("mark", "eda"),
    ]


def test_the_same_file_again_changes_nothing(cast):
    bring_in(cast, ONE)
    before = Transition.objects.count()
    (done,) = bring_in(cast, ONE)
    assert (done.is_new, done.is_other) == (False, False)
    assert Transition.objects.count() == before
    assert Mark.objects.count() == 3


def test_an_article_is_found_by_its_id_whatever_its_title_and_text_are_now(cast):
    (first,) = bring_in(cast, ONE)
    c.retitle(first.article, cast.eda, "Another title")
    (again, new) = bring_in(cast, NEW, ONE | {"id": "other"})
    assert (again.article, again.is_new, again.is_other) == (first.article, False, True)
    assert (new.article, new.is_new, new.is_other) == (first.article, False, False), "by its text"
    assert Article.objects.get().revision.text == TEXT
    # Once its new text was brought as a revision, both files say what is there.
    (item,), _unread = articles.items(data(NEW), "post.jsonl", cast.desk)
    exchange.revise(first.article, item.document, actor=cast.eda, based_on=1)
    done = bring_in(cast, ONE)
    done += bring_in(cast, NEW)
    assert [each.is_other for each in done] == [False, False]
    assert Article.objects.count() == 1


def test_two_desks_have_an_article_of_one_id_each(cast):
    other = c.make_desk("other")
    Membership.objects.create(desk=other, user=cast.eda, role="editor")
    bring_in(cast, ONE)
    (there,) = bring_in(cast, ONE, desk=other)
    assert there.is_new
    assert Article.objects.count() == 2


def test_what_went_to_another_desk_under_its_uuid_is_no_obstacle(cast):
    other = c.make_desk("other")
    Membership.objects.create(desk=other, user=cast.eda, role="editor")
    (gone,) = bring_in(cast, ONE)
    Article.objects.filter(pk=gone.article.pk).update(desk=other)
    (new,) = bring_in(cast, ONE | {"claims": []})
    assert new.is_new
    assert new.article.uuid != gone.article.uuid


@pytest.mark.parametrize("trial", [True, False])
def test_the_administration_says_how_many_claims_and_what_stays_as_it_is(cast, trial):
    file = File("post.jsonl", data(ONE), cast.desk, cast.eda)
    said = files.take(file, is_trial=trial)
    assert said.done == "Articles: 1 new, 0 there already. Claims marked: 2."
    assert Claim.objects.count() == (0 if trial else 2)
    files.take(file, is_trial=False)
    other = File("post.jsonl", data(NEW), cast.desk, cast.eda)
    said = files.take(other, is_trial=trial)
    assert said.done == "Articles: 0 new, 1 there already."
    assert said.odd == [
        "“Ferry returns” An article of this id is on the desk with another text, and was left as it"
        " is. Bring the text as its new version, on the article’s page."
    ]


def test_the_command_says_so_too(cast, tmp_path):
    path = tmp_path / "post.jsonl"
    path.write_bytes(data(ONE))
    assert "imported as “ferry-returns”, 1 sentences, 2 claims marked" in Said(str(path), *WHO).out
    assert "already on the desk as “ferry-returns”; nothing changed" in Said(str(path), *WHO).out
    path.write_bytes(data(NEW))
    said = Said(str(path), *WHO)
    assert "of its id is on the desk as “ferry-returns”, with another text" in said.out
    assert Article.objects.get().revision.text == TEXT


def test_the_worker_takes_fewer_articles_at_once_the_more_they_claim(cast):
    several = [
        {
            "id": n,
            "title": f"Ferry {n}",
            "text": "\n\n".join(f"It sails {n} and {m}." for m in range(10)),
            "claims": [
                {"claim": f"It sails {m}", "marks": [{"exact": f"It sails {n} and {m}."}]}
                for m in range(10)
            ],
        }
        for n in range(5)
    ]
    row, importer = bring(cast, data(*several)), FileImporter()
    seen = []
    while importer.take_next():
        seen.append(now(row).done)
    assert seen[:-1] == [0, 3, 5]
    assert Mark.objects.count() == 50
    again = bring(cast, data(several[0] | {"text": "Another.", "claims": [], "tags": []}))
    while importer.take_next():
        pass
    assert now(again).odd == [
        {"place": "", "value": "tags", "code": "unread"},
        {"place": "", "value": "Ferry 0", "code": "other_text"},
    ]


def test_a_claim_that_cannot_be_marked_keeps_its_article_out(cast, monkeypatch):
    def refuse(*_args: object, **_fields: object) -> None:
        raise RuntimeError("the server was switched off")

    monkeypatch.setattr("annotations.exchange.importing.mark_claims", refuse)
    with pytest.raises(RuntimeError):
        bring_in(cast, ONE)
    assert not Article.objects.exists()
    assert not Transition.objects.exists()
