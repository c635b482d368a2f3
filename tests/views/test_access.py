"""Who gets which page: 404 for strangers, 403 for members without the right, and no leak."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotations import drafts, workflow
from annotations.models import Annotation, Article, Claim
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
    "login",
}


def client_of(person=None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def patterns(resolver: URLResolver | None = None) -> list[URLPattern]:
    """The app's own addresses."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace is None:
                found += patterns(entry)
        else:
            found.append(entry)
    return found


def address(pattern: URLPattern, article: Article, claim: Claim, key: object) -> str:
    """The pattern's address for these rows."""
    known = {
        "pk": article.pk,
        "claim_pk": claim.pk,
        "key": key,
        "citation_key": uuid.uuid4(),
        "desk": article.desk.slug,
        "slug": claim.slug or article.slug,
        "number": claim.number,
        "kind": "methodology",
    }
    wanted = pattern.pattern.converters
    return reverse(str(pattern.name), kwargs={name: known[name] for name in wanted})


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


def test_another_desks_work_does_not_exist(cast):
    article, claim = cast.deciding()
    check = c.check_of(claim, cast.ann)
    stranger = client_of(cast.stranger)
    for pattern in patterns():
        if "pk" not in pattern.pattern.converters and "key" not in pattern.pattern.converters:
            continue
        url = address(pattern, article, claim, check.uuid)
        for answer in (stranger.get(url), stranger.post(url)):
            assert answer.status_code in (404, 405), f"{pattern.name}: {answer.status_code}"
    for url in (reverse("queue"), reverse("articles"), f"{reverse('articles')}?q=ferry"):
        assert "Ferry" not in stranger.get(url).content.decode()


MEMBERS_ONLY_READ = [
    "import",
    "mark",
    "triage",
    "open_checking",
    "decide",
    "approve_all",
    "publish",
]


@pytest.mark.parametrize("name", MEMBERS_ONLY_READ)
@pytest.mark.parametrize("who", ["ann", "ola"])
def test_a_member_without_the_right_is_refused(cast, name, who):
    article, _claim = cast.deciding()
    person = client_of(getattr(cast, who))
    args = [] if name == "import" else [article.pk]
    answer = person.post(reverse(name, args=args))
    assert answer.status_code == 403


def test_somebody_elses_check_does_not_exist_not_even_for_an_editor(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    for person in (cast.ben, cast.eda, cast.mia, cast.ola):
        for name in ("annotate", "cite"):
            answer = client_of(person).post(reverse(name, args=[check.uuid]), {"version": 0})
            assert answer.status_code == 404


def pages_of(article: Article, claim: Claim) -> list[str]:
    bench = reverse("workbench", args=[article.pk])
    return [
        reverse("queue"),
        reverse("articles"),
        f"{reverse('articles')}?q=finding",
        bench,
        f"{bench}?claim={claim.pk}",
        f"{bench}?claim={claim.pk}&cite=new",
        f"{bench}?sentence=1",
        reverse("history", args=[article.pk]),
        reverse("decide", args=[article.pk]),
        reverse("approve", args=[article.pk]),
        reverse("preview", args=[article.pk]),
        "/",
    ]


def everything(client: Client, article: Article, claim: Claim) -> dict[str, str]:
    """What each page says to the person, without what is new each time by nature."""
    found = {}
    for url in pages_of(article, claim):
        page = client.get(url).content.decode()
        for token in ("csrfmiddlewaretoken", 'name="key"'):
            page = "\n".join(line for line in page.splitlines() if token not in line)
        found[url] = page
    return found


@pytest.mark.parametrize("who", ["ben", "eli"])
def test_a_checkers_pages_do_not_change_by_a_byte_while_the_other_works(cast, who, time_machine):
    """Blindness: neither what the other wrote, nor whether or when they started or submitted."""
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    article, claim = cast.marked()
    person = getattr(cast, who)
    workflow.open_checking(article, [cast.ann, person], actor=cast.eda)
    mine = client_of(person)
    everything(mine, article, claim)
    before = everything(mine, article, claim)
    c.annotate(claim, cast.ann, "false", "MARKER finding")
    after = everything(mine, article, claim)
    for url, page in after.items():
        assert "MARKER" not in page, url
        assert page == before[url], url
    c.annotate(claim, person, "half")
    assert Annotation.objects.visible_to(person).count() == 2, "disclosed, once all are in"


def test_nobody_sees_a_draft_but_its_author(cast):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    answer = drafts.Answer(c.rating(claim, "false"), "MARKER finding", "MARKER why")
    drafts.save_annotation(check, answer, person=cast.ann, based_on=0)
    for person in (cast.ben, cast.eda, cast.eli, cast.mia, cast.ola):
        for url, page in everything(client_of(person), article, claim).items():
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
