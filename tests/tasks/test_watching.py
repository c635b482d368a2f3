"""Pages of published checks, watched against real servers: told once, and politely."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import blobs, workflow
from annotations.models import (
    Citation,
    Claim,
    Source,
    SourceChange,
    Transition,
    Watch,
    cited_in_public,
)
from annotations.queries import changes as changes_queries
from annotations.tasks import watching as task
from annotations.workflow import copies, watching
from tests import cast as c
from tests.capture import servers

PASSAGE = "The ferry returns in spring, the harbour office says."
PAGE = b"<html><title>Ferry</title><p>The ferry returns in spring, the harbour office says.</p>"
NOT_SO = PAGE.replace(b"returns", b"does not return")
MISSING = servers.page(b"", status="404 Not Found")
DAY = dt.timedelta(days=1)


class Site:
    """A server whose page can be replaced, and which keeps what was said to it."""

    def __init__(self) -> None:
        self.answer: servers.Answer = servers.page(PAGE)
        self.heads: list[str] = []

    def __call__(self, connection, head) -> None:
        if head.startswith("GET /robots.txt"):
            MISSING(connection, head)
            return
        self.heads.append(head)
        self.answer(connection, head)


@pytest.fixture
def site(settings) -> Iterator[Site]:
    site = Site()
    with servers.serving(site) as server:
        settings.FETCH_ALLOWED = [server.name]
        settings.WATCH_SOURCES = True
        site.name = server.name  # type: ignore[attr-defined]
        yield site


@pytest.fixture
def claim(cast, site) -> Claim:
    """A published claim whose verdict stands on the site's page, and quotes it."""
    article, claim = cast.checking()
    for person in (cast.ann, cast.ben):
        check = c.check_of(claim, person)
        workflow.start(check, actor=person)
        rating = c.rating(claim, "false")
        answer = workflow.Answer(rating, f"Finding of {person}", "Because.", "high")
        workflow.save_annotation(check, answer, person=person, based_on=0)
        source = workflow.SourceDraft("The ferry", url=f"http://{site.name}/ferry")
        workflow.save_citation(check, source, person=person, stance="contradicts", passage=PASSAGE)
        workflow.submit(check, actor=person)
    cited = Source.objects.get(url__startswith="http://127.0.0.1", added_by=cast.ann)
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(cited, "contradicts", PASSAGE)])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    found: Claim = Claim.objects.get(pk=claim.pk)
    return found


def look() -> Watch:
    """Look at the one page now, whatever its turn."""
    Watch.objects.update(next_try_at=timezone.now(), tried_at=None, claimed_until=None)
    assert task.look_next()
    return Watch.objects.get()


@pytest.fixture
def watched(claim: Claim) -> Claim:
    """Its page was seen once, as it was quoted."""
    task.begin(timezone.now())
    look()
    return claim


def kinds() -> list[str]:
    return list(SourceChange.objects.order_by("pk").values_list("kind", flat=True))


def test_only_what_readers_are_sent_to_is_watched_and_only_if_asked_for(cast, claim, settings):
    settings.WATCH_SOURCES = False
    task.begin(timezone.now())
    assert not Watch.objects.exists()
    assert not task.look_next()
    settings.WATCH_SOURCES = True
    task.begin(timezone.now())
    task.begin(timezone.now())
    assert Watch.objects.count() == claim.verdict.citations.values("source").distinct().count()
    workflow.reopen(claim, actor=cast.eda, reason="Look again.")
    Watch.objects.update(next_try_at=timezone.now())
    assert not task.look_next(), "it is being decided on again"


def test_nothing_of_a_sample_is_watched(db):
    """Its pages are made up; nobody at those addresses is to be asked."""
    _article, claim = c.Cast(is_sample=True).published()
    assert Claim.objects.filter(pk=claim.pk, status="published").exists()
    assert not cited_in_public().exists()


def test_a_page_that_is_as_it_was_is_nothing_to_tell(watched, site):
    site.answer = servers.page(PAGE + b"<p>An advertisement.")
    watch = look()
    assert list(watch.stood.values()) == [True]
    assert watch.next_try_at > timezone.now() + 6 * DAY
    assert kinds() == []


def test_words_that_stand_there_no_more_are_told_once_with_what_became_of_them(cast, watched, site):
    site.answer = servers.page(NOT_SO)
    look()
    look()
    change = SourceChange.objects.get()
    (passage,) = change.about["passages"]
    assert passage["before"] == PASSAGE
    assert "does not return in spring" in passage["now"]
    assert Transition.objects.filter(move="source changed", claim=watched).count() == 1
    (need,) = changes_queries.waiting(cast.desk, cast.eda)
    assert need.page == "changes"
    site.answer = servers.page(PAGE)
    look()
    site.answer = servers.page(b"<p>Nothing like it.")
    look()
    assert [each.about["passages"][0]["now"] for each in SourceChange.objects.order_by("pk")] == [
        passage["now"],
        "",
    ]


def test_words_that_never_stood_there_are_no_change(claim, site):
    site.answer = servers.page(NOT_SO)
    task.begin(timezone.now())
    look()
    assert kinds() == []


def test_where_the_copy_cannot_be_read_now_it_is_looked_at_another_time(
    cast, claim, site, monkeypatch, caplog
):
    source = claim.verdict.citations.get().source
    copies.add_copy(source, blobs.keep(PAGE), cast.ann, "ferry.html", "text/html")
    site.answer = servers.page(NOT_SO)
    task.begin(timezone.now())

    def away(digest):
        raise blobs.Away("Could not connect")

    with monkeypatch.context() as patch:
        patch.setattr(blobs, "pieces", away)
        watch = look()
    assert (watch.problem, watch.stood, kinds()) == ("no_store", {}, [])
    look()
    assert kinds() == ["changed"]


def test_words_that_stand_in_the_copy_and_not_on_the_page_are(cast, claim, site):
    source = claim.verdict.citations.get().source
    copies.add_copy(source, blobs.keep(PAGE), cast.ann, "ferry.html", "text/html")
    site.answer = servers.page(NOT_SO)
    task.begin(timezone.now())
    look()
    assert kinds() == ["changed"]


def test_a_page_is_gone_when_it_still_is_a_day_later(watched, site, time_machine):
    site.answer = MISSING
    watch = look()
    assert kinds() == []
    assert watch.next_try_at < timezone.now() + 2 * DAY
    for _each in range(3):
        time_machine.move_to(timezone.now() + DAY)
        look()
    assert kinds() == ["gone"]
    assert SourceChange.objects.get().about == {"status": 404}
    site.answer = servers.page(PAGE)
    assert look().gone_since is None


def test_a_page_that_was_away_for_an_hour_is_not_gone(watched, site):
    site.answer = MISSING
    look()
    site.answer = servers.page(PAGE)
    assert look().gone_since is None
    assert kinds() == []


def test_a_page_that_leads_on_for_good_has_moved_and_is_told_once(watched, site):
    moved = servers.page(b"", "Location: /elsewhere", status="301 Moved Permanently")
    there = servers.page(PAGE)
    site.answer = lambda sock, head: (moved if "GET /ferry" in head else there)(sock, head)
    look()
    look()
    assert kinds() == ["moved"]
    assert SourceChange.objects.get().about["address"].endswith("/elsewhere")


def test_a_slash_more_is_no_move(watched, site):
    moved = servers.page(b"", "Location: /ferry/", status="301 Moved Permanently")
    there = servers.page(PAGE)
    site.answer = lambda sock, head: (there if "GET /ferry/" in head else moved)(sock, head)
    look()
    assert kinds() == []


@pytest.mark.parametrize("status", ["403 Forbidden", "451 No", "500 Oops", "429 Too Many"])
def test_a_server_that_does_not_let_us_read_tells_nothing(watched, site, status):
    site.answer = servers.page(b"", status=status)
    watch = look()
    assert watch.problem
    assert watch.claimed_until is None
    assert kinds() == []


def test_it_is_asked_whether_it_is_the_same(claim, site):
    site.answer = servers.page(PAGE, 'ETag: "1"', "Last-Modified: Tue, 24 Nov 2026 09:00:00 GMT")
    task.begin(timezone.now())
    assert look().sha256 == sha256(PAGE).hexdigest()
    site.answer = servers.page(b"", 'ETag: "1"', status="304 Not Modified")
    watch = look()
    assert watch.sha256 == sha256(PAGE).hexdigest()
    assert 'If-None-Match: "1"' in site.heads[-1]
    assert watch.etag == '"1"'
    assert kinds() == []


def test_words_that_were_not_found_are_looked_for_again_though_the_page_is_the_same(watched, site):
    """What was wrong may have been how we read it; and only what stood there can be gone."""
    key = next(iter(Watch.objects.get().stood))
    Watch.objects.update(stood={key: False}, etag='"1"')
    assert look().stood == {key: True}
    assert "If-None-Match" not in site.heads[-1]


def test_a_server_is_left_alone_for_as_long_as_it_asks(watched, site):
    site.answer = servers.page(b"", "Retry-After: 259200", status="503 Busy")
    watch = look()
    assert watch.next_try_at > timezone.now() + 2 * DAY
    assert not task.look_next()


def test_a_robots_txt_is_heard_too_that_asks_to_be_left_alone(watched, site, settings):
    busy = servers.page(b"", "Retry-After: 259200", status="429 Too Many Requests")
    with servers.serving(busy) as server:
        settings.FETCH_ALLOWED = [server.name]
        Watch.objects.update(address=f"http://{server.name}/ferry")
        watch = look()
        assert len(server.heard) == 1
    assert watch.problem == "status"
    assert watch.next_try_at > timezone.now() + 2 * DAY


def test_one_host_is_asked_once_in_three_seconds_for_whatever_it_is(watched, site):
    row = Watch.objects.get()
    other = Watch(source=_another(watched), address=row.address, host=row.host)
    other.next_try_at = timezone.now() - DAY
    other.save()
    now = timezone.now()
    Watch.objects.filter(pk=row.pk).update(tried_at=now)
    assert watching.claim(now) is None
    assert row.host in copies.just_asked(now)
    assert watching.claim(now + copies.HOST_RATE * 2) is not None


def _another(claim: Claim) -> Source:
    """A source of the same verdict, as the database would have it."""
    source = Source.objects.create(
        desk=claim.desk, title="Other", url="http://a.example", added_by=claim.created_by
    )
    Citation.objects.create(verdict=claim.verdict, source=source, stance="context")
    return source


def test_many_pages_of_few_hosts_are_all_looked_at_and_no_host_is_hurried(watched):
    """On a clock of our own: 60 pages of 5 hosts, asked for as fast as a worker can."""
    Watch.objects.all().delete()
    at = timezone.now()
    for number in range(60):
        Watch.objects.create(
            source=_another(watched),
            address=f"http://h{number % 5}.example/{number}",
            host=f"h{number % 5}.example",
            next_try_at=at,
        )
    asked: dict[str, list[dt.datetime]] = {}
    for _second in range(60):
        at += dt.timedelta(seconds=1)
        while watch := watching.claim(at):
            asked.setdefault(watch.host, []).append(at)
            watching.seen(watch, at, validators=("", ""))
    assert sum(map(len, asked.values())) == 60
    gaps = [b - a for each in asked.values() for a, b in pairwise(each)]
    assert min(gaps) >= copies.HOST_RATE
    assert Watch.objects.values("next_try_at").distinct().count() > 50, "the next looks are spread"


def test_of_two_workers_one_has_the_page_and_one_that_died_loses_it(watched):
    now = timezone.now()
    Watch.objects.update(next_try_at=now, tried_at=None)
    first = watching.claim(now)
    assert first is not None
    later = now + copies.HOST_RATE * 2
    assert watching.claim(later) is None
    Watch.objects.update(next_try_at=now)
    second = watching.claim(now + copies.LEASE * 2)
    assert second is not None
    before = Watch.objects.values().get()
    watching.missed(first, 404, later)
    watching.seen(first, later, validators=('"2"', ""), notice="Retracted")
    watching.failed(first, "busy", later, DAY)
    assert Watch.objects.values().get() == before, "whoever lost it settles nothing"
    assert kinds() == []


def test_words_that_one_claim_quotes_are_told_of_that_claim_alone(cast, watched):
    article = c.import_text(cast.desk, cast.eda, "Another\n\nThe ferry is back. It is so.")
    other = c.mark(article, "The ferry is back", cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(other, person)
    source = Watch.objects.get().source
    c.decide(other, cast.eda, citations=[workflow.CitationDraft(source, "contradicts")])
    workflow.approve(other, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    now = timezone.now()
    Watch.objects.update(next_try_at=now, tried_at=None)
    held = watching.claim(now)
    assert held is not None
    gone = {watched.pk: [{"passage": PASSAGE}]}
    watching.seen(held, now, validators=("", ""), changed=gone)
    assert [change.claim for change in SourceChange.objects.all()] == [watched]


def test_whether_it_matters_is_a_persons_choice(cast, watched, site):
    site.answer = servers.page(NOT_SO)
    look()
    article = watched.marks.get().revision.article
    page, eda = reverse("changes", args=[article.pk]), Client()
    eda.force_login(cast.eda)
    shown = eda.get(page).content.decode()
    assert "The ferry <del>returns</del><ins>does not return</ins> in spring" in shown
    change = SourceChange.objects.get()
    settle = reverse("settle_change", args=[article.pk, change.uuid])
    assert eda.post(settle, {"matters": "", "reason": "x"}).status_code == 422
    assert eda.post(settle, {"matters": "yes", "reason": ""}).status_code == 422
    done = eda.post(settle, {"matters": "yes", "reason": "It says no now."})
    assert done["Location"] == reverse("correct", args=[article.pk, watched.pk])
    assert changes_queries.waiting(cast.desk, cast.eda) == []
    again = eda.post(settle, {"matters": "no", "reason": "Second thoughts."})
    assert again.status_code == 409
    line = Transition.objects.get(move="judge change")
    assert (line.actor, line.reason) == (cast.eda, "It says no now.")
    assert "It says no now." in eda.get(page).content.decode()


def on_source_page(person) -> str:
    client = Client()
    client.force_login(person)
    source = Watch.objects.get().source
    return client.get(reverse("source", args=[source.uuid])).content.decode()


def test_the_page_of_the_source_tells_what_changed_and_what_came_of_it(cast, watched, site):
    heading = "Changed after publishing"
    assert heading not in on_source_page(cast.eda)
    site.answer = servers.page(NOT_SO)
    look()
    (article,) = cast.desk.articles.all()
    assert reverse("changes", args=[article.pk]) in on_source_page(cast.eda)
    assert "stands there no more" in on_source_page(cast.eda)
    workflow.settle_change(SourceChange.objects.get(), False, "Its own mistake.", actor=cast.eda)
    assert "Its own mistake." in on_source_page(cast.eda)
    # As the article's own page of changes: nothing for whoever checks the claim blind again.
    workflow.reopen(watched, actor=cast.eda, reason="Look again.")
    dot = c.make_person("dot", cast.desk, "editor")
    workflow.ask_again(watched, dot, actor=cast.eda)
    assert heading not in on_source_page(dot)
    assert heading in on_source_page(cast.eda)


def test_whoever_checks_it_again_blind_is_told_nothing(cast, watched, site):
    site.answer = servers.page(NOT_SO)
    look()
    article = watched.marks.get().revision.article
    dot = c.make_person("dot", cast.desk, "editor")
    workflow.reopen(watched, actor=cast.eda, reason="Look again.")
    workflow.ask_again(watched, dot, actor=cast.eda)
    client = Client()
    client.force_login(dot)
    page = client.get(reverse("changes", args=[article.pk])).content.decode()
    assert "does not return" not in page
    assert changes_queries.waiting(cast.desk, dot) == []
    change = SourceChange.objects.get()
    settle = reverse("settle_change", args=[article.pk, change.uuid])
    assert client.post(settle, {"matters": "no", "reason": "x"}).status_code == 404
    told = "What was quoted stands there no more"
    assert told not in client.get(reverse("log", args=["desk"])).content.decode()
    stranger = Client()
    stranger.force_login(cast.stranger)
    assert stranger.get(reverse("changes", args=[article.pk])).status_code == 404


# --- retracted ---

RETRACTED = PAGE.replace(b"<p>", b"<h1>Ferry</h1><p>This article has been retracted.</p><p>")


def test_a_page_that_says_that_it_was_retracted_is_told_once_with_its_words(cast, watched, site):
    site.answer = servers.page(RETRACTED)
    look()
    look()
    change = SourceChange.objects.get()
    assert (change.kind, change.about["notice"]) == (
        "retracted",
        "This article has been retracted.",
    )
    assert (change.claim, change.settled_at) == (watched, None)
    (need,) = changes_queries.waiting(cast.desk, cast.eda)
    assert need.stage == "Changed after publishing"
    client = Client()
    client.force_login(cast.eda)
    assert need.article is not None
    page = client.get(reverse("changes", args=[need.article.pk])).content.decode()
    assert "It says that it was retracted" in page
    assert "<ins>This article has been retracted.</ins>" in page
    workflow.settle_change(change, True, "Its figures were made up.", actor=cast.eda)


def test_a_notice_that_was_there_when_it_was_first_looked_at_is_told_too(claim, site):
    site.answer = servers.page(RETRACTED)
    task.begin(timezone.now())
    look()
    assert kinds() == ["retracted"]


def test_one_that_was_taken_back_is_told_again(watched, site):
    for page in (RETRACTED, PAGE, RETRACTED):
        site.answer = servers.page(page)
        look()
    assert kinds() == ["retracted", "retracted"]


def test_a_page_that_is_the_same_does_not_forget_its_notice(watched, site):
    site.answer = servers.page(RETRACTED, 'ETag: "2"')
    look()
    site.answer = servers.page(b"", status="304 Not Modified")
    look()
    site.answer = servers.page(RETRACTED, 'ETag: "3"')
    look()
    assert kinds() == ["retracted"]


def test_whoever_checks_it_blind_is_not_told_of_the_retraction(cast, watched, site):
    site.answer = servers.page(RETRACTED)
    look()
    workflow.reopen(watched, actor=cast.eda, reason="Look again.")
    workflow.ask_again(watched, cast.mia, actor=cast.eda, reason="Once more.")
    assert not SourceChange.objects.visible_to(cast.mia).exists()


def test_what_readers_are_sent_to_no_more_keeps_no_other_waiting(watched, site, monkeypatch):
    """However many there are of them: they are passed by once a day, not at each look."""
    monkeypatch.setattr(watching, "AT_A_TIME", 2)
    past = timezone.now() - DAY
    old = Source.objects.bulk_create(
        Source(desk=watched.desk, added_by=watched.verdict.decided_by, title=f"Old {n}", url=url)
        for n, url in enumerate(f"https://news.example/{n}" for n in range(5))
    )
    Watch.objects.bulk_create(
        Watch(source=row, address=row.url, host="news.example", next_try_at=past) for row in old
    )
    current = Watch.objects.filter(source__url__contains="127.0.0.1")
    current.update(next_try_at=timezone.now(), tried_at=None)
    assert task.look_next()
    assert site.heads[-1].startswith("GET /ferry")
    assert not task.look_next()
    assert Watch.objects.filter(source__in=old, next_try_at__gt=timezone.now()).count() == 5
