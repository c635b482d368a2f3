"""Rows, captions, pictures, headings, what was pasted and what was attached: from look to desk."""

from __future__ import annotations

import json
import re
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations import exchange
from annotations.exchange import Given
from annotations.models import Article, Incoming, Picture
from tests import cast as c
from tests.formats.test_beside import CHART, FERRY, PICTURED, TABLE, UNDER
from tests.formats.test_clipboard import TEXT, WORD
from tests.formats.test_files import SAMPLES
from tests.formats.test_html import page
from tests.views.test_access import client_of
from tests.views.test_import import again, post
from tests.views.test_revisions import said

HEAD = '<link rel="canonical" href="https://paper.example/ferry">'


def sent(body: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("ferry.html", page(body, head=HEAD).encode())


def imported(cast: c.Cast, body: str = PICTURED + TABLE) -> Article:
    given = Given(data=page(body, head=HEAD).encode(), name="ferry.html")
    document = exchange.read(given, cast.desk).document
    return exchange.import_document(cast.desk, document, actor=cast.eda).article


def bench(article: Article) -> str:
    return reverse("workbench", args=[article.pk])


def cut_of(answer) -> dict[str, str]:
    shown = answer.context["preview"]
    return {name: shown[name] for name in ("starts", "headings", "rows", "cut_of", "taken")}


# --- the look before it is saved ---


def test_rows_are_shown_as_rows_and_made_text_and_rows_again(cast):
    eda = client_of(cast.eda)
    answer = post(eda, file=sent(TABLE))
    shown = answer.context["preview"]
    assert shown["row_count"] == 3
    assert "3 table rows" in said(answer)
    at = next(row["index"] for row in shown["sentences"] if "3,900" in row["text"])
    answer = again(eda, answer, do=f"kind-{at}")
    row = answer.context["preview"]["sentences"][at]
    assert (row["kind"], row["back_to"]) == ("body", "row")
    assert row["number"]
    answer = again(eda, answer, do=f"kind-{at}", **cut_of(answer))
    assert answer.context["preview"]["sentences"][at]["kind"] == "row"
    # Any other move leaves rows what they are.
    body = next(n for n, r in enumerate(shown["sentences"]) if r["kind"] == "body")
    answer = again(eda, answer, do=f"kind-{body}", **cut_of(answer))
    assert answer.context["preview"]["row_count"] == 3
    assert again(eda, answer, **cut_of(answer)).status_code == 302
    kinds = Article.objects.get().revision.sentences.values_list("kind", flat=True)
    assert list(kinds).count("row") == 3


def test_a_caption_is_named_where_it_was_left_out_and_comes_in_with_its_picture(cast):
    eda = client_of(cast.eda)
    answer = post(eda, file=sent(PICTURED))
    line = next(x for x in answer.context["preview"]["left_out"] if x["words"] == UNDER)
    assert line["kind"] == "Caption"
    assert "2 pictures are kept by their addresses and words." in said(answer)
    answer = again(eda, answer, do=f"take-{line['number']}")
    again(eda, answer, taken=answer.context["preview"]["taken"])
    revision = Article.objects.get().revision
    caption = revision.sentences.filter(block="caption").earliest("position")
    kept = [(each.at, each.address, each.alternative) for each in revision.pictures.all()]
    assert kept[0] == (caption.start, FERRY, "A ferry at a pier")
    assert [address for _at, address, _words in kept] == [FERRY, CHART]


def test_what_a_telephone_and_an_office_add_to_a_mail_is_named_and_can_come_in(cast):
    eda = client_of(cast.eda)
    notice = "This e-mail is confidential and meant for the intended recipient."
    body = f"The ferry is back. It sails, says the town.\n\nSent from my iPhone\n\n{notice}\n"
    data = f"From: Ann Lee <ann@paper.example>\nSubject: Ferry\n\n{body}".encode()
    answer = post(eda, file=SimpleUploadedFile("a.eml", data))
    lines = {each["words"]: each for each in answer.context["preview"]["left_out"]}
    assert set(lines) == {"Sent from my iPhone", notice}
    assert all(each["kind"].startswith("Not written") for each in lines.values())
    assert "Not written: a program, an office or a mailing list adds it" in said(answer)
    answer = again(eda, answer, do=f"take-{lines[notice]['number']}")
    again(eda, answer, taken=answer.context["preview"]["taken"])
    revision = Article.objects.get().revision
    assert revision.text.endswith(notice)
    assert "iPhone" not in revision.text


def test_a_heading_and_a_row_that_state_a_figure_are_pointed_out(cast):
    text = (
        "# Ferry\n\nIt sails.\n\n## Rents rose by 8 per cent in May\n\nSo they say.\n\n"
        "| Town | Said |\n|---|---|\n| Leeds | Rents rose by 8 per cent |\n"
    )
    answer = post(client_of(cast.eda), file=SimpleUploadedFile("a.md", text.encode()))
    assert "A heading that states a figure." in said(answer)
    assert "A table row that states a figure." in said(answer)
    assert answer.context["preview"]["warning_count"] == 2


# --- the workbench ---


def test_a_picture_is_a_link_beside_its_place_and_is_loaded_by_nothing(cast):
    article = imported(cast)
    shown = client_of(cast.eda).get(bench(article)).content.decode()
    linked = f'<a href="{CHART}" rel="noopener noreferrer"'
    assert f'<p class="picture-line" data-not-text>{linked}' in shown
    assert ": A chart</p>" in shown
    assert "<img" not in shown.split('id="text"')[1]


def test_what_stands_for_a_picture_is_written_as_words(cast):
    article = imported(cast)
    article.revision.pictures.create(
        at=0, address="https://a.example/'\"><b>", alternative="<script>alert(1)</script>"
    )
    shown = client_of(cast.eda).get(bench(article)).content.decode()
    assert "<script>alert(1)" not in shown
    assert "<b>" not in shown.split('id="text"')[1]


def test_a_heading_and_a_row_have_a_panel_and_are_triaged_from_it(cast):
    article = imported(cast)
    eda = client_of(cast.eda)
    row = article.revision.sentences.filter(kind="row").earliest("position")
    panel = said(eda.get(bench(article), {"sentence": row.name}))
    assert "It needs no triage." in panel
    assert "up to" not in panel
    heading = said(eda.get(bench(article), {"sentence": "h0"}))
    assert "Ferry is back" in heading
    url = reverse("triage", args=[article.pk])
    answer = eda.post(url, {"number": row.name, "triage": "checkworthy"})
    assert answer.status_code == 302
    after = article.revision.sentences.filter(position__gt=row.position, number__isnull=False)
    assert f"sentence={after.earliest('position').number}" in answer["Location"]
    row.refresh_from_db()
    assert row.triage == "checkworthy"
    assert "table row is check-worthy" in said(eda.get(reverse("approve", args=[article.pk])))
    quiet = {"X-Autosave": "1"}
    told = json.loads(eda.post(url, {"number": "h0", "triage": "opinion"}, headers=quiet).content)
    assert told["changed"][0]["number"] == "h0"
    for bad in ("h", "x1", "-1", "0", "h" * 20):
        assert eda.post(url, {"number": bad, "triage": "opinion"}, headers=quiet).status_code == 422


def test_a_claim_in_a_cell_says_that_it_stands_in_a_table_row(cast):
    article = imported(cast)
    claim = c.mark(article, "3,900", cast.eda)
    assert "table row" in said(client_of(cast.eda).get(bench(article), {"claim": claim.pk}))


def test_pictures_stay_with_their_sentences_in_a_text_that_is_typed(cast):
    article = imported(cast, PICTURED)
    before = [each.address for each in article.revision.pictures.all()]
    given = Given(text=article.revision.text.replace("Ferry is back", "The ferry is back", 1))
    document = exchange.keeping_cut(article, exchange.read(given, cast.desk).document)
    exchange.revise(article, document, actor=cast.eda, based_on=1)
    revision = article.revision
    assert revision.number == 2
    for each in revision.pictures.all():
        assert each.address in before
    chart = revision.pictures.get(address=CHART)
    assert revision.text[chart.at :].startswith("The ferry carried")


def test_a_stranger_sees_no_picture(cast):
    imported(cast)
    assert Picture.objects.visible_to(cast.eda).exists()
    assert not Picture.objects.visible_to(cast.stranger).exists()


def test_readers_are_shown_rows_and_captions_as_paragraphs_and_no_picture(cast):
    article, _claim = cast.published()
    assert (
        'class="picture-line"'
        not in Client()
        .get(reverse("public_article", args=[article.desk.slug, article.slug]))
        .content.decode()
    )


# --- what was pasted ---


def paste(client: Client, html: str = WORD):
    file = SimpleUploadedFile("clipboard.html", html.encode())
    return client.post(reverse("copied", args=["desk"]), {"html": file})


def test_what_is_pasted_keeps_its_structure_through_look_and_save(cast):
    eda = client_of(cast.eda)
    told = paste(eda).json()
    assert told["text"] == TEXT
    text = f"{told['text']}\r\n\r\nTyped below."
    answer = post(eda, text=text, copied=told["key"])
    shown = answer.context["preview"]
    assert (shown["row_count"], shown["heading_count"], shown["link_count"]) == (2, 2, 1)
    answer = again(eda, answer, do="kind-1")
    assert answer.context["preview"]["row_count"] == 2
    assert again(eda, answer, **cut_of(answer)).status_code == 302
    revision = Article.objects.get().revision
    assert revision.text.endswith("Typed below.")
    assert [each.address for each in revision.links.all()] == ["https://town.example/r"]
    assert revision.sentences.filter(block="list_item").count() == 1


def test_the_same_text_pasted_with_its_structure_after_a_look_has_it(cast):
    eda = client_of(cast.eda)
    answer = post(eda, text=TEXT)
    assert answer.context["preview"]["row_count"] == 0
    told = paste(eda).json()
    answer = again(eda, answer, do="preview", copied=told["key"])
    assert answer.context["preview"]["row_count"] == 2


def test_nobody_elses_clipboard_and_no_made_up_key_says_anything(cast):
    key = paste(client_of(cast.eli)).json()["key"]
    eda = client_of(cast.eda)
    for copied in (key, "nonsense", str(Incoming.objects.get().pk), key[:-1]):
        answer = post(eda, text=TEXT, copied=copied)
        assert answer.status_code == 200
        assert answer.context["preview"]["row_count"] == 0


def test_what_cannot_be_read_of_a_clipboard_is_said(cast):
    eda = client_of(cast.eda)
    assert paste(eda, "<script>x</script>").status_code == 422
    assert eda.post(reverse("copied", args=["desk"])).status_code == 422
    assert eda.get(reverse("copied", args=["desk"])).status_code == 405


# --- what is attached to a mail ---


def mail(*attached: tuple[str, bytes]) -> SimpleUploadedFile:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann Lee <ann@paper.example>", "The letter"
    message.set_content("See what is attached.")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return SimpleUploadedFile("a.eml", message.as_bytes())


def test_an_attachment_is_listed_and_taken_as_the_text_instead(cast):
    eda = client_of(cast.eda)
    answer = post(eda, file=mail(("a.xlsx", b"PK"), ("letter.docx", SAMPLES["a.docx"])))
    attached = answer.context["preview"]["attached"]
    assert [(each["name"], each["is_read"]) for each in attached] == [
        ("a.xlsx", False),
        ("letter.docx", True),
    ]
    assert "Take it as the text instead" in said(answer)
    answer = again(eda, answer, do="attached-1")
    shown = answer.context["preview"]
    assert "letter.docx" in said(answer)
    assert shown["attached"] == []
    assert again(eda, answer).status_code == 302
    article = Article.objects.get()
    assert article.revision.original.name == "letter.docx"
    assert article.byline == "Ann Lee"


@pytest.mark.parametrize("number", ["0", "7", "999", "x"])
def test_what_is_no_text_or_not_there_is_refused_in_words(cast, number):
    eda = client_of(cast.eda)
    answer = post(eda, file=mail(("a.xlsx", b"PK\x03\x04")))
    answer = again(eda, answer, do=f"attached-{number}")
    assert answer.status_code in (200, 422)
    assert not Article.objects.exists()
    if number in ("0", "7", "999"):
        assert answer.status_code == 422


def test_no_word_of_the_page_decides_in_which_direction_a_text_is_read(cast):
    """dir="auto" asks the first letter of what has no direction of its own."""
    article = c.import_text(cast.desk, cast.eda, "מעבורת חזרה\n\nהמעבורת חזרה היום.", language="he")
    shown = client_of(cast.eda).get(bench(article)).content.decode()
    text = shown.split("data-text", 1)[1]
    before = re.sub(r"<(\w+)[^>]* dir=[^>]*>[^<]*</\1>|<[^>]*>", "", text.split("מ")[0])
    assert not re.search(r"[A-Za-z]", before.split(">", 1)[1])
