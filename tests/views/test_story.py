"""The main job through the pages, without JavaScript: forms and links alone."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, Article, Assignment, Claim, Edition
from tests import cast as c

from .sending import hidden, published


@pytest.fixture
def browse():
    def signed_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


def post(client: Client, url: str, status: int = 302, /, **data):
    response = client.post(url, data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page, re.DOTALL)
    assert match, pattern
    return match[1]


def see(client: Client, url: str, *texts: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[:3000]
    page = response.content.decode()
    for text in texts:
        assert text in page
    return page


@pytest.mark.heart
def test_from_a_pasted_text_to_a_corrected_edition(cast, browse):
    eda, eli, ann, ben = (browse(person) for person in (cast.eda, cast.eli, cast.ann, cast.ben))
    see(eda, reverse("queue", args=["desk"]), "Nothing needs you right now.")
    fields = {
        "text": c.TEXT.replace("\n", "\r\n"),
        "language": "en",
        "public_text": "full",
        "permission": "Written for the test",
        "outlet": "The Test",
        "published_on": "2026-11",
    }
    page = post(eda, reverse("import", args=["desk"]), 200, do="preview", **fields).content.decode()
    assert "4 sentences" in page
    assert "2 headings" in page
    assert "line ending" not in page, "a browser's CRLF is not the author's"
    post(eda, reverse("import", args=["desk"]), do="save", **fields)
    article = Article.objects.get()
    bench = reverse("workbench", args=[article.pk])
    start = c.TEXT.index(c.MARKED)
    end = start + len(c.MARKED)
    page = see(eda, f"{bench}?start={start - 1}&end={end + 1}", "New claim, sentence 1", c.MARKED)
    key = found(r'name="key" value="([^"]+)"', page)
    claim_fields = {
        "start": start,
        "end": end,
        "exact": c.MARKED,
        "claim_reviewed": "The town never asked the line to stop.",
        "interpretation": "A written request.",
        "claimant_name": "The mayor",
        "type": "event",
        "said_on": "2026-11-17",
        "key": key,
    }
    post(eda, reverse("mark", args=[article.pk]), **claim_fields)
    post(eda, reverse("mark", args=[article.pk]), **claim_fields)
    claim = Claim.objects.get()
    see(eda, f"{bench}?claim={claim.pk}", "Claim 1 of 1, sentence 1", "Said by The mayor")
    see(eda, f"{bench}?sentence=2", "Sentence 2")
    post(eda, reverse("triage", args=[article.pk]), number=2, last=4, triage="unimportant")
    see(eda, reverse("open_checking", args=[article.pk]), "Ann", "Ben")
    people = [cast.ann.pk, cast.ben.pk]
    post(eda, reverse("open_checking", args=[article.pk]), 409, people=[cast.ann.pk])
    post(eda, reverse("open_checking", args=[article.pk]), people=people)

    for client, person, slug in ((ann, cast.ann, "false"), (ben, cast.ben, "half")):
        see(client, reverse("queue", args=["desk"]), "One thing needs you", "Your check of 1 claim")
        page = see(client, bench, "You will see other annotations when all are in.")
        check = c.check_of(claim, person)
        key = found(r'name="key" value="([^"]+)"', page)
        save = reverse("annotate", args=[check.uuid])
        draft = {
            "rating": c.rating(claim, slug).pk,
            "finding": f"By {person}.",
            "version": 0,
            "key": key,
        }
        post(client, save, then="source", **draft)
        see(client, bench, f"By {person}.")
        for number in (1, 2):
            post(
                client,
                reverse("cite", args=[check.uuid]),
                title=f"Letter {number} of {person}",
                url=f"records.example/{person}/{number}",
                stance="contradicts",
                passage="We ask you to stop.",
            )
        version = Annotation.objects.get(assignment=check).version
        draft |= {"justification": "The letter says so.", "version": version, "key": ""}
        post(client, save, then="submit", **draft)
    assert Claim.objects.get().status == "deciding"

    page = see(eda, reverse("decide", args=[article.pk]), "By Ann.", "By Ben.", "1 step apart")
    cited = re.findall(r'name="cite" value="([^"]+)"', page)
    assert len(cited) == 4
    decide = reverse("decide_claim", args=[article.pk, claim.pk])
    verdict = {
        "rating": c.rating(claim, "false").pk,
        "finding": "The letter asked for it.",
        "justification": "It is signed.",
        "evidence_as_of": "2026-11-20",
        "cite": cited,
    }
    verdict |= hidden(eda, decide)
    post(eda, decide, 422, **verdict)
    post(eda, decide, cause="error", reason="Ben missed a page.", **verdict)
    approval = reverse("approve", args=[article.pk])
    page = see(eli, approval, "Approve claim 1")
    see(eli, reverse("preview", args=[article.pk]), "Preview of edition 1")
    post(eli, reverse("approve_all", args=[article.pk]), **hidden(eli, approval))
    see(eli, reverse("approve", args=[article.pk]), "Every verdict is approved.")
    assert published(eli, article.pk).status_code == 302

    reader = Client()
    public = reverse("public_article", args=["desk", article.slug])
    page = see(reader, public, "The letter asked for it.", "Claim 1: False. Read the note.")
    assert "Ben missed a page." not in page
    see(reader, "/", article.title)
    claim.refresh_from_db()
    own = reverse("public_claim", args=["desk", claim.number, claim.slug])
    page = see(reader, own, "It is signed.", "Letter 2 of Ben", "“False”: It is false.")
    review = json.loads(found(r'application/ld\+json">(.*?)</script>', page))
    assert review["claimReviewed"] == "The town never asked the line to stop."
    assert review["reviewRating"]["ratingValue"] == 1

    correct = reverse("correct", args=[article.pk, claim.pk])
    see(eli, correct, "Correct in public")
    post(eli, correct, reason="A reader wrote.")
    see(reader, public, "Being reviewed.", "The letter asked for it.")
    verdict |= {"rating": c.rating(claim, "half").pk, "finding": "Half of it."}
    verdict |= hidden(eda, decide)
    post(eda, decide, cause="error", reason="New letter.", **verdict)
    post(eli, reverse("approve_all", args=[article.pk]), **hidden(eli, approval))
    see(eli, reverse("approve", args=[article.pk]), "What are readers told about the change?")
    post(eli, reverse("publish", args=[article.pk]), 422)
    told = {f"{claim.pk}-kind": "correction", f"{claim.pk}-why": "We misread the letter."}
    assert published(eli, article.pk, **told).status_code == 302
    page = see(reader, public, "Edition 2", "We misread the letter.", "Half of it.")
    assert "Being reviewed." not in page
    see(reader, own, "<del>False</del>", "<ins>Half</ins>")
    see(eda, reverse("history", args=[article.pk]), "Opened again to correct", "A reader wrote.")
    see(reader, reverse("public_article_json", args=["desk", article.slug]), "Half of it.")
    assert Edition.objects.filter(article=article).count() == 2
    assert Assignment.objects.count() == 2


def test_a_desk_of_two_publishes_through_the_pages(db, browse):
    desk = c.make_desk("duo", "two", 1)
    amy, bob = (c.make_person(name, desk, "editor") for name in ("amy", "bob"))
    writer, other = browse(amy), browse(bob)
    article = c.import_text(desk, amy)
    claim = c.mark(article, c.MARKED, amy)
    c.triage_all(article, amy)
    opening = reverse("open_checking", args=[article.pk])
    page = post(writer, opening, 409, people=[amy.pk, bob.pk]).content.decode()
    assert "nobody is left who may approve it" in page
    post(writer, opening, people=[amy.pk])
    page = see(writer, reverse("workbench", args=[article.pk]))
    assert "You will see other annotations" not in page, "there are no others"
    save = reverse("annotate", args=[c.check_of(claim, amy).uuid])
    answer = {"finding": "It did.", "justification": "See the letter.", "version": 0}
    post(writer, save, then="submit", rating=c.rating(claim, "false").pk, **answer)
    approval = reverse("approve", args=[article.pk])
    page = see(writer, approval, "someone else approves it")
    queue = reverse("queue", args=["duo"])
    see(other, queue, "1 verdict waits for approval, and you may approve it.")
    post(other, reverse("approve_all", args=[article.pk]), **hidden(other, approval))
    assert published(other, article.pk).status_code == 302
    public = reverse("public_article", args=["duo", article.slug])
    see(Client(), public, "One person annotated the claim.", "Bob approved.")
