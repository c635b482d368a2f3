"""An article's dossier: one file, of what readers have and nothing else, that asks nobody."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from annotations import workflow
from annotations.formats.proof import edition_bytes
from annotations.models import Article, Claim, Claimant, Desk, Edition, Sighting, Source, User
from annotations.vocabulary import SetAside
from tests import cast as c

from .readers import article_page, bury, claim_page
from .test_crawler import PLANTED

ARABIC = "العبّارة تعود في الربيع\n\nقالت العمدة إن الخط نقل أربعة آلاف راكب. وهو جميل."
MARKED = "الخط نقل أربعة آلاف راكب"


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def taken(person: User, article: Article) -> str:
    answer = client_of(person).get(reverse("dossier", args=[article.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


class Elements(HTMLParser):
    """Every element of a page with its attributes, its links and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.all[-1:] and self.all[-1][0] != "style":
            self.words.append(data)

    def named(self, tag: str) -> Iterator[dict[str, str]]:
        return (attributes for each, attributes in self.all if each == tag)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def files(self) -> dict[str, bytes]:
        """What is inside as data, by its name."""
        return {
            link["download"]: base64.b64decode(link["href"].partition("base64,")[2])
            for link in self.named("a")
            if link["href"].startswith("data:")
        }


@pytest.fixture
def corrected(cast):
    """A corrected claim on a source with a saved copy, said by somebody, with some Markdown."""
    article, claim = cast.published()
    source = Source.objects.filter(citations__verdict__claim=claim)[0]
    workflow.keep_copy(source, b"The register.", person=cast.eli, media_type="text/plain")
    workflow.reopen(claim, actor=cast.eli, reason=f"{PLANTED} letter")
    why = "We looked *again*.\n\n- one <b>list</b>"
    drafts = [workflow.CitationDraft(source, "supports", "Passage & all", "page 3", "A note")]
    c.decide(
        claim, cast.eda, "half", finding="Half of it is so.", justification=why, citations=drafts
    )
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    return article, claim


# --- one file ---


def test_nothing_in_it_loads_anything_or_can_run(cast, corrected):
    article, _claim = corrected
    page = taken(cast.ola, article)
    found = Elements(page)
    loading = {"script", "link", "img", "iframe", "object", "embed", "video", "audio", "form"}
    assert not loading & {tag for tag, _attributes in found.all}
    for tag, attributes in found.all:
        assert not {"src", "srcset", "style", "background"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        if tag == "use":
            assert attributes["href"].startswith("#")
    (style,) = re.findall(r"(?s)<style>(.*?)</style>", page)
    assert not re.search(r"url\(|@import|expression|@font-face", style)
    (policy,) = [each for each in found.named("meta") if "http-equiv" in each]
    assert policy["content"].startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_its_links_lead_to_its_own_parts_to_sources_or_to_what_is_inside(cast, corrected):
    article, _claim = corrected
    found = Elements(taken(cast.ola, article))
    places = [attributes["id"] for _tag, attributes in found.all if "id" in attributes]
    assert len(places) == len(set(places))
    for link in found.named("a"):
        url = link["href"]
        assert url.startswith(("#", "https://", "http://", "data:")), url
        assert not url.startswith("#") or url[1:] in places, url
        assert url.startswith("data:") == ("download" in link), url


def test_it_is_taken_away_by_a_name_that_says_what_it_is(cast, corrected):
    article, _claim = corrected
    answer = client_of(cast.ola).get(reverse("dossier", args=[article.pk]))
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{article.slug}-dossier.html"'


def test_its_headings_leave_no_level_out_and_it_prints_with_numbered_pages(cast, corrected):
    article, _claim = corrected
    page = taken(cast.ola, article)
    found = Elements(page)
    levels = [int(tag[1]) for tag, _attributes in found.all if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert found.text.startswith(f"Dossier: {article.title} – The Desk Post ")
    assert any(each.get("name") == "description" for each in found.named("meta"))
    for rule in ("@page", "counter(page)", "break-inside: avoid", "attr(href)"):
        assert rule in page, rule


# --- what it says ---


def test_it_says_what_the_pages_of_readers_say(cast, corrected):
    article, claim = corrected
    caches["process"].clear()
    dossier = Elements(taken(cast.ola, article)).text
    pages = [
        Client().get(url).content.decode() for url in (article_page(article), claim_page(claim))
    ]
    shown = " ".join(Elements(page).text for page in pages)
    newest = Edition.objects.filter(claim=claim).latest("number").content
    (citation,) = newest["citations"]
    wanted = [
        article.title,
        claim.claim_reviewed,
        newest["verdict"]["rating"]["label"],
        "Half of it is so.",
        "again",
        "one <b>list</b>",
        citation["title"],
        "Passage & all",
        "page 3",
        "A note",
        "Supports the claim",
        citation["saved_copy"]["sha256"],
        "A letter shows it.",
        c.MARKED,
        "Checked by",
        "Ann and Ben",
    ]
    for words in wanted:
        assert words in shown, f"readers are not told: {words}"
        assert words in dossier, f"the dossier does not say: {words}"
    assert citation["url"] in dossier
    assert f"http://127.0.0.1:8000{article_page(article)}" in dossier
    assert "First published." in dossier


def test_markdown_is_rendered_and_nothing_typed_is_markup(cast, corrected):
    article, _claim = corrected
    page = taken(cast.ola, article)
    assert "<em>again</em>" in page
    assert "<li>one &lt;b&gt;list&lt;/b&gt;" in page


def test_a_newer_verdict_is_told_and_that_it_is_newer(cast):
    first, claim = cast.published()
    other = c.import_text(cast.desk, cast.eda, f"Another ferry\n\n“{c.MARKED},” he said.")
    start = other.revision.text.index(c.MARKED)
    workflow.mark(other, start, start + len(c.MARKED), actor=cast.eda, claim=claim)
    c.triage_all(other, cast.eda)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half of it is so.", justification="It is new.")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(other, actor=cast.eli, notes={claim.pk: note})
    assert Edition.objects.filter(article=first).latest("number").number == 1
    told = Elements(taken(cast.ola, first)).text
    assert "This verdict is newer than edition 1 of the article." in told
    for words in ("Half of it is so.", "It is new."):
        assert words in told
    assert told.count("A letter shows it.") == 2, "among the corrections, and in the record"


def test_a_retracted_claim_is_said_to_be_and_its_verdict_is_gone(cast):
    article, claim = cast.published()
    why = "The register was forged."
    workflow.retract(claim, actor=cast.mia, why=why, reason=f"{PLANTED} lawyer")
    page = taken(cast.ola, article)
    assert why in page
    assert "Retracted" in page
    assert "We looked." not in page
    assert PLANTED not in page


def test_a_claim_whose_page_is_a_tombstone_has_no_verdict_whatever_the_article_says(cast):
    article, claim = cast.published()
    bury(claim, "retracted", "A court asked for it.", cast.mia)
    page = taken(cast.ola, article)
    assert "A court asked for it." in page
    assert "We looked." not in page
    assert list(Elements(page).files) == ["article-edition-1.json", "SHA256SUMS.txt"]


def test_an_opinion_is_told_with_the_reason(cast):
    article, claim = cast.approved()
    opinion = c.mark(article, "It is a fine pier", cast.eda)
    workflow.set_aside(opinion, SetAside.OPINION, actor=cast.eda, note="Nobody can measure it.")
    workflow.publish(article, actor=cast.eli)
    told = Elements(taken(cast.ola, article)).text
    assert "Opinion or prediction" in told
    assert "Nobody can measure it." in told
    assert claim.claim_reviewed in told


def test_a_sample_says_so(db):
    cast = c.Cast(is_sample=True)
    article, _claim = cast.published()
    assert "Sample." in taken(cast.ola, article)


def test_times_are_told_in_utc(cast, time_machine):
    time_machine.move_to("2026-11-24T23:30:00Z", tick=False)
    Desk.objects.filter(pk=cast.desk.pk).update(time_zone="Asia/Tokyo")
    article, _claim = cast.published()
    told = Elements(taken(cast.ola, article)).text
    assert "24 November 2026, 23:30 UTC" in told
    assert "25 November 2026" not in told


# --- hashes ---


def test_what_is_inside_is_what_was_published_by_its_own_list(cast, corrected):
    article, claim = corrected
    page = taken(cast.ola, article)
    files = Elements(page).files
    listed = dict(
        line.split("  ")[::-1] for line in files.pop("SHA256SUMS.txt").decode().splitlines()
    )
    assert listed == {name: sha256(data).hexdigest() for name, data in files.items()}
    rows = {
        "article-edition-2.json": Edition.objects.filter(article=article).latest("number"),
        "claim-1-edition-2.json": Edition.objects.filter(claim=claim).latest("number"),
    }
    assert files == {name: edition_bytes(row.content) for name, row in rows.items()}
    assert all(digest in page for digest in listed.values())
    assert article.revision.sha256 in page


# --- what it must not tell ---


def planted_beside(cast: c.Cast, article: Article, claim: Claim) -> None:
    """Work that nobody was told of: the next verdict, and a claim in checking with one answer."""
    workflow.reopen(claim, actor=cast.eli, reason=f"{PLANTED} reason to reopen")
    c.decide(claim, cast.eda, "true", finding=f"{PLANTED} next", justification=f"{PLANTED} why")
    source = Source.objects.filter(desk=cast.desk)[0]
    workflow.keep_copy(source, f"{PLANTED} copy".encode(), person=cast.eda, name=f"{PLANTED}.txt")
    fresh = c.mark(
        article,
        c.SECOND,
        cast.eda,
        claim_reviewed=f"{PLANTED} wording",
        claimant=Claimant.objects.create(desk=cast.desk, name=f"{PLANTED} speaker"),
    )
    zoe = c.make_person(f"zoe{PLANTED}", cast.desk)
    workflow.open_checking(article, [zoe, cast.ben], actor=cast.eda)
    c.annotate(fresh, zoe, text=f"{PLANTED} finding")


def test_nothing_that_is_not_published_stands_in_it(cast, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    article, claim = cast.published()
    before = taken(cast.ben, article)
    planted_beside(cast, article, claim)
    for person in (cast.ben, cast.eda, cast.mia, cast.ola):
        page = taken(person, article)
        assert PLANTED not in page, person
        assert "We looked." in page
        assert "One claim of this edition is being looked at again." in page
    inside = Elements(page).files
    assert inside == Elements(before).files
    assert not [name for name, data in inside.items() if PLANTED.encode() in data]


def test_what_is_planted_would_be_found(cast):
    article, claim = cast.published()
    planted_beside(cast, article, claim)
    page = client_of(cast.eda).get(reverse("workbench", args=[article.pk])).content.decode()
    assert PLANTED in page


def test_names_are_told_only_where_the_desk_shows_them(cast):
    Desk.objects.filter(pk=cast.desk.pk).update(people_shown="roles")
    article, _claim = cast.published()
    page = taken(cast.ola, article)
    told = Elements(page).text
    assert "2 checkers" in told
    for written in ("Register of Ann", "https://records.example/Ann", "Decided by Eda"):
        told = told.replace(written, "")  # of the source and the finding
    for name in ("Ann", "Ben", "Eda", "Eli"):
        assert not re.search(rf"\b{name}\b", told), name


def test_taking_it_is_a_look_at_nobodys_work(cast):
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    before = Sighting.objects.count()
    taken(cast.ola, article)
    taken(cast.mia, article)
    assert Sighting.objects.count() == before


# --- who gets it ---


def test_only_who_reads_at_the_desk_gets_it(cast, corrected):
    article, _claim = corrected
    url = reverse("dossier", args=[article.pk])
    assert client_of(cast.stranger).get(url).status_code == 404
    answer = Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")
    assert client_of(cast.ola).post(url).status_code == 405


@pytest.mark.parametrize("stage", ["checking", "approved"])
def test_there_is_none_before_readers_have_something(cast, stage):
    article, _claim = getattr(cast, stage)()
    assert client_of(cast.mia).get(reverse("dossier", args=[article.pk])).status_code == 404
    history = client_of(cast.mia).get(reverse("history", args=[article.pk]))
    assert "dossier.html" not in history.content.decode()


def test_there_is_none_of_what_was_withdrawn(cast):
    article, _claim = cast.published()
    history = client_of(cast.mia).get(reverse("history", args=[article.pk]))
    assert reverse("dossier", args=[article.pk]) in history.content.decode()
    workflow.withdraw(article, actor=cast.mia, why="A court asked for it.")
    assert client_of(cast.mia).get(reverse("dossier", args=[article.pk])).status_code == 404


# --- languages ---


def test_it_is_in_the_desks_language_from_right_to_left(cast):
    Desk.objects.filter(pk=cast.desk.pk).update(language="ar", organisation="صحيفة المرفأ")
    desk = Desk.objects.get(pk=cast.desk.pk)
    article = c.import_text(desk, cast.eda, ARABIC, language="ar")
    claim = c.mark(article, MARKED, cast.eda, claim_reviewed="نقل الخط أربعة آلاف راكب.")
    cast.publish(article, claim)
    page = taken(cast.ola, article)
    found = Elements(page)
    (root,) = found.named("html")
    assert root == {"lang": "ar", "dir": "rtl"}
    for words in ("المحتويات", "الادعاءات", "الأدلة", "التصويبات", MARKED):
        assert words in found.text
    for words in ("Evidence", "Contents", "Corrections", "The text", "Edition", "Save this"):
        assert words not in found.text
    assert re.search(r'<p\s+lang="ar"\s+dir="auto">', page)


def test_the_text_keeps_a_language_of_its_own(cast):
    Desk.objects.filter(pk=cast.desk.pk).update(language="fr")
    article, _claim = cast.published()
    page = taken(cast.ola, article)
    assert '<html lang="fr" dir="ltr">' in page
    assert f'<h1 lang="en" dir="auto">{escape(article.title)}</h1>' in page
