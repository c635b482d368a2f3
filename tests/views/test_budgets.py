"""What pages cost in statements: within the budgets, and the same for ten times the work."""

from __future__ import annotations

import uuid

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import Article, Citation, Claim, Claimant, User
from tests import cast as c
from tests.cast import Cast


def text(claims: int) -> str:
    sentences = [f"In {1900 + n} the line carried {n + 2} thousand people." for n in range(claims)]
    return "The line\n\n" + "\n\n".join(f"{one} It is a fine line." for one in sentences)


def shaken(claims: int) -> str:
    """The text with half of its marks' sentences changed, and the words of the other half."""
    lines = text(claims).split("\n\n")
    for at in range(1, len(lines), 2):
        lines[at] = lines[at].replace("people.", "people, they say.")
    for at in range(2, len(lines), 2):
        lines[at] = lines[at].replace("carried", "hardly carried")
    return "\n\n".join(lines)


def article_with(cast: Cast, claims: int, stage: str) -> Article:
    """An article whose claims are all at the stage: marked, checking, deciding, published."""
    article = c.import_text(cast.desk, cast.eda, text(claims))
    marked = [
        c.mark(article, f"the line carried {n + 2} thousand people", cast.eda)
        for n in range(claims)
    ]
    c.triage_all(article, cast.eda)
    if stage == "marked":
        return article
    if stage == "shaken":
        exchange.revise(article, plain.read(shaken(claims), "en"), actor=cast.eda, based_on=1)
        return article
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    if stage == "checking":
        for claim in marked:
            check = c.check_of(claim, cast.ann)
            workflow.start(check, actor=cast.ann)
            answer = workflow.Answer(c.rating(claim, "true"), "So it seems")
            workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
            source = workflow.SourceDraft("A letter")
            workflow.save_citation(check, source, person=cast.ann, stance="context")
        return article
    for claim in marked:
        c.annotate(claim, cast.ann, "true")
        c.annotate(claim, cast.ben, "half")
    if stage == "deciding":
        return article
    for claim in marked:
        c.decide(claim, cast.eda)
        if stage != "decided":
            workflow.approve(claim, actor=cast.eli)
    if stage == "published":
        workflow.publish(article, actor=cast.eli)
    return article


def statements(client: Client, url: str) -> list[str]:
    client.get(url)  # what a process or a session does once is not the page's cost
    caches["process"].clear()  # a public page that is kept costs less: tests.views.test_reading
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    assert response.status_code == 200, response.content[:500]
    return [query["sql"] for query in queries]


def public(article: Article) -> str:
    return reverse("public_article", args=[article.desk.slug, article.slug])


def own(article: Article) -> str:
    claim = article.desk.claims.order_by("-number").first()
    assert claim is not None
    return reverse("public_claim", args=[article.desk.slug, claim.number, claim.slug])


def first_claim(article: Article) -> str:
    claim = article.revision.marks.order_by("start")[0].claim_id
    return reverse("workbench", args=[article.pk]) + f"?claim={claim}"


def on(name: str):
    return lambda article: reverse(name, args=[article.pk])


def revision(article: Article) -> str:
    return reverse("revision", args=[article.pk, article.revision.number])


def speaker(article: Article) -> str:
    """One of two names, who makes every claim of the article."""
    main, _is_new = Claimant.objects.get_or_create(desk=article.desk, name="The mayor")
    Claimant.objects.get_or_create(desk=article.desk, name="Mayor", same_as=main)
    article.desk.claims.update(claimant=main)
    return reverse("claimant", args=["desk", main.uuid])


def since(article: Article) -> str:
    return f"{revision(article)}?since=1"


def annotations_of(article: Article) -> str:
    return reverse("web_annotations", args=[article.desk.slug, article.slug]) + "?page=1"


PAGES = [
    ("the workbench while marking", "eda", "marked", on("workbench"), 10),
    ("a marked claim", "eda", "marked", first_claim, 10),
    ("the workbench while checking", "ann", "checking", on("workbench"), 10),
    ("the editor's view of a claim", "eda", "checking", first_claim, 10),
    ("the decision", "eda", "deciding", on("decide"), 14),
    ("the approval", "eli", "decided", on("approve"), 29),
    ("the preview", "eli", "decided", on("preview"), 16),
    ("the history", "eda", "deciding", on("history"), 9),
    # One more than the workbench: mentions stand on articles that are in work no longer, too. And
    # two that count the notices: which there are, and which of these may be seen. An editor's: what
    # has come to a halt, in two, and readers' reports; a checker's: what is free to take. Agreement
    # takes three: which claims were disclosed last, what was asked about these, and what was
    # answered. With the replies that are waited for, what changed after publishing, and which
    # published articles were changed. Two more for whose turn it is to decide: who took part in
    # each claim, and who is at the desk. On every page of a desk, one for the counts of the side
    # bar.
    ("the queue", "eda", "deciding", lambda article: reverse("queue", args=["desk"]), 25),
    ("a checker's queue", "ann", "checking", lambda article: reverse("queue", args=["desk"]), 12),
    (
        "the list of articles",
        "ola",
        "deciding",
        lambda article: reverse("articles", args=["desk"]),
        10,
    ),
    ("the list of claims", "ola", "deciding", lambda article: reverse("claims", args=["desk"]), 9),
    ("who makes claims", "eda", "deciding", lambda article: "/desks/desk/claimants/", 11),
    ("a claimant", "eda", "published", speaker, 11),
    # Three more for the word in each of its two lists: which rows have it, by an index of words.
    # And one for the filters that are saved.
    ("the queue, filtered", "eda", "deciding", lambda a: "/desks/desk/?q=ferry", 32),
    ("the texts", "ola", "deciding", on("revisions"), 8),
    ("a text with its marks", "ola", "deciding", revision, 12),
    ("two texts compared", "ola", "shaken", since, 12),
    ("marks that wait for a person", "eda", "shaken", on("orphans"), 14),
    ("the workbench with marks that wait", "eda", "shaken", on("workbench"), 11),
    ("the form for a new text", "eda", "marked", on("revise"), 6),
    ("the public article", None, "published", public, 8),
    ("the public claim", None, "published", own, 8),
    ("the public list", None, "published", lambda article: "/", 8),
    ("a search", None, "published", lambda article: "/search/?q=line", 9),
    ("the corrections", None, "published", lambda article: "/corrections/", 8),
    ("the claimants", None, "published", lambda article: "/claimants/desk/", 8),
    ("the feed", None, "published", lambda article: "/feeds/desk/checks.atom", 8),
    ("all ClaimReviews", None, "published", lambda article: "/feeds/claimreview.json", 8),
    ("checks as data", None, "published", lambda article: "/feeds/desk/checks.jsonl", 8),
    ("the sitemap", None, "published", lambda article: "/sitemap.xml", 8),
    ("web annotations", None, "published", annotations_of, 8),
    ("the renewal pack", "eda", "published", lambda a: reverse("renewal", args=["desk"]), 15),
    ("readers' reports", "eda", "published", lambda article: "/desks/desk/reports/", 9),
    ("the desk's statements", "mia", "published", lambda article: "/desks/desk/statements/", 9),
]


@pytest.mark.heart
@pytest.mark.parametrize("stage", sorted({page[2] for page in PAGES}))
def test_pages_keep_their_budgets_whatever_their_size(cast, stage):
    """Each page of the stage, at an article of 2 claims and at one of 12 beside it."""
    small = asked_by_each(cast, article_with(cast, 2, stage), stage)
    for number in range(10):
        c.make_person(f"extra{number}", cast.desk)
    large = asked_by_each(cast, article_with(cast, 12, stage), stage)
    budgets = {page[0]: page[4] for page in PAGES}
    dear = [
        f"{name}: {len(asked)}, with 2 claims {len(small[name])}, of {budgets[name]}\n"
        + "\n".join(asked)
        for name, asked in large.items()
        if len(asked) != len(small[name]) or len(asked) > budgets[name]
    ]
    assert not dear, "\n\n".join(dear)


def asked_by_each(cast: Cast, article: Article, stage: str) -> dict[str, list[str]]:
    """What each page of the stage asks of the database, by the name of the page."""
    found = {}
    for name, who, at, address, _budget in PAGES:
        if at == stage:
            client = Client()
            if who is not None:
                client.force_login(getattr(cast, who))
            found[name] = statements(client, address(article))
    return found


def test_saving_a_draft_costs_four_statements_and_four_to_find_it(cast):
    """The session, the person, the check with its draft, the rating; then, locked, what is written.

    The first save of all begins the check, too, with a line of the log.
    """
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    url = reverse("annotate", args=[check.uuid])
    rating = c.rating(claim, "true").pk
    for version in (0, 1):
        sent = {"finding": f"So {version}", "rating": rating, "version": version}
        asked = sent_quietly(cast.ann, url, sent | {"key": str(uuid.uuid4())})
    assert check.annotation.finding == "So 1"
    assert len(asked) <= 8, "\n".join(asked)


def sent_quietly(person: User, url: str, sent: dict[str, object]) -> list[str]:
    """What a form of a script asks of the database, from the session to the answer."""
    client = Client()
    client.force_login(person)
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(url, sent, headers={"X-Autosave": "1"})
    assert answer.status_code in {200, 302}, answer.content
    return [row["sql"] for row in queries if "SAVEPOINT" not in row["sql"]]


def test_triage_costs_ten_statements_for_a_run_of_sentences_as_for_one(cast):
    """Three find the person and the article, and one says what is left of the whole text."""
    article = c.import_text(cast.desk, cast.eda, "A title\n\n" + "It rained again. " * 12)
    url = reverse("triage", args=[article.pk])
    one = sent_quietly(cast.eda, url, {"number": "1", "triage": "unimportant"})
    run = sent_quietly(cast.eda, url, {"number": "2", "last": "12", "triage": "opinion"})
    assert not article.revision.sentences.filter(triage="", number__isnull=False).exists()
    assert len(one) == len(run) <= 10, "\n".join(run)


def test_marking_costs_thirteen_statements_of_which_two_find_the_person(cast):
    """With a claimant who is known, in a sentence that was not triaged before."""
    article = c.import_text(cast.desk, cast.eda, "A title\n\nTwo ferries sailed. Three are new.")
    url = reverse("mark", args=[article.pk])
    for exact in ["Two ferries sailed", "Three are new"]:
        start = article.revision.text.index(exact)
        sent = {
            "start": start,
            "end": start + len(exact),
            "exact": exact,
            "claim_reviewed": f"{exact}.",
            "type": "event",
            "claimant_name": "The mayor",
            "key": str(uuid.uuid4()),
        }
        asked = sent_quietly(cast.eda, url, sent)
    assert Claim.objects.filter(claimant__name="The mayor").count() == 2
    assert article.revision.sentences.filter(triage="checkworthy").count() == 2
    assert len(asked) == 13, "\n".join(asked)


def test_a_source_costs_the_same_however_often_its_document_is_cited(cast):
    """All verdicts of the fixture cite one source."""
    client = Client()
    client.force_login(cast.eda)
    cost = []
    for claims in (2, 12):
        article_with(cast, claims, "published")
        source = Citation.objects.filter(verdict__isnull=False).latest("pk").source
        cost.append(statements(client, reverse("source", args=[source.uuid])))
    assert source.citations.filter(verdict__isnull=False).count() == 14
    assert len(cost[0]) == len(cost[1]) <= 30, "\n".join(cost[1])


def test_statistics_cost_seventeen_statements_however_many_claims_they_are_of(cast):
    """The frame's, then one for each figure; agreement asks for its scale and people, too."""
    client = Client()
    client.force_login(cast.eda)
    url = reverse("statistics", args=["desk"])
    article_with(cast, 6, "published")
    small = statements(client, url)
    article_with(cast, 12, "published")
    large = statements(client, url)
    assert len(large) == len(small) <= 17, "\n".join(large)
