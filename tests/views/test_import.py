"""Adding an article from a saved web page or from an address: looked at first, then frozen."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.formats import html
from annotations.models import Article, Incoming, Original
from tests.capture.servers import page as says
from tests.capture.servers import serving
from tests.cast import Cast
from tests.exchange.test_importing import at_once
from tests.formats.files import pdf
from tests.formats.test_files import SAMPLES
from tests.formats.test_html import GERMAN_PAGE, page
from tests.views.test_access import client_of
from tests.views.test_revisions import said

ADD = "/desks/desk/articles/add/"


def post(client: Client, do: str = "preview", **fields):
    return client.post(ADD, {"language": "en", "public_text": "excerpts", "do": do} | fields)


def again(client: Client, answer, do: str = "save", **fields):
    """Send the form that the page came with, as a browser does."""
    form = answer.context["form"]
    kept = {name: form[name].value() or "" for name in form.fields if name != "file"}
    return client.post(ADD, kept | {"do": do} | fields)


def saved(name: str = "ferry.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, page().encode())


CANONICAL = '<link rel="canonical" href="https://paper.example/ferry">'


def test_a_saved_page_says_its_own_address(cast):
    eda = client_of(cast.eda)
    answer = post(eda, file=SimpleUploadedFile("ferry.html", page(head=CANONICAL).encode()))
    assert answer.context["form"]["url"].value() == "https://paper.example/ferry"
    again(eda, answer)
    assert Article.objects.get().url == "https://paper.example/ferry"


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.pdf", "a.srt", "a.vtt", "a.eml", "a.md"])
def test_a_file_of_each_kind_is_previewed_and_saved_with_its_bytes(cast, name):
    eda = client_of(cast.eda)
    answer = post(eda, file=SimpleUploadedFile(name, SAMPLES[name]))
    assert answer.status_code == 200
    rows = answer.context["preview"]["sentences"]
    if name in ("a.pdf", "a.srt"):
        place = {"a.pdf": "p. 1", "a.srt": "00:00:01"}[name]
        assert rows[0]["place"] == place
        assert place in said(answer)
    assert again(eda, answer).status_code == 302
    article = Article.objects.get()
    assert b"".join(Original.objects.get().pieces()) == SAMPLES[name]
    assert sentences(article) == [row["text"] for row in rows]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", pdf([[], []]), "This PDF is a picture of a text, and holds no words."),
        ("a.docx", b"no archive", "This file is broken"),
        ("a.json", b"{}", "This is JSON, which cannot be imported as an article."),
        ("a.txt", b'{"@type": "ClaimReview"}', "This is ClaimReview (JSON), which cannot"),
        ("a.md", b'{"a": 1}', "This is JSON, which cannot"),
        ("a.txt", b"id\ttext\n1\tIt is so.\n", "This is a table (TSV), and no text."),
        ("a.tsv", b"text\tline\nSo.\t1\nNo.\t1\n", "Line 3, line “1”: a line comes once."),
        ("a.csv", b"document,text\na,So.\nb,No.\n", "This table holds 2 documents, by its column"),
        ("a.csv", b"id,claim\n1,So\n", "without a column “text”. It has: id, claim."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(cast, name, data, words):
    answer = post(client_of(cast.eda), file=SimpleUploadedFile(name, data))
    assert answer.status_code == 422
    assert words in said(answer)


@pytest.mark.parametrize(
    ("name", "media_type"), [("a.pdf", "application/pdf"), ("a.md", "text/markdown; charset=utf-8")]
)
def test_a_file_at_a_web_address_is_read_too(cast, settings, name, media_type):
    with serving(says(SAMPLES[name], f"Content-Type: {media_type}")) as server:
        settings.FETCH_ALLOWED = [server.name]
        answer = post(client_of(cast.eda), url=f"http://{server.name}/{name}")
    assert "The council built 240 homes in the harbour last year" in said(answer)


@pytest.mark.parametrize("media_type", ["application/json", "text/plain", "text/html"])
def test_json_at_a_web_address_is_no_article(cast, settings, media_type):
    body = b'{"@type": "ClaimReview", "claimReviewed": "It is so."}'
    with serving(says(body, f"Content-Type: {media_type}")) as server:
        settings.FETCH_ALLOWED = [server.name]
        answer = post(client_of(cast.eda), url=f"http://{server.name}/a")
    assert answer.status_code == 422
    assert not Incoming.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [('[{"a": 1}]', "This is JSON"), ("id,text\n1,It is so.\n2,No.\n", "This is a table (CSV)")],
)
def test_data_that_is_pasted_is_no_article(cast, text, words):
    answer = post(client_of(cast.eda), text=text)
    assert answer.status_code == 422
    assert words in said(answer)


def test_a_transcript_in_a_table_is_previewed_and_saved_row_by_row(cast):
    eda = client_of(cast.eda)
    data = b"line,speaker,text\n1,Ms Reed,It is so. I know it.\n2,Mr Holt,No.\n"
    answer = post(eda, file=SimpleUploadedFile("debate.csv", data))
    rows = answer.context["preview"]["sentences"]
    assert [row["text"] for row in rows] == ["Ms Reed: It is so. I know it.", "Mr Holt: No."]
    assert rows[1]["place"] == "line 3"
    assert again(eda, answer).status_code == 302
    assert sentences(Article.objects.get()) == [row["text"] for row in rows]


def test_what_a_page_shows_beside_its_article_unfolds_in_the_preview(cast):
    answer = post(client_of(cast.eda), file=saved())
    assert "Look at what was left out" in said(answer)
    assert "FOOTER All rights reserved." in said(answer)
    assert "Look at what was left out" not in said(post(client_of(cast.eda), text=TEXT))


def test_a_note_linked_by_the_address_of_its_page_is_a_paragraph_of_the_preview(cast, settings):
    """No source is proposed from a link to the page itself."""

    def answers(connection, head: str) -> None:
        host = head.lower().partition("host: ")[2].split()[0]
        itself = f"http://{host}/ferry"
        body = (
            f'<p>It carried 240<sup id="r1"><a href="{itself}#n1">1</a></sup> people.</p>'
            f'<ol><li id="n1">Town report, page 12. <a href="{itself}#r1">back</a></li></ol>'
        )
        says(page(body).encode())(connection, head)

    with serving(answers) as server:
        settings.FETCH_ALLOWED = [server.name]
        answer = post(client_of(cast.eda), url=f"http://{server.name}/ferry?utm_source=mail")
    rows = [row["text"] for row in answer.context["preview"]["sentences"]]
    assert "It carried 240¹ people." in rows
    assert "¹ Town report, page 12." in rows
    assert "ferry#" not in answer.content.decode()


def test_bad_bytes_beside_the_article_are_counted_in_the_preview(cast):
    data = page().encode().replace(b"MENU World", b"MENU W\xe9rld")
    answer = post(client_of(cast.eda), file=SimpleUploadedFile("ferry.html", data))
    assert "1 byte of the page beside its article is no character" in said(answer)


def test_a_saved_web_page_is_previewed_with_what_it_says_of_itself(cast):
    answer = post(client_of(cast.eda), file=saved())
    form = answer.context["form"]
    values = {name: form[name].value() for name in ("outlet", "byline", "published_on")}
    assert values == {"outlet": "The Paper", "byline": "Ann Lee", "published_on": "2026-11-20"}
    assert "8 sentences, 2 headings" in said(answer)
    assert "were left out" in said(answer)
    rows = answer.context["preview"]["sentences"]
    assert not any("MENU" in row["text"] for row in rows)
    assert not Article.objects.exists()


def test_it_is_saved_from_the_bytes_that_were_looked_at(cast):
    eda = client_of(cast.eda)
    answer = again(eda, post(eda, file=saved()))
    assert answer.status_code == 302
    article = Article.objects.get()
    assert (article.title, article.outlet) == ("Ferry is back", "The Paper")
    original = Original.objects.get()
    assert (original.name, b"".join(original.pieces())) == ("ferry.html", page().encode())
    blocks = list(article.revision.sentences.values_list("block", flat=True))
    assert blocks.count("list_item") == 3
    assert article.revision.changes[0]["kind"] == "left_out"


def test_a_save_that_is_sent_twice_makes_one_article(cast):
    eda = client_of(cast.eda)
    answer = post(eda, file=saved())
    first, second = again(eda, answer), again(eda, answer)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Article.objects.count() == 1


def test_what_a_person_wrote_is_not_replaced_by_what_the_page_says(cast):
    answer = post(client_of(cast.eda), file=saved(), byline="Somebody else")
    assert answer.context["form"]["byline"].value() == "Somebody else"


def test_a_text_pasted_after_a_file_takes_its_place(cast):
    eda = client_of(cast.eda)
    again(eda, post(eda, file=saved()), text="A title\n\nAnother text altogether.")
    assert Article.objects.get().title == "A title"


def test_what_another_person_sent_does_not_exist(cast):
    key = post(client_of(cast.eda), file=saved()).context["form"]["incoming"].value()
    answer = post(client_of(cast.eli), "save", incoming=key)
    assert answer.status_code == 422
    assert "The file is not kept any more." in said(answer)


def test_what_waited_for_a_day_is_taken_away(cast):
    eda = client_of(cast.eda)
    post(eda, file=saved())
    Incoming.objects.update(at=timezone.now() - dt.timedelta(hours=25))
    post(eda, file=saved())
    call_command("worker", "--once")
    assert Incoming.objects.count() == 1


def test_a_page_is_fetched_from_its_address_once_and_kept(cast, settings):
    eda = client_of(cast.eda)
    body = page().encode("cp1252")
    with serving(says(body, "Content-Type: text/html; charset=windows-1252")) as server:
        settings.FETCH_ALLOWED = [server.name]
        answer = post(eda, url=f"http://{server.name}/ferry")
        assert "written in windows-1252, and was read so" in said(answer)
        assert again(eda, answer).status_code == 302
        assert len(server.heard) == 1
    article, original = Article.objects.get(), Original.objects.get()
    assert article.url == original.address == f"http://{server.name}/ferry"
    assert original.charset == "windows-1252"
    assert b"".join(original.pieces()) == body


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1/", "is not on the public internet"),
        ("http://[::1]/", "is not on the public internet"),
        ("http://user:pass@paper.example/", "with a name or password is not fetched"),
    ],
)
def test_an_address_that_may_not_be_fetched_is_refused_beside_its_field(cast, url, words):
    answer = post(client_of(cast.eda), url=url)
    assert answer.status_code == 422
    assert words in said(answer)
    assert answer.context["form"]["url"].value() == url, "nothing typed is lost"


def test_a_page_without_an_article_is_said_to_have_none(cast):
    empty = SimpleUploadedFile("a.html", b"<!doctype html><html><body></body></html>")
    answer = post(client_of(cast.eda), file=empty)
    assert answer.status_code == 422
    assert "No article was found in this page." in said(answer)


# --- boundaries ---

TEXT = "A title\n\nOne two. Three four five. Six."


def sentences(article: Article) -> list[str]:
    revision = article.revision
    return [revision.text[row.start : row.end] for row in revision.sentences.all()]


def test_sentences_are_joined_split_and_shifted_before_they_are_frozen(cast):
    eda = client_of(cast.eda)
    answer = post(eda, text=TEXT)
    assert "starts" not in answer.content.decode()
    answer = again(eda, answer, "join-1")  # One two. + Three four five.
    answer = again(eda, answer, "split-1", **{"at-1": TEXT.index("four")}, **cut_of(answer))
    answer = again(eda, answer, "shift-2", **{"at-2": TEXT.index("five")}, **cut_of(answer))
    answer = again(eda, answer, "save", **cut_of(answer))
    assert answer.status_code == 302
    article = Article.objects.get()
    assert sentences(article) == ["A title", "One two. Three", "four", "five. Six."]
    assert article.revision.splitter_version.endswith("+hand")
    numbers = [row.number for row in article.revision.sentences.all()]
    assert numbers == [None, 1, 2, 3]


def cut_of(answer) -> dict[str, str]:
    """The hidden fields that carry the boundaries."""
    preview = answer.context["preview"]
    return {name: preview[name] for name in ("starts", "headings", "cut_of")}


def kinds(article: Article) -> list[tuple[str, int, int | None]]:
    rows = article.revision.sentences.all()
    return [(row.kind, row.paragraph, row.number) for row in rows]


def test_a_sentence_is_made_a_heading_and_a_heading_text_before_they_are_frozen(cast):
    eda = client_of(cast.eda)
    answer = again(eda, post(eda, text=TEXT), "kind-0")
    answer = again(eda, answer, "kind-2", **cut_of(answer))
    answer = again(eda, answer, "save", **cut_of(answer))
    assert answer.status_code == 302
    article = Article.objects.get()
    assert sentences(article) == ["A title", "One two.", "Three four five.", "Six."]
    assert kinds(article) == [
        ("body", 0, 1),
        ("body", 1, 2),
        ("heading", 2, None),
        ("body", 3, 3),
    ]
    assert article.revision.splitter_version.endswith("+hand")


def test_a_heading_that_is_no_more_can_be_joined_and_one_that_is_split_stays_one(cast):
    eda = client_of(cast.eda)
    answer = again(eda, post(eda, text=TEXT), "kind-0")
    answer = again(eda, answer, "join-0", **cut_of(answer))
    assert answer.context["preview"]["sentences"][0]["text"] == "A title\n\nOne two."
    answer = again(eda, post(eda, text=TEXT), "split-0", **{"at-0": 2})
    assert [row["kind"] == "heading" for row in answer.context["preview"]["sentences"][:3]] == [
        True,
        True,
        False,
    ]


def test_a_heading_that_states_a_figure_is_pointed_out_in_the_preview(cast):
    answer = post(client_of(cast.eda), text=f"Rents rose by 8 per cent\n\n{TEXT[9:]}")
    assert "A heading that states a figure." in said(answer)


def test_a_place_to_split_is_chosen_from_the_words(cast):
    eda = client_of(cast.eda)
    answer = again(eda, post(eda, text=TEXT), "adjust-1")
    row = answer.context["preview"]["sentences"][1]
    assert row["places"] == [
        (TEXT.index("two"), "two."),
        (TEXT.index("four"), "four five."),
        (TEXT.index("five"), "five."),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"do": "join-0"}, "A heading or row is a sentence of its own"),
        ({"do": "split-1"}, "Choose the word first."),
        ({"do": "split-1", "at-1": "17"}, "No sentence can begin at character 18."),
        ({"do": "split-1", "at-1": "9999"}, "No sentence can begin at character 10000."),
        ({"do": "save", "starts": "9,18"}, "The first sentence begins where the text does."),
        ({"do": "save", "starts": "0,18"}, "A heading or row is a sentence of its own"),
        ({"do": "save", "starts": "0,9", "cut_of": "0"}, "The text is another one now"),
    ],
)
def test_a_boundary_that_is_none_is_refused_and_nothing_is_saved(cast, fields, words):
    eda = client_of(cast.eda)
    answer = post(eda, text=TEXT)
    sent = {"cut_of": answer.context["preview"]["cut_of"]} | fields
    answer = again(eda, answer, **sent)
    assert answer.status_code == 200
    assert words in said(answer)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "do", ["join-99", "join--1", "split-x", "shift-99999999999", "adjust-", "-"]
)
def test_a_move_of_no_sentence_moves_nothing(cast, do):
    answer = post(client_of(cast.eda), do, text=TEXT)
    assert answer.status_code == 200
    assert answer.context["preview"]["sentence_count"] == 3


def long_text(sentences: int) -> str:
    return "A title\n\n" + "\n\n".join(f"Number {n} is here." for n in range(1, sentences + 1))


def rows(answer) -> Any:
    return answer.context["preview"]["sentences"]


def test_a_long_text_is_looked_at_a_page_at_a_time(cast):
    eda = client_of(cast.eda)
    answer = post(eda, text=long_text(600))
    assert "600 sentences, 1 heading" in said(answer)
    assert [row["number"] for row in rows(answer)][:3] == [None, 1, 2]
    assert len(rows(answer)) == 250
    answer = again(eda, answer, "page-3")
    assert [row["number"] for row in rows(answer)] == list(range(500, 601))
    assert 'value="page-2"' in answer.content.decode()
    assert [len(rows(again(eda, answer, f"page-{page}"))) for page in (0, 99)] == [250, 101]


def test_a_boundary_is_moved_on_any_page_and_none_is_lost(cast):
    eda = client_of(cast.eda)
    text = long_text(600)
    answer = again(eda, post(eda, text=text), "page-3")
    answer = again(eda, answer, "join-550", page=3)
    assert answer.context["preview"]["page"] == 3
    assert any(row["text"] == "Number 550 is here.\n\nNumber 551 is here." for row in rows(answer))
    answer = again(eda, answer, "page-1", **cut_of(answer))
    answer = again(eda, answer, "split-1", **{"at-1": text.index("is here")}, **cut_of(answer))
    assert answer.context["preview"]["page"] == 1
    again(eda, answer, "save", **cut_of(answer))
    found = sentences(Article.objects.get())
    assert len(found) == 601
    assert found[1:3] == ["Number 1", "is here."]
    assert "Number 550 is here.\n\nNumber 551 is here." in found


def test_the_page_is_bounded_however_long_the_text(cast):
    eda = client_of(cast.eda)
    short, long = (post(eda, text=long_text(count)) for count in (400, 4_000))
    extra = len(long.content) - len(short.content)
    assert extra < 3_600 * len("Number 1234 is here.\n\n") + 1_000, "the text area's own"


def test_the_name_of_a_button_is_short_where_a_sentence_has_no_spaces(cast):
    """As in Chinese, or in a file that is no text: whole, each button would hold it once more."""
    file = SimpleUploadedFile("long.txt", ("港口" * 1_000 + "。").encode())
    preview = post(client_of(cast.eda), file=file).content.decode()
    assert preview.count("港口" * 100) == 1_000 // 100


def test_pages_with_warnings_are_named(cast):
    text = long_text(600).replace("Number 580 is", "“Number 580 is")
    answer = post(client_of(cast.eda), text=text)
    assert answer.context["preview"]["warned"] == [3]
    assert "Pages with warnings" in said(answer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("… " * 500_000, "sentences; the limit is 20000"),
        ("- a\n" * 99_000, "lines; the limit is 50000"),
        ("The line carried 4,000. " * 100_000, "characters; the limit is 1000000"),
        ('{"claim": "It is so."}', "This is JSON, which cannot be imported"),
        ("id,claim\n1,It is so\n2,No", "This is a table (CSV), and no text."),
    ],
    ids=["ellipses", "list", "prose", "json", "csv"],
)
@pytest.mark.parametrize("how", ["pasted", "file"])
def test_what_nobody_could_check_is_refused_beside_its_field(cast, text, words, how):
    given: dict[str, Any] = (
        {"file": SimpleUploadedFile("a.txt", text.encode())} if how == "file" else {"text": text}
    )
    answer = post(client_of(cast.eda), **{"byline": "Ann Lee"} | given)
    assert answer.status_code == 422
    assert words in said(answer)
    (field,) = answer.context["form"].errors
    assert field == ("file" if how == "file" else "text")
    assert answer.context["form"]["byline"].value() == "Ann Lee", "nothing typed is lost"


def test_the_limits_are_said_where_the_file_is_chosen(cast):
    for answer in (client_of(cast.eda).get(ADD), client_of(cast.eda).get(revise_address(cast))):
        assert "At most 10 MB, and of text 1,000,000 characters and 20,000 sentences." in said(
            answer
        )


def revise_address(cast) -> str:
    return reverse("revise", args=[cast.article().pk])


@pytest.mark.parametrize("address", [ADD, "/login/", "/"])
def test_a_body_that_is_too_large_is_refused_in_words_before_it_is_read(cast, address):
    client = client_of(cast.eda)
    answer = client.generic(
        "POST",
        address,
        b"never read",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )
    assert answer.status_code == 413
    assert "larger than 11 MB" in said(answer)


def test_a_page_is_read_once_however_often_it_is_looked_at(cast, monkeypatch):
    eda = client_of(cast.eda)
    answer = post(eda, file=saved())
    monkeypatch.setattr(html, "_PROGRAM", html._PROGRAM.with_name("missing.py"))
    answer = again(eda, answer, "adjust-1")
    assert answer.status_code == 200
    assert again(eda, answer).status_code == 302


def test_another_text_from_the_same_form_is_another_article(cast):
    """The browser's Back brings the form, and its key, once more."""
    eda = client_of(cast.eda)
    answer = post(eda, text=TEXT)
    for text in (TEXT, TEXT + " Seven.", TEXT):
        assert again(eda, answer, text=text).status_code == 302
    assert Article.objects.count() == 2


def test_a_saved_form_is_not_kept_by_the_browser_any_longer(cast):
    eda = client_of(cast.eda)
    answer = post(eda, text=TEXT)
    assert "data-sent-back" in answer.content.decode()
    done = again(eda, answer)
    assert done.cookies["saved"].value == str(answer.context["form"]["key"].value())


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_article_and_has_one_answer():
    cast = Cast()
    for number in range(15):
        clients = [client_of(cast.eda) for _click in range(2)]
        answer = post(clients[0], text=f"{TEXT} Round {number}.")
        saves = [lambda client=client, answer=answer: again(client, answer) for client in clients]
        first, second = at_once(*saves)
        assert first.status_code == second.status_code == 302
        assert first["Location"] == second["Location"]
        heard = {str(message) for client in clients for message in messages_of(client)}
        assert heard == {"The article is on the desk. Its text is frozen."}
    assert Article.objects.count() == 15


def messages_of(client: Client) -> list:
    return list(client.get("/desks/desk/").context["messages"])


def test_nothing_at_all_is_asked_for(cast):
    answer = post(client_of(cast.eda))
    assert answer.status_code == 422
    assert "Paste a text, choose a file that is not empty, or give a web address." in said(answer)


def test_a_page_in_another_language_is_cut_and_kept_in_it(cast):
    eda = client_of(cast.eda)
    german = SimpleUploadedFile("de.html", GERMAN_PAGE.format(' lang="de"', "").encode())
    answer = post(eda, file=german)
    assert answer.context["form"]["language"].value() == "de"
    again(eda, answer)
    assert Article.objects.get().language == "de"
    workbench = eda.get(reverse("workbench", args=[Article.objects.get().pk]))
    assert re.search(r'class="body"\s+lang="de"', workbench.content.decode())


CAPTION = "The mayor opens the pier."
PICTURED = f"""<figure><img src="x"><figcaption>{CAPTION}</figcaption></figure>
<p>The pier was opened by the mayor, and it is a fine one, as all who saw it said.</p>"""


def left_out(answer, words: str) -> int:
    lines = answer.context["preview"]["left_out"]
    return int(next(line["number"] for line in lines if line["words"] == words))


def hidden(answer) -> dict[str, str]:
    """The fields that the preview's page has beside the form's own."""
    shown = answer.content.decode()
    names = ("starts", "headings", "cut_of", "taken", "page")
    found = {name: re.search(f'name="{name}" value="([^"]*)"', shown) for name in names}
    return {name: each[1] for name, each in found.items() if each}


def test_what_was_left_out_is_taken_in_at_its_place_and_left_out_again(cast):
    eda = client_of(cast.eda)
    file = SimpleUploadedFile("ferry.html", page(PICTURED).encode())
    answer = post(eda, file=file)
    before = answer.context["preview"]
    assert f"Look at what was left out: {before['left_out_count']} words" in said(answer)
    number = left_out(answer, CAPTION)
    answer = again(eda, answer, do=f"take-{number}", **hidden(answer))
    rows = [row["text"] for row in answer.context["preview"]["sentences"]]
    at = rows.index(CAPTION)
    assert rows[at + 1].startswith("The pier was opened")
    assert "1 paragraph that was left out was taken in by hand." in said(answer)
    assert answer.context["preview"]["left_out_count"] == before["left_out_count"] - 5
    answer = again(eda, answer, do=f"leave-{number}", **hidden(answer))
    assert CAPTION not in [row["text"] for row in answer.context["preview"]["sentences"]]
    answer = again(eda, answer, do=f"take-{number}", **hidden(answer))
    answer = again(eda, answer, do=f"join-{at}", **hidden(answer))
    assert again(eda, answer, **hidden(answer)).status_code == 302
    revision = Article.objects.get().revision
    assert revision.text.count(f"\n\n{CAPTION}\n\nThe pier was opened") == 1
    assert revision.changes[0] == {"kind": "taken_in", "count": 1}
    assert any(row.startswith(f"{CAPTION}\n\nThe pier") for row in sentences(Article.objects.get()))
    assert b"".join(Original.objects.get().pieces()) == page(PICTURED).encode()


def test_what_was_cut_by_hand_stays_when_something_is_taken_in(cast):
    eda = client_of(cast.eda)
    answer = post(eda, file=SimpleUploadedFile("ferry.html", page(PICTURED).encode()))
    rows = answer.context["preview"]["sentences"]
    last = rows[-2]["index"]
    answer = again(eda, answer, do=f"join-{last}", **hidden(answer))
    number = left_out(answer, CAPTION)
    answer = again(eda, answer, do=f"take-{number}", **hidden(answer))
    shown = answer.context["preview"]
    assert not shown["problem"]
    assert shown["sentences"][-1]["text"] == f"{rows[-2]['text']} {rows[-1]['text']}"


@pytest.mark.parametrize("do", ["take-99999", "take-", "take-x", "leave-0"])
def test_a_line_that_there_is_none_of_changes_nothing(cast, do):
    eda = client_of(cast.eda)
    answer = post(eda, file=saved())
    rows = answer.context["preview"]["sentences"]
    answer = again(eda, answer, do=do, taken="99999,x")
    assert answer.context["preview"]["sentences"] == rows


def test_the_form_begins_with_an_address(cast, client):
    client.force_login(cast.eda)
    form = client.get(ADD).context["form"]
    assert [field.name for field in form.visible_fields()][:3] == ["url", "text", "file"]
