"""A page that says of itself that it was retracted, and the many that only speak of it."""

from __future__ import annotations

import json

import pytest

from annotations.formats.retractions import notice_in

HEAD = "<h1>Ferries</h1>"
LONG = "<p>" + "The ferry is late again. " * 100 + "</p>"


def ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


RETRACTED = {
    "a title that shouts": "<title>RETRACTED: Ferries and fish in the north</title><p>Text.",
    "with its kind": "<title>RETRACTED ARTICLE: Ferries and fish | Journal</title>",
    "in brackets": "<title>[RETRACTED] Ferries and fish</title>",
    "withdrawn": "<h1>WITHDRAWN: Ferries and fish</h1>",
    "a dash": "<h1>RETRACTED — Ferries and fish</h1>",
    "small, of research": '<meta name="citation_title" content="Retracted: Ferries and fish">',
    "small head, of research": '<meta name="citation_doi" content="1"><h1>Retracted: Fish</h1>',
    "a status": ld(**{"@type": "ScholarlyArticle", "creativeWorkStatus": "Retracted"}),
    "a correction": ld(
        **{"@type": "NewsArticle", "correction": "This article has been retracted by its editor."}
    ),
    "below its head": f"{HEAD}<div class=n>This article has been retracted. See there.</div>{LONG}",
    "by the editor": f"{HEAD}<p><em>Editor’s note: This story was withdrawn.</em></p>{LONG}",
    "with a link": f"{HEAD}<p>This paper has been <a href=/r>retracted</a>, for its data.",
    "above its head": f"<div>This preprint has been withdrawn.</div><h1>Ferries</h1>{LONG}",
    "in French": "<h1>Les bacs</h1><p>Cet article a été rétracté le 3 mai.",
    "in German": "<h1>Die Fähre</h1><p>Dieser Artikel wurde zurückgezogen.",
}
NOT = {
    "news of another": "<title>Retracted: how a study of ferries fell apart</title>",
    "all in capitals": "<title>WITHDRAWN: THE FERRY THAT NOBODY WANTED</title>",
    "a notice itself": "<title>Retraction: Ferries and fish</title><meta name=citation_title"
    ' content="Retraction notice to Ferries and fish">',
    "a study in the news": f"{HEAD}<p>The study was retracted by its journal.</p>{LONG}",
    "a quotation": f"{HEAD}<blockquote><p>This article has been retracted.</p></blockquote>",
    "far below": f"{HEAD}{LONG * 2}<p>This article has been retracted.</p>",
    "not so": f"{HEAD}<p>This article has not been retracted.</p>",
    "in the middle": f"{HEAD}<p>He wrote: This article has been retracted.</p>",
    "a menu": "<nav><p>This article has been retracted</p></nav><h1>Ferries</h1>",
    "a policy": f"{HEAD}<p>Retractions: rules for articles that are withdrawn.",
    "another's status": ld(
        **{"@type": "NewsArticle", "about": {"@type": "Article", "creativeWorkStatus": "Retracted"}}
    ),
    "one of several": ld(**{"@type": "NewsArticle"})
    + ld(**{"@type": "ScholarlyArticle", "creativeWorkStatus": "Retracted"}),
    "published": ld(**{"@type": "Article", "creativeWorkStatus": "Published"}),
    "a correction of a name": ld(**{"@type": "Article", "correction": "A name was misspelled."}),
    "an offer": "<title>Removed: your item is no longer sold</title>",
    "no page": "",
    "a film": "<h1>The Retracted</h1><p>Withdrawn, he sat by the sea.</p>",
}


@pytest.mark.parametrize("name", RETRACTED)
def test_a_page_that_was_retracted_says_so(name):
    words = notice_in(RETRACTED[name].encode())
    assert words
    assert len(words) <= 600


@pytest.mark.parametrize("name", NOT)
def test_a_page_that_only_speaks_of_it_is_none(name):
    assert notice_in(NOT[name].encode()) == ""


def test_the_sentence_is_told_and_not_the_page():
    page = f"{HEAD}<div><p>This article has been retracted. The data were made up.</p>{LONG}"
    assert notice_in(page.encode()) == "This article has been retracted."


@pytest.mark.parametrize(
    "page", ["<div>" * 50_000, "<p>This article " * 50_000, "<title>RETRACTED" * 20_000, "\0", "{"]
)
def test_a_hostile_page_ends(page):
    assert notice_in(page.encode()) is not None
