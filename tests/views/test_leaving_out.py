"""A paragraph of a text, a page or a file is left out before the save, and taken back in."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Article, Original
from tests.formats.test_html import page

from .test_access import client_of
from .test_import import PICTURED, again, left_out, post
from .test_import import hidden as carried
from .test_revisions import said

TEXT = """The ferry

It returns in spring. It was away.

Read our newsletter.

The port counted 17 ships (https://port.example/17). All were new."""
JUNK = "Read our newsletter."


def hidden(answer) -> dict[str, str]:
    found = re.search(r'name="dropped" value="([^"]*)"', answer.content.decode())
    return carried(answer) | ({"dropped": found[1]} if found else {})


def rows(answer) -> list[str]:
    return [row["text"] for row in answer.context["preview"]["sentences"]]


def move(client, answer, do: str):
    return again(client, answer, do=do, **hidden(answer))


def button(answer, words: str) -> str:
    """What the button at the paragraph that begins so sends, as it stands in the page."""
    found = next(r for r in answer.context["preview"]["sentences"] if r["text"].startswith(words))
    do = f"drop-{found['drop']}"
    assert f'value="{do}"' in answer.content.decode()
    return do


def frozen() -> tuple[Article, str]:
    """The article that was saved: its offsets and hash are of its own text."""
    article = Article.objects.get()
    text = article.revision.text
    cut = list(article.revision.sentences.order_by("position"))
    assert article.revision.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert "".join(text.split()) == "".join("".join(text[r.start : r.end] for r in cut).split())
    return article, text


def test_a_paragraph_of_a_text_is_left_out_and_what_was_received_is_kept(cast):
    eda = client_of(cast.eda)
    answer = post(eda, text=TEXT)
    answer = move(eda, answer, button(answer, JUNK))
    assert JUNK not in rows(answer)
    assert "1 paragraph of the text was left out by hand." in said(answer)
    assert "Left out by hand: 1 paragraph" in said(answer)
    assert move(eda, answer, "save").status_code == 302
    article, text = frozen()
    assert text == TEXT.replace(f"{JUNK}\n\n", "")
    assert article.revision.changes[0] == {"kind": "dropped", "count": 1}
    assert b"".join(Original.objects.get().pieces()) == TEXT.encode()
    link = article.revision.links.get()
    assert text[link.start : link.end] == "https://port.example/17"


def test_it_is_taken_back_in_where_it_stood(cast):
    eda = client_of(cast.eda)
    first = answer = post(eda, text=TEXT)
    answer = move(eda, answer, button(answer, JUNK))
    answer = move(eda, answer, button(answer, "The port counted"))
    assert rows(answer) == ["The ferry", "It returns in spring.", "It was away."]
    number = answer.context["preview"]["dropped_rows"][0]["number"]
    answer = move(eda, answer, f"restore-{number}")
    assert rows(answer)[-1] == JUNK
    answer = move(eda, answer, f"restore-{answer.context['preview']['dropped_rows'][0]['number']}")
    assert rows(answer) == rows(first)
    assert move(eda, answer, "save").status_code == 302
    assert frozen()[1] == TEXT


def test_what_was_cut_by_hand_stays_when_a_paragraph_goes_and_comes(cast):
    eda = client_of(cast.eda)
    answer = post(eda, text=TEXT)
    answer = move(eda, answer, "join-1")
    cut = rows(answer)
    assert cut[1] == "It returns in spring. It was away."
    answer = move(eda, answer, button(answer, JUNK))
    assert rows(answer) == [each for each in cut if each != JUNK]
    answer = move(eda, answer, "restore-2")
    assert rows(answer) == cut
    assert not answer.context["preview"]["problem"]
    # A sentence that went over into what is left out ends before it.
    answer = move(eda, answer, "join-1")
    assert rows(answer)[1].endswith(JUNK)
    answer = move(eda, answer, button(answer, "It returns"))
    assert rows(answer)[:2] == ["The ferry", JUNK]


def test_a_paragraph_of_a_page_goes_beside_one_that_is_taken_in(cast):
    eda = client_of(cast.eda)
    received = page(PICTURED)
    answer = post(eda, file=SimpleUploadedFile("ferry.html", received.encode()))
    caption = left_out(answer, "The mayor opens the pier.")
    answer = move(eda, answer, f"take-{caption}")
    at = rows(answer).index("The mayor opens the pier.")
    assert answer.context["preview"]["sentences"][at]["drop"] is None, "it has a button of its own"
    answer = move(eda, answer, button(answer, "The pier was opened"))
    assert not [row for row in rows(answer) if row.startswith("The pier was opened")]
    assert rows(answer)[at] == "The mayor opens the pier."
    assert move(eda, answer, "save").status_code == 302
    article, text = frozen()
    assert "The pier was opened" not in text
    assert [each["kind"] for each in article.revision.changes[:2]] == ["dropped", "taken_in"]
    assert b"".join(Original.objects.get().pieces()) == received.encode()


def test_a_paragraph_of_a_file_is_left_out(cast):
    eda = client_of(cast.eda)
    received = (
        f"# The ferry\n\nIt returns.\n\n{JUNK}\n\n- One ship is new.\n- Two are old.\n".encode()
    )
    answer = post(eda, file=SimpleUploadedFile("a.md", received))
    shown = rows(answer)
    answer = move(eda, answer, button(answer, JUNK))
    assert rows(answer) == [row for row in shown if row != JUNK]
    assert move(eda, answer, "save").status_code == 302
    assert JUNK not in frozen()[1]
    assert b"".join(Original.objects.get().pieces()) == received


def test_of_a_paged_preview_the_page_that_was_looked_at_is_shown(cast):
    eda = client_of(cast.eda)
    answer = post(eda, text="\n\n".join(f"Ship {n} came in." for n in range(600)))
    answer = move(eda, answer, "page-2")
    answer = move(eda, answer, button(answer, "Ship 300 "))
    assert answer.context["preview"]["page"] == 2
    assert "Ship 301 came in." in rows(answer)
    answer = move(eda, answer, "page-3")
    answer = move(eda, answer, "restore-300")
    assert "Ship 300 came in." in rows(answer)


@pytest.mark.parametrize("do", ["drop-99999", "drop-", "drop-x", "restore-7"])
def test_a_paragraph_that_there_is_none_of_changes_nothing(cast, do):
    eda = client_of(cast.eda)
    before = post(eda, text=TEXT)
    answer = again(eda, before, do=do, dropped="99999,x")
    assert rows(answer) == rows(before)


def test_something_is_always_left(cast):
    eda = client_of(cast.eda)
    answer = post(eda, text="One ship.\n\nTwo ships.")
    answer = move(eda, answer, button(answer, "One"))
    assert answer.context["preview"]["sentences"][0]["drop"] is None
    answer = again(eda, answer, do="drop-1", dropped="0")
    assert rows(answer)
