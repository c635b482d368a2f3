"""What a sentence is: one value, changed where it differs, each change a line of the log."""

from __future__ import annotations

import pytest

from annotations import exchange, readiness, workflow
from annotations.exchange import Given
from annotations.models import Article, Transition
from annotations.queries import workbench as workbench_queries
from tests import cast as c


def lines(article) -> list[tuple[str, str]]:
    rows = Transition.objects.filter(article=article, move="triage").order_by("pk")
    return list(rows.values_list("source", "target"))


def test_the_same_value_again_is_no_line_of_the_log(cast):
    article = cast.article()
    assert workflow.triage(article, [1, 2], "opinion", actor=cast.eda) == 2
    assert workflow.triage(article, [1, 2], "opinion", actor=cast.eda) == 0
    assert workflow.triage(article, [2], "unimportant", actor=cast.eda) == 1
    assert lines(article) == [("", "opinion"), ("", "opinion"), ("opinion", "unimportant")]


def test_a_sentence_that_is_marked_is_nothing_but_worth_checking(cast):
    article = cast.article()
    c.mark(article, c.MARKED, cast.eda)
    assert lines(article) == [("", "checkworthy")]
    with pytest.raises(workflow.Refused):
        workflow.triage(article, [1], "opinion", actor=cast.eda)
    assert workflow.triage(article, [1], "checkworthy", actor=cast.eda) == 0


# --- headings and rows of tables ---

TABLED = (
    "# Ferry back: 4,000 came in May\n\nIt sails again.\n\n| Year | Passengers |\n|---|---|\n"
    "| 2024 | 3,900 |\n| 2025 | 4,000 |\n\nSo they say.\n"
)


def tabled(cast) -> Article:
    given = Given(data=TABLED.encode(), name="a.md")
    document = exchange.read(given, cast.desk).document
    return exchange.import_document(cast.desk, document, actor=cast.eda).article


def triages(article: Article) -> dict[str, str]:
    return {row.name: row.triage for row in article.revision.sentences.all()}


def test_neither_headings_nor_rows_are_asked_for(cast):
    article = tabled(cast)
    assert list(triages(article)) == ["h0", "1", "h2", "h3", "h4", "2"]
    c.triage_all(article, cast.eda)
    assert not readiness.untriaged(article.revision).exists()
    assert not readiness.unfinished(article.revision).exists()


def test_a_heading_or_row_that_makes_a_claim_counts_and_is_undone_and_done_again(cast):
    article = tabled(cast)
    c.triage_all(article, cast.eda)
    for name, value in [("h0", "checkworthy"), ("h4", "unimportant")]:
        step = workflow.triage_step(article, [name], value, actor=cast.eda)
        assert step is not None
        assert list(step.what["triage"]) == [name]
    bench = workbench_queries.workbench(article, cast.eda)
    assert [row.name for row in bench.triaged.accounted] == ["h0", "1", "h4", "2"]
    assert [row.name for row in bench.triaged.unfinished] == ["h0"]
    first = readiness.blockers(article)[0].sentence
    assert first is not None
    assert first.name == "h0"
    workflow.undo(article, actor=cast.eda)
    assert triages(article)["h4"] == ""
    workflow.redo(article, actor=cast.eda)
    assert triages(article)["h4"] == "unimportant"
    workflow.triage(article, ["h0"], "not_factual", actor=cast.eda)
    assert not readiness.unfinished(article.revision).exists()


def test_words_of_a_cell_are_marked_and_unmarked_and_the_row_is_free_again(cast):
    article = tabled(cast)
    start = article.revision.text.index("3,900")
    made = workflow.mark_step(
        article,
        [(start, start + 5)],
        actor=cast.eda,
        exact="3,900",
        wording=workflow.ClaimDraft("3,900 came in 2024."),
    )
    assert made[0].exact == "3,900"
    assert triages(article)["h3"] == "checkworthy"
    with pytest.raises(workflow.Refused, match="marked in it"):
        workflow.triage(article, ["h3"], "opinion", actor=cast.eda)
    workflow.undo(article, actor=cast.eda)
    assert triages(article)["h3"] == ""


def test_no_number_names_a_heading_and_no_name_a_sentence_of_the_body(cast):
    article = tabled(cast)
    assert (
        workflow.triage(article, ["h1", "h99", "0", "x", "hh", "h"], "opinion", actor=cast.eda) == 0
    )
    assert set(triages(article).values()) == {""}


def test_what_a_heading_or_row_is_stays_in_a_new_text(cast):
    article = tabled(cast)
    workflow.triage(article, ["h0", "h3"], "not_factual", actor=cast.eda)
    given = Given(text=article.revision.text.replace("So they say.", "So they said."))
    document = exchange.read(given, cast.desk).document
    document = exchange.keeping_cut(article, document)
    exchange.revise(article, document, actor=cast.eda, based_on=1)
    revision = article.revision
    assert [row.kind for row in revision.sentences.all()] == [
        "heading", "body", "row", "row", "row", "body"
    ]  # fmt: skip
    kept = {row.position: row.triage for row in revision.sentences.all()}
    assert (kept[0], kept[3], kept[1]) == ("not_factual", "not_factual", "")
