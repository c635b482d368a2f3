"""Marking, triage and their undoing, as the server answers them."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Claim, Mark, RemovedMark, Sentence, Step, Transition
from annotations.queries import finding
from annotations.queries import workbench as workbench_queries
from tests import cast as c

TEXT = """A title

The line carried 400 people in a year. He said the line carried 400 people in a year. It did.

Nobody knew that the line carried 400 people in a yearbook."""
WORDS = "line carried 400 people in a year"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def eda(cast) -> Client:
    return client_of(cast.eda)


@pytest.fixture
def article(cast) -> Article:
    return c.import_text(cast.desk, cast.eda, TEXT)


def fields(article: Article, words: str, **changes: Any) -> dict[str, Any]:
    """What the panel of a new claim posts."""
    start = article.revision.text.index(words)
    return {
        "start": start,
        "end": start + len(words),
        "exact": words,
        "claim_reviewed": "It carried 400 people.",
        "type": "event",
        "key": uuid.uuid4(),
    } | changes


def post(client: Client, name: str, article: Article, *args: Any, **data: Any) -> Any:
    return client.post(reverse(name, args=[article.pk, *args]), data)


def test_words_other_than_those_shown_are_refused_and_what_was_typed_is_kept(cast, eda, article):
    data = fields(article, "It did", exact="It didn’t", claim_reviewed="My careful words.")
    answer = post(eda, "mark", article, **data)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The text there reads “It did”, not “It didn’t”" in page
    assert "My careful words." in page
    assert not Mark.objects.exists()
    assert not Claim.objects.exists()


@pytest.mark.parametrize("date", ["yesterday", "2026-11-31", "2026-13", "٣٠.٢.٢٠٢٦"])
def test_a_wrong_date_loses_nothing_that_was_typed(cast, eda, article, date):
    data = fields(article, "It did", said_on=date, claim_reviewed="My careful words.")
    answer = post(eda, "mark", article, **data)
    assert answer.status_code == 422
    assert "My careful words." in answer.content.decode()
    assert "Give a date as" in answer.content.decode()


def test_words_with_line_breaks_come_back_from_a_form_as_they_stand(cast, eda, article):
    words = "It did.\n\nNobody knew"
    data = fields(article, words, exact=words.replace("\n", "\r\n"))
    assert post(eda, "mark", article, **data).status_code == 302
    assert Mark.objects.get().exact == words


def test_the_panel_refuses_words_that_the_page_did_not_show(cast, eda, article):
    start = article.revision.text.index("It did")
    bench = reverse("workbench", args=[article.pk])
    asked = f"{bench}?start={start}&end={start + 6}"
    assert "New claim" in eda.get(f"{asked}&head=Itdid&tail=Itdid").content.decode()
    for wrong in ("head=Itdoes", "tail=Itdoes"):
        assert "Those words are not in the text" in eda.get(f"{asked}&{wrong}").content.decode()


def test_repeats_are_whole_words_that_stand_elsewhere(cast, article):
    claim = c.mark(article, WORDS, cast.eda)
    bench = workbench_queries.workbench(article, cast.eda)
    entry = bench.entry(claim.pk)
    assert entry is not None
    taken = [(mark.start, mark.end) for mark in entry.marks]
    (repeat,) = finding.repeats(bench, WORDS, taken)
    assert (repeat.exact, repeat.where) == (WORDS, "sentence 2")
    assert repeat.before.endswith("He said the ")
    assert article.revision.text[repeat.start : repeat.end] == WORDS
    assert finding.repeats(bench, "It did", []) == [], "too short to be offered"


def test_chosen_repeats_are_added_all_or_none(cast, eda, article):
    claim = c.mark(article, WORDS, cast.eda)
    second = article.revision.text.index(WORDS, 20)
    good, bad = f"{second}-{second + len(WORDS)}", "3-9"
    for repeats, status in (([good, bad], 302), ([], 422), (["1-x"], 422)):
        answer = post(eda, "add_repeats", article, claim.pk, exact=WORDS, repeats=repeats)
        assert answer.status_code in (status, 409)
        assert claim.marks.count() == 1
    post(eda, "add_repeats", article, claim.pk, exact=WORDS, repeats=[good])
    assert [mark.exact for mark in claim.marks.all()] == [WORDS, WORDS]
    assert workflow.undo(article, actor=cast.eda).kind == "mark"
    assert claim.marks.count() == 1


def test_a_mark_of_a_marked_claim_is_taken_out_with_a_line_and_can_be_put_back(cast, eda, article):
    claim = c.mark(article, WORDS, cast.eda)
    key = claim.marks.get().uuid
    assert post(client_of(cast.ann), "unmark", article, key).status_code == 403
    post(eda, "unmark", article, key)
    assert not claim.marks.exists()
    line = Transition.objects.filter(move="unmark").get()
    assert (line.claim, line.actor, line.detail) == (claim, cast.eda, {"exact": WORDS})
    page = eda.get(reverse("workbench", args=[article.pk]) + "?removed=1").content.decode()
    assert "Put it back" in page
    removed = RemovedMark.objects.get()
    post(client_of(cast.eli), "put_back", article, removed.uuid)
    assert claim.marks.get().exact == WORDS
    page = eda.get(reverse("workbench", args=[article.pk]) + "?removed=1").content.decode()
    assert "Put it back" not in page


def test_the_only_mark_of_a_claim_being_checked_stays(cast, eda):
    article, claim = cast.checking()
    mark = claim.marks.get()
    answer = post(eda, "unmark", article, mark.uuid)
    assert "is marked nowhere else" in answer.content.decode()
    assert claim.marks.get() == mark
    text = article.revision.text
    at = text.index("It is a fine pier")
    workflow.mark(article, at, at + 17, actor=cast.eda, claim=claim)
    post(eda, "unmark", article, mark.uuid)
    assert claim.marks.get().exact == "It is a fine pier"


def triaged() -> dict[int | None, str]:
    rows = Sentence.objects.filter(number__isnull=False).order_by("number")
    return {row.number: row.triage for row in rows}


def test_steps_are_undone_and_redone_in_order_each_with_its_line(cast, eda, article):
    post(eda, "triage", article, number=1, last=3, triage="not_factual")
    post(eda, "mark", article, **fields(article, "It did", key=uuid.uuid4()))
    assert triaged() == {1: "not_factual", 2: "not_factual", 3: "checkworthy", 4: ""}
    post(eda, "undo", article)
    assert not Mark.objects.exists()
    assert triaged()[3] == "not_factual"
    post(eda, "undo", article)
    assert set(triaged().values()) == {""}
    answer = post(eda, "undo", article)
    assert "nothing of yours to undo" in answer.content.decode()
    post(eda, "redo", article)
    post(eda, "redo", article)
    assert Mark.objects.get().exact == "It did"
    assert triaged() == {1: "not_factual", 2: "not_factual", 3: "checkworthy", 4: ""}
    moves = list(Transition.objects.values_list("move", flat=True))
    assert (moves.count("mark"), moves.count("unmark")) == (2, 1)
    post(eda, "undo", article)
    post(eda, "triage", article, number=4, triage="opinion")
    answer = post(eda, "redo", article)
    assert "nothing of yours to redo" in answer.content.decode()


def test_what_somebody_else_changed_since_is_not_undone_over_their_heads(cast, eda, article):
    post(eda, "triage", article, number=1, triage="not_factual")
    workflow.triage(article, [1], "opinion", actor=cast.eli)
    answer = post(eda, "undo", article)
    assert "Somebody has triaged these sentences since" in answer.content.decode()
    assert triaged()[1] == "opinion"
    assert "nothing of yours" in post(client_of(cast.eli), "undo", article).content.decode()
    assert post(client_of(cast.ann), "undo", article).status_code == 403


def test_a_mark_somebody_else_took_out_is_not_undone_twice(cast, eda, article):
    post(eda, "mark", article, **fields(article, "It did"))
    workflow.unmark(article, Mark.objects.get(), actor=cast.eli)
    answer = post(eda, "undo", article)
    assert "taken that mark out already" in answer.content.decode()
    assert RemovedMark.objects.count() == 1


def test_undo_ends_where_checking_begins(cast, eda):
    article = cast.article()
    words = c.MARKED
    post(eda, "mark", article, **fields(article, words))
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    answer = post(eda, "undo", article)
    assert "nothing of yours to undo" in answer.content.decode()
    assert Mark.objects.get().exact == words


def test_old_steps_are_forgotten(cast, article):
    for number in range(60):
        value = "opinion" if number % 2 else "not_factual"
        workflow.triage_step(article, [1], value, actor=cast.eda)
    assert Step.objects.count() == 50


def test_triage_by_the_page_itself_is_answered_with_what_is_left(cast, eda, article):
    url = reverse("triage", args=[article.pk])
    answer = eda.post(url, {"number": 2, "triage": "opinion"}, headers={"X-Autosave": "1"})
    said = json.loads(answer.content)
    label = ": Opinion or prediction"
    assert said["changed"] == [{"number": "2", "triage": "opinion", "label": label}]
    assert said["words"] == "3 sentences are not triaged yet."
    assert said["undo"] == "triage of sentence 2"
    assert "the next is 1" in said["rail"]
    assert eda.post(url, {"number": 2}, headers={"X-Autosave": "1"}).status_code == 422
    signed_out = Client().post(url, {"number": 2}, headers={"X-Autosave": "1"})
    assert signed_out.status_code == 401


def test_the_answer_to_a_triage_shows_what_the_page_would(cast, eda, article):
    """Of a heading, a sentence with a mark, and a check-worthy one without: next is the last."""
    workflow.set_aside(c.mark(article, WORDS, cast.eda), "opinion", actor=cast.eda)
    workflow.triage(article, [1, 2], "checkworthy", actor=cast.eda)
    workflow.triage(article, [3], "opinion", actor=cast.eda)
    workflow.triage(article, ["h0"], "unimportant", actor=cast.eda)
    sent = {"number": 4, "triage": "not_factual"}
    url = reverse("triage", args=[article.pk]) + "?q=ferry"
    said = json.loads(eda.post(url, sent, headers={"X-Autosave": "1"}).content)
    page = eda.get(reverse("workbench", args=[article.pk]) + "?q=ferry").content.decode()
    assert said["words"] == "Every sentence is triaged."
    assert said["rail"].strip() in page
    assert "is check-worthy, but no claim is marked in it" in said["rail"]


def test_who_checks_keeps_their_own_progress_while_they_triage(cast, eda, article):
    """A script replaces `data-rail` by what a triage left: this is not it."""
    c.mark(article, WORDS, cast.eda)
    c.triage_all(article, cast.eda)
    page = reverse("workbench", args=[article.pk])
    assert "data-rail" in eda.get(page).content.decode()
    workflow.open_checking(article, [cast.eda, cast.ben], actor=cast.eda)
    assert "0 of 1 rated" in eda.get(page).content.decode()
    assert "data-rail" not in eda.get(page).content.decode()


def test_a_filter_is_kept_from_panel_to_panel_and_after_a_save(cast, eda, article):
    for words in ("It did", "Nobody knew"):
        c.mark(article, words, cast.eda, claim_reviewed=f"So: {words}")
    bench = reverse("workbench", args=[article.pk])
    page = eda.get(f"{bench}?q=state:spotted+nobody").content.decode()
    assert "1 of 2 claims" in page
    assert f"{bench}?sentence=1&amp;q=state%3Aspotted+nobody" in page
    answer = post(eda, "triage", article, number=1, triage="opinion", q="nobody")
    assert answer["Location"] == f"{bench}?sentence=2&q=nobody#panel"
    assert "No claim fits" in eda.get(f"{bench}?q=is:rated").content.decode()


def test_a_filter_tells_a_checker_nothing_of_others(cast):
    """`is:rated` counts one's own rating before disclosure, never another's."""
    article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    bench = reverse("workbench", args=[article.pk])
    for query in ("is:rated", "finding", "ann", "submitted"):
        page = client_of(cast.ben).get(f"{bench}?q={query}").content.decode()
        assert "0 of 1 claims" in page, query
    assert "1 of 1 claims" in client_of(cast.ann).get(f"{bench}?q=is:rated").content.decode()


def test_a_check_worthy_sentence_without_a_claim_is_not_overlooked(cast, eda, article):
    c.mark(article, "year. He said", cast.eda)  # touches sentences 1 and 2
    workflow.triage(article, [3], "checkworthy", actor=cast.eda)
    workflow.triage(article, [4], "opinion", actor=cast.eda)
    bench = workbench_queries.workbench(article, cast.eda)
    assert [row.number for row in bench.triaged.unfinished] == [3]
    page = eda.get(reverse("workbench", args=[article.pk])).content.decode()
    assert "Sentence 3 is check-worthy, but no claim is marked in it" in page


def test_changing_the_wording_keeps_the_claim_and_returns_what_was_answered(cast, eda):
    article, claim = cast.deciding()
    url = reverse("reword", args=[article.pk, claim.pk])
    assert "It stays the same claim" in eda.get(url).content.decode()
    data: dict[str, Any] = {
        "claim_reviewed": "The town never asked in writing.",
        "type": claim.type,
        "version": claim.version,
        "reason": "Unclear.",
    }
    assert eda.post(url, data | {"reason": ""}).status_code == 422
    stale = eda.post(url, data | {"version": 9})
    assert stale.status_code == 409
    assert "You changed this in another window" in stale.content.decode()
    assert client_of(cast.ann).post(url, data).status_code == 403
    assert eda.post(url, data).status_code == 302
    number, before = claim.number, claim.marks.get()
    claim.refresh_from_db()
    assert (claim.claim_reviewed, claim.status) == (data["claim_reviewed"], "checking")
    assert (claim.number, claim.marks.get()) == (number, before)
    assert {c.check_of(claim, person).status for person in (cast.ann, cast.ben)} == {"returned"}
    again = eda.post(url, data | {"version": claim.version})
    assert "Nothing is different" in again.content.decode()


def test_the_rail_has_each_claim_in_plain_words(cast, eda, article):
    """What was marked stands in the text; in the rail “they did not” would say nothing."""
    c.mark(article, WORDS, cast.eda, claim_reviewed="The town never asked the line to stop.")
    page = eda.get(reverse("workbench", args=[article.pk])).content.decode()
    rail = page.partition('<nav class="rail"')[2].partition("</nav>")[0]
    assert "The town never asked the line to stop." in rail
    assert WORDS not in rail


def test_the_sentence_in_the_panel_has_its_four_buttons_under_it(cast, eda, article):
    bench = reverse("workbench", args=[article.pk])
    workflow.triage_step(article, [2], "opinion", actor=cast.eda)
    page = eda.get(f"{bench}?sentence=2").content.decode()
    (under,) = re.findall(r'(?s) id="s2"[^>]*>[^<]*</span>(<span id="triage-b.*?</span>)', page)
    assert "hidden" not in under.partition(">")[0]
    pressed = re.findall(r'name="triage" value="(\w+)"[^>]* aria-pressed="(\w+)"', under)
    assert pressed == [
        ("checkworthy", "false"),
        ("unimportant", "false"),
        ("not_factual", "false"),
        ("opinion", "true"),
    ]
    (form,) = re.findall(r'(?s)<form id="triage-now".*?</form>', page)
    sent = dict(re.findall(r'name="(number|stay)" value="(\w+)"', form))
    answer = post(eda, "triage", article, triage="not_factual", **sent)
    assert answer["Location"] == f"{bench}?sentence=3#s3"
    assert article.revision.sentences.get(number=2).triage == "not_factual"


def test_no_buttons_are_seen_where_nothing_is_to_be_triaged(cast, eda, article):
    bench = reverse("workbench", args=[article.pk])
    for asked in ("", "?sentence=h0"):
        page = eda.get(f"{bench}{asked}").content.decode()
        (head,) = re.findall(r'<span id="triage-buttons"[^>]*>', page)
        assert head.endswith(" hidden>"), asked
    assert "triage-buttons" not in client_of(cast.ann).get(bench).content.decode()
