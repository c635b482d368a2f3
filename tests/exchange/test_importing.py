"""Documents become articles of a desk: each text once, each under a name of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from annotations import exchange
from annotations.formats import plain
from annotations.models import Article, Original, Revision, Sentence, Transition
from annotations.text.sentences import Sentence as Span
from tests.cast import Cast

ROUNDS = 15


def document(text: str) -> plain.Document:
    return plain.read(text)


def item(text: str, **fields) -> exchange.Item:
    return exchange.Item(document(text), fields=fields)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act answered or raised, each in a thread of its own, all let go together."""
    barrier = Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(at: int, act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            answers[at] = act()
        except Exception as error:
            answers[at] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_one_text_saved_by_two_at_once_is_one_article_for_both():
    cast = Cast()
    for number in range(ROUNDS):
        found = document(f"A title\n\nText number {number}.")
        people = (cast.eda, cast.eli, cast.mia, cast.eda)
        answers = at_once(
            *[
                lambda who=who, found=found: exchange.import_document(cast.desk, found, actor=who)
                for who in people
            ]
        )
        assert len({answer.article.pk for answer in answers}) == 1
        assert [answer.is_new for answer in answers].count(True) == 1
    assert Article.objects.count() == ROUNDS


@pytest.mark.django_db(transaction=True)
def test_one_title_saved_by_several_at_once_has_a_name_for_each():
    cast = Cast()
    for number in range(ROUNDS):
        people = (cast.eda, cast.eli, cast.mia)
        texts = [document(f"Round {number}\n\nWritten by {who}.") for who in people]
        answers = at_once(
            *[
                lambda who=who, text=text: exchange.import_document(cast.desk, text, actor=who)
                for who, text in zip(people, texts, strict=True)
            ]
        )
        base = f"round-{number}"
        assert {answer.article.slug for answer in answers} == {base, f"{base}-2", f"{base}-3"}


def test_of_many_documents_all_are_imported_and_a_text_that_comes_twice_once(cast):
    exchange.import_text(cast.desk, "Old\n\nIt was here before.", actor=cast.eda)
    texts = [
        "Old\n\nIt was here before.",
        "New\n\nIt is new.",
        "New\n\nIt is new.",
        "New\n\nAnother.",
    ]
    done = exchange.import_documents(cast.desk, [item(text) for text in texts], actor=cast.eda)
    assert [each.is_new for each in done] == [False, True, False, True]
    assert [each.article.slug for each in done] == ["old", "new", "new", "new-2"]
    assert Article.objects.count() == Transition.objects.filter(move="import").count() == 3
    for article in Article.objects.all():
        revision = article.revision
        rows = revision.sentences.all()
        assert [revision.text[row.start : row.end] for row in rows] == revision.text.split("\n\n")
        assert [row.number for row in rows] == [None, 1]


def test_a_name_is_found_however_many_are_taken(cast):
    texts = [f"A title\n\nText {number}." for number in range(25)]
    exchange.import_documents(cast.desk, [item(text) for text in texts], actor=cast.eda)
    for number in (26, 27):
        new = exchange.import_text(cast.desk, f"A title\n\nText {number}.", actor=cast.eda)
        assert new.article.slug == f"a-title-{number}"


def test_a_hundred_documents_cost_few_more_statements_than_one(cast):
    def cost(count: int) -> int:
        items = [item(f"A {count}-{number}\n\nText.") for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            exchange.import_documents(cast.desk, items, actor=cast.eda)
        log_lines = sum("annotations_transition" in each["sql"] for each in queries)
        return len(queries) - log_lines

    assert cost(100) <= cost(1) + 2


def test_a_document_that_the_database_refuses_leaves_nothing_of_all(cast):
    bad = document("Bad\n\nOne. Two.")
    overlapping = (*bad.sentences[:2], Span(6, len(bad.text), 2, bad.sentences[2].kind))
    items = [item("Good\n\nIt is fine."), exchange.Item(replace(bad, sentences=overlapping))]
    with pytest.raises(IntegrityError):
        exchange.import_documents(cast.desk, items, actor=cast.eda)
    for model in (Article, Revision, Original, Sentence, Transition):
        assert not model.objects.exists()


def test_who_may_not_import_is_not_told_what_is_there(cast):
    exchange.import_text(cast.desk, "A title\n\nText.", actor=cast.eda)
    with pytest.raises(PermissionDenied):
        exchange.import_text(cast.desk, "A title\n\nText.", actor=cast.stranger)


def test_sentences_are_copied_as_they_are(cast):
    text = "A title\n\n" + "\n\n".join(f"\\N tab {n} “it’s” \\. done." for n in range(300))
    article = exchange.import_text(cast.desk, text, actor=cast.eda).article
    kept = [
        (row.start, row.end, row.paragraph, row.kind, row.position, row.block, row.triage)
        for row in article.revision.sentences.all()
    ]
    wanted = [
        (each.start, each.end, each.paragraph, each.kind, at, "", "")
        for at, each in enumerate(document(text).sentences)
    ]
    assert kept == wanted
