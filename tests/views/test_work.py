"""Saves, conflicts and bad input on the desk's pages: nothing typed is lost."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Annotation, Article, Claim, Mark, Original, Revision, Transition
from tests import cast as c


@pytest.fixture
def eda(cast) -> Client:
    client = Client()
    client.force_login(cast.eda)
    return client


@pytest.fixture
def ann(cast) -> Client:
    client = Client()
    client.force_login(cast.ann)
    return client


BAD = [
    ("empty", b"", "empty"),
    ("only blanks", b" \n\n ", "empty"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "binary file"),
    ("NUL", b"Title\n\nA text with \0 in it.", "NUL"),
    ("invalid UTF-8", b"Title\n\nA \xff text.", "not valid UTF-8"),
    ("10 MB and more", b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    ("a million lines", b"a\n" * 1_000_000, "the limit is 100000"),
]


@pytest.mark.parametrize(
    ("data", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
@pytest.mark.parametrize("do", ["preview", "save"])
def test_a_file_that_cannot_be_a_text_is_refused_in_words_and_leaves_nothing(
    cast, eda, data, says, do
):
    upload = SimpleUploadedFile("story.txt", data)
    fields = {"language": "en", "public_text": "excerpts", "do": do, "file": upload}
    answer = eda.post(reverse("import", args=["desk"]), fields)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    for model in (Article, Revision, Original, Transition):
        assert not model.objects.exists()


def test_a_paste_too_large_to_be_read_is_said_to_be(cast, eda):
    eda.raise_request_exception = False
    answer = eda.post(reverse("import", args=["desk"]), {"text": "x" * 12 * 1024 * 1024})
    assert answer.status_code == 413
    assert "larger than 11 MB" in answer.content.decode()
    assert not Article.objects.exists()


def test_a_pasted_nul_is_refused_in_words(cast, eda):
    fields = {"language": "en", "public_text": "excerpts", "do": "save", "text": "A\0B"}
    answer = eda.post(reverse("import", args=["desk"]), fields)
    assert answer.status_code == 422
    assert "ull characters" in answer.content.decode()
    assert not Article.objects.exists()


def test_the_same_text_twice_adds_nothing_and_leads_to_the_first(cast, eda):
    fields = {"language": "en", "public_text": "excerpts", "do": "save", "text": c.TEXT}
    first = eda.post(reverse("import", args=["desk"]), fields)
    again = eda.post(reverse("import", args=["desk"]), fields)
    assert first["Location"] == again["Location"]
    assert Article.objects.count() == 1


def wording(claim: Claim, **changes: object) -> dict[str, object]:
    """What the form of a claim's wording posts."""
    fields: dict[str, object] = {
        "claim_reviewed": claim.claim_reviewed,
        "interpretation": claim.interpretation,
        "claimant_name": "",
        "reports_name": "",
        "type": claim.type,
        "version": claim.version,
        "key": uuid.uuid4(),
        "initial-claim_reviewed": claim.claim_reviewed,
        "initial-interpretation": claim.interpretation,
    }
    return fields | changes


def test_the_second_of_two_editors_gets_both_versions_and_nothing_is_overwritten(cast, eda):
    article, claim = cast.marked()
    url = reverse("edit_claim", args=[article.pk, claim.pk])
    eli = Client()
    eli.force_login(cast.eli)
    assert eli.post(url, wording(claim, claim_reviewed="Eli’s words.")).status_code == 302
    answer = eda.post(url, wording(claim, claim_reviewed="Eda’s words."))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Eli changed this at" in page
    assert page.count("Eli’s") > 0
    assert page.count("Eda’s") > 0
    claim.refresh_from_db()
    assert (claim.claim_reviewed, claim.version) == ("Eli’s words.", 2)

    settled = wording(claim, claim_reviewed="Both words.") | {
        "mine-claim_reviewed": "Eda’s words.",
        "theirs-claim_reviewed": "Eli’s words.",
        "choice-claim_reviewed": "merge",
    }
    assert eda.post(url, settled).status_code == 302
    claim.refresh_from_db()
    assert (claim.claim_reviewed, claim.version) == ("Both words.", 3)


def test_wording_is_frozen_once_checking_opened(cast, eda):
    article, claim = cast.checking()
    url = reverse("edit_claim", args=[article.pk, claim.pk])
    answer = eda.post(url, wording(claim, claim_reviewed="Something else."), follow=True)
    assert "the wording is frozen" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.claim_reviewed != "Something else."


def test_a_draft_saved_by_the_page_is_acknowledged_with_its_version(cast, ann):
    _article, claim = cast.checking()
    url = reverse("annotate", args=[c.check_of(claim, cast.ann).uuid])
    key = uuid.uuid4()
    draft = {"finding": "So it seems", "version": 0, "key": key}
    quiet = {"X-Autosave": "1"}
    for _copy in range(3):
        answer = ann.post(url, draft, headers=quiet)
        assert (answer.status_code, json.loads(answer.content)["version"]) == (200, 1)
    stale = ann.post(url, draft | {"key": uuid.uuid4()}, headers=quiet)
    assert stale.status_code == 409
    page = ann.post(url, draft | {"key": uuid.uuid4(), "finding": "Or does it?"})
    assert page.status_code == 409
    assert "Or does it?" in page.content.decode()
    assert Annotation.objects.get().finding == "So it seems"


def test_a_finding_that_is_too_long_is_kept_and_explained(cast, ann):
    _article, claim = cast.checking()
    url = reverse("annotate", args=[c.check_of(claim, cast.ann).uuid])
    answer = ann.post(url, {"finding": "x" * 141, "version": 0})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "at most 140 characters; this has 141" in page
    assert "x" * 141 in page


def test_a_span_outside_the_text_marks_nothing(cast, eda):
    article = cast.article()
    fields = wording(Claim(claim_reviewed="A claim", type="event"))
    for start, end in ((10_000, 10_010), (5, 5), (9, 3)):
        answer = eda.post(reverse("mark", args=[article.pk]), fields | {"start": start, "end": end})
        assert answer.status_code in (409, 422)
        assert "A claim" in answer.content.decode()
    assert not Mark.objects.exists()
    assert not Claim.objects.exists()


def test_emoji_before_a_mark_move_nothing(cast, eda):
    text = "A title\n\n👩‍👩‍👧 The é and the ferry “cost 5 florins,” he said. It is fine."
    article = c.import_text(cast.desk, cast.eda, text)
    start = article.revision.text.index("cost 5")
    bench = reverse("workbench", args=[article.pk])
    page = eda.get(f"{bench}?start={start}&end={start + 14}").content.decode()
    assert "cost 5 florins" in page
    claim = c.mark(article, "cost 5 florins", cast.eda)
    assert claim.marks.get().exact == "cost 5 florins"


def test_a_refusal_is_said_on_the_page_one_came_from(cast, eda):
    article, claim = cast.marked()
    number = claim.marks.get().revision.sentences.get(triage="checkworthy").number
    bench = reverse("workbench", args=[article.pk])
    answer = eda.post(
        reverse("triage", args=[article.pk]),
        {"number": number, "triage": "opinion"},
        headers={"referer": f"http://testserver{bench}"},
        follow=True,
    )
    assert "Set the claim aside first" in answer.content.decode()


def test_a_sample_desk_says_so_everywhere_and_has_no_claim_review(db):
    cast = c.Cast(is_sample=True)
    article, claim = cast.published()
    claim.refresh_from_db()
    editor = Client()
    editor.force_login(cast.eda)
    for url in (reverse("queue", args=["desk"]), reverse("workbench", args=[article.pk])):
        assert "<b>Sample.</b>" in editor.get(url).content.decode()
    own = [cast.desk.slug, claim.number, claim.slug]
    public = [cast.desk.slug, article.slug]
    for url in (reverse("public_article", args=public), reverse("public_claim", args=own)):
        answer = Client().get(url)
        page = answer.content.decode()
        assert "<b>Sample.</b>" in page
        assert '<meta name="robots" content="noindex">' in page
        assert answer["X-Robots-Tag"] == "noindex"
        assert "ClaimReview" not in page
        assert "og:" not in page
    for url in (
        reverse("public_article_json", args=public),
        reverse("public_claim_json", args=own),
    ):
        answer = Client().get(url)
        assert answer.json()["sample"].startswith("Sample:")
        assert answer["X-Robots-Tag"] == "noindex"


def test_a_claims_address_survives_a_change_of_its_words(cast):
    article, claim = cast.published()
    claim.refresh_from_db()
    reader = Client()
    own = reverse("public_claim", args=[cast.desk.slug, claim.number, claim.slug])
    wrong = reverse("public_claim", args=[cast.desk.slug, claim.number, "older-words"])
    assert reader.get(wrong)["Location"] == own
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    page = reader.get(own).content.decode()
    assert "Being reviewed." in page
    assert "A letter came." not in page
    assert (
        "Being reviewed."
        in reader.get(
            reverse("public_article", args=[cast.desk.slug, article.slug])
        ).content.decode()
    )


def test_a_long_list_of_articles_has_pages(cast, eda):
    for number in range(51):
        c.import_text(
            cast.desk, cast.eda, f"Article {number}\n\nIt has a text of its own: {number}."
        )
    first = eda.get(reverse("articles", args=["desk"])).content.decode()
    assert "Article 50" in first
    assert "Article 0<" not in first
    [older] = re.findall(r'href="[^"]*(before=[^"]+)"', first)
    assert "Article 0<" in eda.get(f"/desks/desk/articles/?{older}").content.decode()
