"""Who gets which page: 404 for strangers, 403 for members without the right, and no leak."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import Annotation, Article, Citation, Claim, Source
from tests import cast as c

OPEN_TO_ANYONE = {
    "public_index",
    "public_desk",
    "public_article",
    "public_article_json",
    "public_claim",
    "public_claim_json",
    "public_search",
    "public_corrections",
    "public_desk_corrections",
    "public_claimants",
    "public_versions",
    "public_edition",
    "claim_card",
    "article_card",
    "web_annotations",
    "embed_article",
    "embed_claim",
    "checks_feed",
    "corrections_feed",
    "claim_reviews",
    "checks_lines",
    "desk_checks_lines",
    "check_schema",
    "desk_schema",
    "look_picture",
    "look_sheet",
    "roots",
    "shown_copy",
    "edition_proof",
    "desk_checks_feed",
    "desk_corrections_feed",
    "claimant_feed",
    "sitemap",
    "robots",
    "public_about",
    "public_statement",
    "report",
    "report_thanks",
    "healthz",
    "readyz",
    "metrics",
    "guest_reply",
    "account_login",
    "invitation",
}


def client_of(person=None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def patterns(resolver: URLResolver | None = None) -> list[URLPattern]:
    """The app's own addresses: not those of the administration, nor of allauth."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace is None:
                found += patterns(entry)
        elif entry.callback.__module__.startswith("annotations"):
            found.append(entry)
    return found


def converters(pattern: URLPattern) -> dict[str, Any]:
    """What an address takes, with what the addresses take that it is included under."""
    taken: Any = get_resolver().reverse_dict[str(pattern.name)]
    return dict(taken[3])


def address(pattern: URLPattern, article: Article, claim: Claim, key: object) -> str:
    """The pattern's address for these rows."""
    known = {
        "pk": article.pk,
        "claim_pk": claim.pk,
        "key": key,
        "citation_key": uuid.uuid4(),
        "mark_key": uuid.uuid4(),
        "comment_key": uuid.uuid4(),
        "version_key": uuid.uuid4(),
        "desk": article.desk.slug,
        "desk_slug": article.desk.slug,
        "slug": claim.slug or article.slug,
        "number": claim.number,
        "kind": "methodology",
    }
    wanted = converters(pattern)
    return reverse(
        str(pattern.name),
        kwargs={name: known.get(name, _some(converter)) for name, converter in wanted.items()},
    )


def _some(converter: object) -> object:
    """A value that the converter takes, for what no row of these stands behind."""
    return {"IntConverter": 1, "UUIDConverter": uuid.uuid4()}.get(type(converter).__name__, "x")


def test_every_page_asks_a_stranger_to_sign_in_unless_it_is_public(cast):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    closed = [each for each in patterns() if each.name not in OPEN_TO_ANYONE]
    assert len(closed) > 20
    for pattern in closed:
        url = address(pattern, article, claim, check.uuid)
        for answer in (Client().get(url), Client().post(url)):
            assert answer.status_code == 302, f"{pattern.name}: {answer.status_code}"
            assert answer["Location"].startswith("/login/"), pattern.name
        answer = Client().post(url, {"body": "Typed"})
        assert answer.status_code == 403, f"{pattern.name}: {answer.status_code}"
        assert "You are signed out" in answer.content.decode(), pattern.name


@pytest.mark.heart
def test_another_desks_work_does_not_exist(cast):
    article, claim = cast.deciding()
    check = c.check_of(claim, cast.ann)
    stranger = client_of(cast.stranger)
    for pattern in patterns():
        if not {"pk", "key", "desk_slug"} & set(converters(pattern)):
            continue
        url = address(pattern, article, claim, check.uuid)
        for answer in (stranger.get(url), stranger.post(url)):
            assert answer.status_code in (404, 405), f"{pattern.name}: {answer.status_code}"
    for url, (_status, page) in everything(
        stranger, every_address(article, claim, check.uuid)
    ).items():
        for words in ("Ferry to return", c.MARKED, "Finding of", "Register of"):
            assert words not in page, f"{url} tells {words}"


MEMBERS_ONLY_READ = [
    "confirm_marks",
    "look_again",
    "revise",
    "import",
    "mark",
    "triage",
    "open_checking",
    "decide_claim",
    "approve_all",
    "publish",
]


@pytest.mark.parametrize("name", MEMBERS_ONLY_READ)
@pytest.mark.parametrize("who", ["ann", "ola"])
def test_a_member_without_the_right_is_refused(cast, name, who):
    article, claim = cast.deciding()
    person = client_of(getattr(cast, who))
    args = {"import": ["desk"], "decide_claim": [article.pk, claim.pk]}.get(name, [article.pk])
    answer = person.post(reverse(name, args=args))
    assert answer.status_code == 403


def test_somebody_elses_check_does_not_exist_not_even_for_an_editor(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    for person in (cast.ben, cast.eda, cast.mia, cast.ola):
        for name in ("annotate", "cite"):
            answer = client_of(person).post(reverse(name, args=[check.uuid]), {"version": 0})
            assert answer.status_code == 404


QUERIES = {
    "workbench": [
        "?claim={claim}",
        "?claim={claim}&cite=new",
        "?claim={claim}&edit=1",
        "?sentence=1",
    ],
    "queue": ["?q=finding"],
    "articles": ["?q=finding", "?q=Ferry", "?sort=progress", "?sort=owner"],
    "claims": ["?q=finding", "?q=assignee:ben"],
    "log": ["?as=csv", "?as=jsonl", "?q=finding", "?person=ann", "?move=submit"],
    "statistics": ["?as=csv", "?since=2020-01-01&until=2020-12-31"],
    "renewal": ["?as=csv"],
    "decide": ["?claim={claim}"],
    "public_index": ["?q=finding"],
}
"""What is asked for besides, by the name of the address."""


def every_address(article: Article, claim: Claim, *keys: object) -> list[str]:
    """Every address of the app, for these rows and each key, and what may be asked there."""
    found = []
    for pattern in patterns():
        if pattern.name == "account_logout":
            continue
        wanted = converters(pattern)
        for key in keys if "key" in wanted else keys[:1]:
            url = address(pattern, article, claim, key)
            found.append(url)
            asked = QUERIES.get(str(pattern.name), [])
            found += [url + query.format(claim=claim.pk) for query in asked]
    return found


def read(answer: Any) -> str:
    body = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(body).decode("utf-8", "replace")


NEW_EACH_TIME = re.compile('csrfmiddlewaretoken|name="key"')


def everything(client: Client, urls: list[str]) -> dict[str, tuple[int, str]]:
    """What each address answers the person, without what is new each time by nature."""
    found = {}
    for url in urls:
        answer = client.get(url)
        kept = [line for line in read(answer).splitlines() if not NEW_EACH_TIME.search(line)]
        found[url] = (answer.status_code, "\n".join(kept))
    return found


@pytest.mark.parametrize("who", ["ben", pytest.param("eli", marks=pytest.mark.drill)])
def test_a_checkers_pages_do_not_change_by_a_byte_while_the_other_works(cast, who, time_machine):
    """By no address: neither what the other wrote, nor whether, nor when.

    `ben` is a checker, `eli` an editor who checks; the other is asked, starts, drafts, cites,
    submits, and declines another claim.
    """
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    article, claim = cast.marked()
    other = c.mark(article, c.SECOND, cast.eda)
    person = getattr(cast, who)
    workflow.open_checking(article, [cast.ann, person], actor=cast.eda)
    check, key = c.check_of(claim, cast.ann), c.check_of(claim, person).uuid
    urls = every_address(article, claim, check.uuid, key, uuid.uuid4())
    mine = client_of(person)
    everything(mine, urls)
    before = everything(mine, urls)
    c.annotate(claim, cast.ann, "false", "MARKER finding")
    workflow.decline(c.check_of(other, cast.ann), actor=cast.ann, reason="MARKER reason")
    after = everything(mine, urls)
    for url in urls:
        assert "MARKER" not in after[url][1].replace("q=MARKER", "").replace(
            'value="MARKER"', ""
        ), url
        assert after[url] == before[url], url
    hidden = [
        Annotation.objects.get().uuid,
        *Citation.objects.values_list("uuid", flat=True),
        *Source.objects.values_list("uuid", flat=True),
    ]
    fresh = [url for url in every_address(article, claim, *hidden) if url not in before]
    assert fresh
    for url, (status, page) in everything(mine, fresh).items():
        assert status in (403, 404, 405), f"{url}: {status}"
        assert "MARKER" not in page, url
    assert mail.outbox == []
    c.annotate(claim, person, "half")
    assert Annotation.objects.visible_to(person).count() == 2, "disclosed, once all are in"


@pytest.mark.drill
def test_nor_do_they_when_the_text_changed_and_the_claim_has_no_place(cast, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    article, claim = cast.checking()
    other = plain.read("Another story\n\nNothing of it is left here.", "en")
    exchange.revise(article, other, actor=cast.eda, based_on=1)
    ben = client_of(cast.ben)
    urls = every_address(article, claim, c.check_of(claim, cast.ben).uuid)
    everything(ben, urls)
    before = everything(ben, urls)
    c.annotate(claim, cast.ann, "false", "MARKER finding")
    after = everything(ben, urls)
    assert after == before


@pytest.mark.drill  # test_blind_walk.py has drafts too
def test_nobody_sees_a_draft_but_its_author(cast):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    answer = workflow.Answer(c.rating(claim, "false"), "MARKER finding", "MARKER why")
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
    urls = every_address(article, claim, check.uuid)
    for person in (cast.ben, cast.eda, cast.eli, cast.mia, cast.ola):
        for url, (_status, page) in everything(client_of(person), urls).items():
            assert "MARKER" not in page, f"{person}: {url}"


def test_who_was_shown_the_annotations_cannot_be_asked_to_check_blind(cast):
    article, claim = cast.deciding()
    page = client_of(cast.eli).get(reverse("decide", args=[article.pk]))
    assert "Finding of Ann" in page.content.decode()
    with pytest.raises(workflow.Refused, match="has seen"):
        workflow.ask_again(claim, cast.eli, actor=cast.eda)
    workflow.ask_again(claim, cast.mia, actor=cast.eda)


def test_who_saw_an_unpublished_verdict_on_the_workbench_cannot_check_blind_either(cast):
    article, claim = cast.decided()
    client_of(cast.mia).get(reverse("workbench", args=[article.pk]))
    workflow.send_back(claim, actor=cast.eli, reason="Look again.")
    with pytest.raises(workflow.Refused, match="has seen"):
        workflow.ask_again(claim, cast.mia, actor=cast.eda)


def test_a_save_by_the_page_itself_is_told_to_sign_in_without_losing_its_text(cast):
    _article, claim = cast.checking()
    url = reverse("annotate", args=[c.check_of(claim, cast.ann).uuid])
    answer = Client().post(url, {"finding": "x"}, headers={"X-Autosave": "1"})
    assert answer.status_code == 401


def test_only_this_site_may_frame_the_preview_and_nobody_anything_else(cast):
    article, _claim = cast.decided()
    editor = client_of(cast.eli)
    preview = editor.get(reverse("preview", args=[article.pk]))
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    other = editor.get(reverse("approve", args=[article.pk]))
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"
    assert "unsafe" not in other["Content-Security-Policy"]
