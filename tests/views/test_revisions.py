"""The pages of an article's texts: change, compare, confirm, place again, let go."""

from __future__ import annotations

import hashlib
import re
import uuid
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import readiness, workflow
from annotations.models import Article, Claim, Orphan, Transition
from tests import cast as c
from tests.capture.servers import page as says
from tests.capture.servers import serving
from tests.cast import MARKED, TEXT, Cast
from tests.exchange.test_importing import at_once
from tests.formats.test_html import page as html_page
from tests.views.test_access import client_of
from tests.views.test_budgets import article_with
from tests.views.test_budgets import text as text_of
from tests.views.test_hostile import ODD
from tests.workflow.test_revising import CONTEXT, GONE, NEGATED, UNCHANGED, revise


def send(client: Client, article: Article, text: str, do: str = "preview", **fields):
    data = {"text": text, "based_on": article.revision.number, "key": uuid.uuid4(), "do": do}
    data["seen"] = hashlib.sha256(text.encode()).hexdigest()
    return client.post(reverse("revise", args=[article.pk]), data | fields)


def said(answer) -> str:
    """The words of a page, without its marks."""
    text = re.sub(r"<(script|template).*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def orphans_of(article: Article) -> str:
    return reverse("orphans", args=[article.pk])


def test_the_form_opens_with_the_text_as_it_is(cast):
    article, _claim = cast.marked()
    page = client_of(cast.eda).get(reverse("revise", args=[article.pk]))
    assert page.context["form"]["text"].value() == TEXT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (UNCHANGED, "Stays: 1"),
        (CONTEXT, "To confirm: its sentence changed: 1"),
        (NEGATED, "To place: its words changed: 1"),
        (GONE, "Without a place: 1"),
    ],
)
def test_what_becomes_of_each_mark_is_said_before_anything_is_saved(cast, text, words):
    article, _claim = cast.marked()
    page = send(client_of(cast.eda), article, text)
    assert page.status_code == 200
    assert words in said(page)
    assert article.revisions.count() == 1


def test_the_difference_shows_what_came_and_what_went(cast):
    article, _claim = cast.marked()
    page = send(client_of(cast.eda), article, UNCHANGED).content.decode()
    assert "<del>fine</del><ins>long</ins>" in page
    assert "2 unchanged paragraphs" in page


def test_saving_leads_to_the_marks_that_wait_or_back_to_the_article(cast):
    article, _claim = cast.marked()
    eda = client_of(cast.eda)
    calm = send(eda, article, UNCHANGED, "save", reason="The paper corrected it.")
    assert calm["Location"] == reverse("workbench", args=[article.pk])
    rough = send(eda, article, NEGATED, "save")
    assert rough["Location"] == orphans_of(article)
    history = eda.get(reverse("history", args=[article.pk]))
    for words in ("The paper corrected it.", "Revision 2.", "Marks: 1 in place."):
        assert words in said(history)


def test_a_repeated_save_makes_one_revision(cast):
    article, _claim = cast.marked()
    key = uuid.uuid4()
    for _twice in range(2):
        answer = send(client_of(cast.eda), article, UNCHANGED, "save", key=key, based_on=1)
        assert answer.status_code == 302
    assert article.revisions.count() == 2


def test_another_text_from_the_same_form_is_another_save(cast):
    """The browser's Back brings the form, and its key, once more: it is not taken for the first."""
    article, _claim = cast.marked()
    eda, key = client_of(cast.eda), uuid.uuid4()
    assert send(eda, article, UNCHANGED, "save", key=key, based_on=1).status_code == 302
    late = send(eda, article, CONTEXT, "save", key=key, based_on=1)
    assert late.status_code == 409
    assert late.context["form"]["text"].value() == CONTEXT, "nothing typed is lost"


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_revision_and_has_one_answer():
    cast = Cast()
    article, _claim = cast.marked()
    for number in range(2, 17):
        text = f"{UNCHANGED} Round {number}."
        sent = {"key": uuid.uuid4(), "based_on": number - 1}
        clicks = [
            lambda client=client, text=text, sent=sent: send(client, article, text, "save", **sent)
            for client in (client_of(cast.eda), client_of(cast.eda))
        ]
        first, second = at_once(*clicks)
        assert first.status_code == second.status_code == 302
        assert first["Location"] == second["Location"]
        assert article.revisions.count() == number


def test_a_mark_that_is_settled_by_a_double_click_is_said_to_be_settled_twice(cast):
    article, _claim = cast.marked()
    revise(article, NEGATED, cast.eda)
    eda, orphan = client_of(cast.eda), Orphan.objects.get()
    page = eda.get(orphans_of(article)).content.decode()
    (key, *_others) = re.findall(r'name="key" value="([^"]+)"', page)
    url = reverse("let_go", args=[article.pk, orphan.uuid])
    first, second = (eda.post(url, {"why": "gone", "key": key}) for _click in range(2))
    assert first["Location"] == second["Location"]
    told = said(eda.get(orphans_of(article)))
    assert "The mark is settled." in told
    assert "Somebody settled this already" not in told
    assert Transition.objects.filter(move="set aside").count() == 1


def test_a_stale_save_is_answered_with_the_new_difference_and_nothing_typed_is_lost(cast):
    article, _claim = cast.marked()
    send(client_of(cast.eli), article, CONTEXT, "save")
    page = send(client_of(cast.eda), article, UNCHANGED, "save", based_on=1, reason="Mine.")
    assert page.status_code == 409
    assert "Revision 2 was saved by Eli in the meantime." in said(page)
    form = page.context["form"]
    assert (form["text"].value(), form["reason"].value()) == (UNCHANGED, "Mine.")
    assert form["based_on"].value() == "2"
    assert "<del>she</del>" in page.content.decode(), "compared with the text as it is now"


def test_no_text_is_saved_but_the_one_whose_difference_was_seen(cast):
    article, _claim = cast.marked()
    page = send(client_of(cast.eda), article, NEGATED, "save", seen="")
    assert "The text is another one than you looked at." in said(page)
    assert "To place: its words changed: 1" in said(page), "so it is shown now"
    assert article.revisions.count() == 1


def test_looking_ahead_costs_the_same_statements_however_many_marks_there_are(cast):
    eda, counts = client_of(cast.eda), []
    for claims in (2, 12):
        article = article_with(cast, claims, "shaken")
        send(eda, article, text_of(claims))
        with CaptureQueriesContext(connection) as queries:
            send(eda, article, text_of(claims) + " More.")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_the_same_text_is_refused_in_words(cast):
    article, _claim = cast.marked()
    page = send(client_of(cast.eda), article, TEXT, "save")
    assert page.status_code == 409
    assert "Nothing is different." in said(page)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "  "}, "The text is empty."),
        ({"text": "One.\x00Two."}, "Null characters are not allowed."),
        ({"file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)}, "binary file"),
        ({"file": SimpleUploadedFile("a.txt", b"caf\xe9")}, "Byte 4 (line 1) is not valid UTF-8"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_what_and_where(cast, fields, words):
    article, _claim = cast.marked()
    for do in ("preview", "save"):
        if "file" in fields:
            fields["file"].seek(0)
        data = {"based_on": 1, "key": uuid.uuid4(), "do": do} | fields
        page = client_of(cast.eda).post(reverse("revise", args=[article.pk]), data)
        assert page.status_code == 422
        assert words in said(page)
    assert article.revisions.count() == 1


def test_a_file_with_the_new_text_is_compared_and_kept_for_saving(cast):
    article, _claim = cast.marked()
    data = {"based_on": 1, "key": uuid.uuid4(), "do": "preview"}
    data["file"] = SimpleUploadedFile("new.txt", UNCHANGED.encode())
    page = client_of(cast.eda).post(reverse("revise", args=[article.pk]), data)
    assert page.context["form"]["text"].value() == UNCHANGED


def sentences(article: Article) -> list[str]:
    revision = article.revision
    return [revision.text[row.start : row.end] for row in revision.sentences.all()]


def test_a_boundary_moved_later_makes_a_new_revision_in_which_every_mark_stays(cast):
    article, _claim = cast.marked()
    eda = client_of(cast.eda)
    page = send(eda, article, TEXT, "join-1")
    assert "The words are the same." in said(page)
    cut = {name: page.context["cut"][name] for name in ("starts", "cut_of")}
    assert send(eda, article, TEXT, "save", **cut).status_code == 302
    assert article.revisions.count() == 2
    assert sentences(article)[1].endswith(
        "the mayor said. The line carried 4,000 people last year."
    )
    assert article.revision.marks.get().came_by == "same"


def test_boundaries_that_people_moved_are_kept_in_the_next_text(cast):
    article, _claim = cast.marked()
    eda = client_of(cast.eda)
    page = send(eda, article, TEXT, "join-1")
    cut = {name: page.context["cut"][name] for name in ("starts", "cut_of")}
    send(eda, article, TEXT, "save", **cut)
    joined = sentences(article)[1]
    assert send(eda, article, UNCHANGED, "save").status_code == 302
    assert sentences(article)[1] == joined


def test_a_saved_page_becomes_a_new_text_with_its_kinds_and_its_bytes(cast):
    article, _claim = cast.marked()
    eda = client_of(cast.eda)
    upload = SimpleUploadedFile("new.html", html_page().encode())
    page = send(eda, article, "", file=upload)
    form = page.context["form"]
    kept = {name: form[name].value() for name in form.fields if form[name].value()}
    assert eda.post(reverse("revise", args=[article.pk]), kept | {"do": "save"}).status_code == 302
    assert b"".join(article.revision.original.pieces()) == html_page().encode()
    assert article.revision.sentences.filter(block="list_item").count() == 3
    again = article.revision.text.replace("fine pier", "long pier")
    send(eda, article, again, "save")
    assert article.revision.sentences.filter(block="list_item").count() == 2, "of those unchanged"
    assert article.revision.sentences.filter(block="quote").count() == 1


def test_the_page_is_fetched_again_from_where_the_article_stands(cast, settings):
    article, _claim = cast.marked()
    eda = client_of(cast.eda)
    with serving(says(html_page().encode())) as server:
        settings.FETCH_ALLOWED = [server.name]
        Article.objects.filter(pk=article.pk).update(url=f"http://{server.name}/")
        page = send(eda, article, TEXT, "fetch")
    assert page.status_code == 200
    assert page.context["form"]["text"].value().startswith("Ferry is back")
    refused = send(eda, article, TEXT, "fetch")
    assert refused.status_code == 422
    assert "is not on the public internet" in said(refused) or "could not be reached" in said(
        refused
    )
    assert refused.context["form"]["text"].value() == TEXT, "nothing typed is lost"


def test_marks_are_confirmed_on_their_page(cast):
    article, _claim = cast.marked()
    revise(article, CONTEXT, cast.eda)
    eda = client_of(cast.eda)
    assert "the <del>mayor</del><ins>she</ins>" not in eda.get(orphans_of(article)).content.decode()
    page = eda.get(orphans_of(article))
    assert f"“{MARKED}” still means that" in said(page)
    url = reverse("confirm_marks", args=[article.pk])
    assert "Choose the marks" in said(eda.post(url, follow=True))
    key = str(article.revision.marks.get().uuid)
    done = eda.post(url, {"mark": [key, "nonsense"]}, follow=True)
    assert "1 mark is confirmed." in said(done)
    assert "Every mark has its place" in said(done)


def test_one_look_confirms_all_marks_that_are_only_printed_otherwise(cast):
    article = cast.article()
    for words in ("“We never asked them", "asked them to stop sailing,”"):
        c.mark(article, words, cast.eda)
    revise(article, TEXT.replace("“", '"').replace("”", '"'), cast.eda)
    eda = client_of(cast.eda)
    page = eda.get(orphans_of(article))
    assert "Confirm the 2 that are only printed otherwise" in said(page)
    keys = [str(mark.uuid) for mark in article.revision.marks.all()]
    url = reverse("confirm_marks", args=[article.pk])
    done = eda.post(url, {"do": "reprinted", "reprinted": keys}, follow=True)
    assert "2 marks are confirmed." in said(done)


def test_a_changed_sentence_is_none_that_is_only_printed_otherwise(cast):
    article, _claim = cast.marked()
    revise(article, CONTEXT, cast.eda)
    page = client_of(cast.eda).get(orphans_of(article))
    assert page.context["found"].reprinted == []
    assert "only printed otherwise" not in said(page)


def test_an_orphan_is_placed_where_it_was_proposed(cast):
    article, _claim = cast.marked()
    revise(article, NEGATED, cast.eda)
    eda, orphan = client_of(cast.eda), Orphan.objects.get()
    page = eda.get(orphans_of(article))
    assert "What differs: We never asked them not to stop sailing" in said(page)
    place = page.context["rows"][0]["places"][0]
    url = reverse("attach", args=[article.pk, orphan.uuid])
    done = eda.post(url, {"place": f"{place.start}-{place.end}"}, follow=True)
    assert "The claim is marked at “We never asked them not to stop sailing”." in said(done)
    assert not readiness.orphans(article, article.revision).exists()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("", "Choose a place, or copy the words from the text."),
        ("not there", "These words do not stand in the current text."),
        ("a\x00b", "Null characters are not allowed."),
        ("of it is", ""),
    ],
)
def test_an_orphan_is_placed_at_words_that_stand_in_the_text_once(cast, words, error):
    article, _claim = cast.marked()
    revise(article, GONE, cast.eda)
    url = reverse("attach", args=[article.pk, Orphan.objects.get().uuid])
    answer = client_of(cast.eda).post(url, {"words": words})
    if error:
        assert answer.status_code == 422
        assert error in said(answer)
        assert Orphan.objects.open().exists()
    else:
        assert answer.status_code == 302
        assert article.revision.marks.get().exact == words


def test_words_that_stand_at_several_places_are_offered_one_by_one(cast):
    article, _claim = cast.marked()
    revise(article, GONE + " Nothing at all.", cast.eda)
    url = reverse("attach", args=[article.pk, Orphan.objects.get().uuid])
    page = client_of(cast.eda).post(url, {"words": "Nothing"})
    assert page.status_code == 422
    assert "stand at 2 places" in said(page)
    assert len(page.context["rows"][0]["places"]) == 2


@pytest.mark.parametrize("place", ["999-1000", "5-5", "9-2", "x", "1-99999999999"])
def test_a_place_that_is_none_is_refused(cast, place):
    article, _claim = cast.marked()
    revise(article, GONE, cast.eda)
    url = reverse("attach", args=[article.pk, Orphan.objects.get().uuid])
    answer = client_of(cast.eda).post(url, {"place": place})
    assert answer.status_code == 422
    assert Orphan.objects.open().exists()


def test_an_orphan_is_let_go_and_its_claim_can_be_brought_back(cast):
    article, claim = cast.marked()
    revise(article, GONE, cast.eda)
    eda = client_of(cast.eda)
    url = reverse("let_go", args=[article.pk, Orphan.objects.get().uuid])
    assert eda.post(url, {"why": "nonsense"}).status_code == 422
    done = eda.post(url, {"why": "gone", "note": "Cut."}, follow=True)
    assert "No longer in the article" in said(done)
    assert Claim.objects.get(pk=claim.pk).set_aside == "gone"
    assert reverse("bring_back", args=[article.pk, claim.pk]) in done.content.decode()
    workflow.bring_back(claim, actor=cast.eda, reason="It is back.")
    page = eda.get(orphans_of(article))
    assert "Brought back, without a mark in this text" in said(page)
    again = eda.post(reverse("look_again", args=[article.pk]), follow=True)
    assert "1 mark has no place" in said(again)


def test_the_workbench_leads_to_the_marks_that_wait(cast):
    article, _claim = cast.marked()
    eda = client_of(cast.eda)
    bench = reverse("workbench", args=[article.pk])
    assert "to place" not in said(eda.get(bench))
    revise(article, CONTEXT, cast.eda)
    assert "1 mark to place" in said(eda.get(bench))
    revise(article, GONE, cast.eda)
    page = eda.get(bench)
    assert "1 mark to place" in said(page)
    assert f'href="{orphans_of(article)}"' in page.content.decode()
    assert "to place" not in said(client_of(cast.ola).get(bench)), "only who may place them"


def test_the_approval_page_leads_there_too(cast):
    article, _claim = cast.decided()
    revise(article, GONE, cast.eda)
    page = client_of(cast.eli).get(reverse("approve", args=[article.pk])).content.decode()
    assert f'href="{orphans_of(article)}"' in page


def test_a_checker_still_reaches_the_draft_of_a_claim_whose_words_are_gone(cast):
    article, claim = cast.checking()
    revise(article, GONE, cast.eda)
    page = client_of(cast.ann).get(f"{reverse('workbench', args=[article.pk])}?claim={claim.pk}")
    assert "no place in the current text" in said(page)
    assert 'name="finding"' in page.content.decode()


def test_an_old_text_stays_readable_with_its_marks(cast):
    article, claim = cast.marked()
    revise(article, GONE, cast.eda)
    ola = client_of(cast.ola)
    listed = said(ola.get(reverse("revisions", args=[article.pk])))
    assert "Revision 2 Current" in listed
    assert "1 mark lost its place" in listed
    old = ola.get(reverse("revision", args=[article.pk, 1]))
    assert re.search(rf'<mark\s+class="unrated"\s*>{MARKED}</mark', old.content.decode())
    assert claim.claim_reviewed in said(old)
    new = ola.get(reverse("revision", args=[article.pk, 2]) + "?since=1").content.decode()
    assert "<ins>Another story" in new.replace("</del><ins>", "<ins>") or "<ins>" in new
    assert ola.get(reverse("revision", args=[article.pk, 3])).status_code == 404


@pytest.mark.parametrize("since", ["2", "9", "-1", "x", "99999999999999"])
def test_a_text_is_compared_with_earlier_ones_only(cast, since):
    article, _claim = cast.marked()
    revise(article, UNCHANGED, cast.eda)
    page = client_of(cast.ola).get(reverse("revision", args=[article.pk, 2]) + f"?since={since}")
    assert page.status_code == 200
    assert page.context["since"] is None


@pytest.mark.parametrize("who", ["ann", "ola"])
def test_who_may_not_mark_reads_and_is_refused_every_move(cast, who):
    article, _claim = cast.marked()
    revise(article, NEGATED, cast.eda)
    person, key = client_of(getattr(cast, who)), Orphan.objects.get().uuid
    page = person.get(orphans_of(article))
    assert page.status_code == 200
    assert "It is made here" not in said(page)
    assert "Change the text" not in said(person.get(reverse("revisions", args=[article.pk])))
    for name, args in (
        ("confirm_marks", []),
        ("look_again", []),
        ("attach", [key]),
        ("let_go", [key]),
        ("revise", []),
    ):
        assert person.post(reverse(name, args=[article.pk, *args])).status_code == 403, name


def test_an_orphan_of_another_article_does_not_exist_here(cast):
    article, _claim = cast.marked()
    revise(article, GONE, cast.eda)
    other = c.import_text(cast.desk, cast.eda, "Another article.\n\nIt has a text.")
    url = reverse("attach", args=[other.pk, Orphan.objects.get().uuid])
    assert client_of(cast.eda).post(url, {"place": "0-7"}).status_code == 404


FIELDS = ["text", "reason", "based_on", "key", "incoming", "do", "starts", "cut_of", "at-1"]


@pytest.mark.parametrize("field", FIELDS)
def test_no_odd_value_of_a_field_of_the_new_text_makes_it_crash(cast, field):
    article, _claim = cast.marked()
    eda = client_of(cast.eda)
    for odd in ODD:
        fields = {"do": "split-1", "starts": "0", "cut_of": "0"} | {field: odd}
        answer = send(eda, article, fields.pop("text", UNCHANGED), **fields)
        assert answer.status_code in (200, 302, 409, 422), odd


@pytest.mark.parametrize(
    ("name", "field"),
    [("attach", "place"), ("attach", "words"), ("let_go", "why"), ("confirm_marks", "mark")],
)
def test_no_odd_answer_about_a_mark_makes_it_crash(cast, name, field):
    article, _claim = cast.marked()
    revise(article, GONE, cast.eda)
    eda, key = client_of(cast.eda), Orphan.objects.get().uuid
    url = reverse(name, args=[article.pk] if name == "confirm_marks" else [article.pk, key])
    for odd in ODD:
        answer = eda.post(url, {field: odd})
        assert answer.status_code in (302, 409, 422), odd[:20]


def test_what_people_and_papers_write_stays_text(cast):
    script = "<script>alert(1)</script>"
    article = c.import_text(cast.desk, cast.eda, f"A title\n\nIt says {script} here. Once.")
    c.mark(article, f"says {script}", cast.eda, claim_reviewed=f"It is so {script}")
    eda = client_of(cast.eda)
    pages = [send(eda, article, f"A {script}\n\nIt says {script} there. Once.", reason=script)]
    revise(article, f"A title\n\nIt hardly says {script} there. Twice.", cast.eda)
    pages += [
        eda.get(reverse("revision", args=[article.pk, 2]) + "?since=1"),
        eda.get(orphans_of(article)),
        eda.get(reverse("revisions", args=[article.pk])),
        eda.get(reverse("workbench", args=[article.pk])),
    ]
    for page in pages:
        assert page.status_code == 200
        assert script not in page.content.decode()
