"""Nobody sees what is hidden from them, and whoever saw is noted: every address is walked.

As each role, at each stage and in each round of a claim. Each look is taken back again, so that
one that is noted does not hide another that is not.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command, get_commands
from django.db import transaction
from django.test import Client
from django.urls import reverse

from annotations import second_person, workflow
from annotations.models import Article, Sighting, User
from annotations.vocabulary import ClaimStatus, SetAside
from tests.replaying import replayed

from . import walking
from .walking import NO_PAGE, Look, World

MEMBERS = ("ann", "sue", "cal", "eda", "mia", "ola")
OUTSIDE = ("root", "gone", "stranger")

# What a state adds is walked in each. The rest is walked in some of them, and in all in the drill:
WITH_PLAIN = {"decided"}
"""Forms and lists that tell nothing of answers."""
WITH_FILES = {"decided", "asked_again", "published"}
"""Files, and what answers a form that is sent, beside the pages of the same addresses."""
WITH_ADMIN = {"half", "decided", "asked_again", "published"}
"""The administration."""
WITH_OUTSIDERS = {"decided"}
"""Those to whom every state is the same: none of it is theirs."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Nothing is written of the many answers that are refusals."""
    caches["process"].clear()
    for name in ("django.request", "django.security"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)
    # Nor is a copy kept of what each template was given.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


@pytest.fixture
def world(db, time_machine) -> World:
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    return replayed(("walking",), walking.made)


def client_of(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


# --- what an answer shows, and whether it was noted ---


def ask(client: Client, look: Look) -> tuple[int, str]:
    """Status and all that is answered, headers too."""
    headers = {"HX-Request": "true"} if look.htmx else {}
    if look.data is None:
        answer: Any = client.get(look.url, headers=headers)
    else:
        answer = client.post(look.url, dict(look.data), headers=headers)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    drawn = {"Content-Security-Policy", "X-Request-ID"}  # at random, for each answer
    told = {k: v for k, v in answer.headers.items() if k not in drawn}
    return answer.status_code, f"{body.decode('utf-8', 'replace')}\n{told}"


class TakenBack(Exception):
    """Ends a look, with all that it wrote."""


def look_once(world: World, client: Client, person: User | None, look: Look) -> tuple[str, bool]:
    """What is answered, and whether the person has been noted by then; nothing of it remains."""
    text, is_noted = "", False
    with contextlib.suppress(TakenBack), transaction.atomic():
        status, text = ask(client, look)
        if status == 405:
            NO_PAGE.add(look.name)
        if person is not None and (SECRET.search(text) or RATED.search(text)):
            is_noted = Sighting.objects.filter(claim=world.claim, person=person).exists()
        raise TakenBack
    return text, is_noted


SECRET = re.compile(r"secret[a-z]+\d+x", re.IGNORECASE)

RATED = re.compile(r"Claim \d+: (Open|Half)\b")
"""How the rail and the marks of the workbench tell what a claim is rated."""


def seen_in(world: World, text: str) -> set[str]:
    """The secret words in an answer."""
    found = {word.lower() for word in SECRET.findall(text)}
    rated = {world.ratings.get(label.lower(), "") for label in RATED.findall(text)}
    return {word for word in world.secrets if word.lower() in found or word in rated}


class Rule:
    """What of a claim a person may see now, and what has to be noted if they see it."""

    def __init__(self, world: World, person: User) -> None:
        self.name = person.username
        self.is_member = world.is_member(person)
        self.is_blind = world.holds(person) and not world.is_disclosed()
        self.closed = world.closed_words()
        self.world = world

    def objections(self, words: set[str], *, is_noted: bool) -> dict[str, set[str]]:
        """The words that should not stand there, by why not."""
        wrong: dict[str, set[str]] = defaultdict(set)
        for word in words - self.world.published:
            secret = self.world.secrets[word]
            is_own = self.name == secret.author or self.name in secret.told
            if not self.is_member:
                wrong["is no member"].add(word)
            elif is_own:
                continue
            elif word in self.closed:
                wrong["is not its author, and it is a draft or not disclosed"].add(word)
            elif self.is_blind:
                wrong["holds a check, and the claim is not disclosed"].add(word)
            elif not is_noted:
                wrong["saw it, and no sighting is noted"].add(word)
        return wrong


def walk(world: World, state: str, person: User | None, ways: Iterable[Look]) -> list[str]:
    """What the person gets to see against the rules, a line for each address."""
    client, found = client_of(person), []
    rule = Rule(world, person) if person else None
    for look in ways:
        text, is_noted = look_once(world, client, person, look)
        words = seen_in(world, text)
        world.seen |= words
        if rule is None:
            wrong = {"is nobody of the desk": words - world.published}
        else:
            wrong = rule.objections(words, is_noted=is_noted)
        for why, which in wrong.items():
            if which:
                told = ", ".join(str(world.secrets[word]) for word in sorted(which))
                found.append(f"{state}: {person or 'a reader'} {why}: {look} tells {told}")
    return found


def failing(found: list[str]) -> None:
    assert not found, f"{len(found)} found:\n" + "\n".join(found)


# --- every state ---


STATES = [
    *(pytest.param(each, False, id=each.__name__) for each in walking.WALKED),
    *(
        pytest.param(each, True, id=f"{each.__name__} in full", marks=pytest.mark.drill)
        for each in [*walking.WALKED, *walking.BESIDES]
    ),
]


@pytest.mark.parametrize(("build", "in_full"), STATES)
def test_nobody_sees_what_they_may_not_and_whoever_saw_is_noted(world, build, in_full):
    state = build.__name__
    build(world)
    world.again()
    plain = in_full or state in WITH_PLAIN
    besides = in_full or state in WITH_FILES
    found = walk(world, state, None, walking.looks(world, None, plain=True))
    for name in who_walks(world, outsiders=in_full or state in WITH_OUTSIDERS):
        person = world.people[name]
        ways = walking.looks(world, person, plain=plain, besides=besides)
        # Who is no superuser has the same pages there, and may hold no check where sue does.
        is_there = person.is_superuser or (person.is_staff and world.holds(world.sue) and besides)
        if is_there and (in_full or state in WITH_ADMIN):
            ways += walking.admin_looks(world, plain=plain)
        found += walk(world, state, person, ways)
    found += printed(world, state)
    found += [f"{state}: a mail tells {each.subject}" for each in mail.outbox]
    if state in WITH_PLAIN:
        # Of each kind of row ben's is looked at, and what eda wrote is of no other kind.
        shown = {word for word, each in world.secrets.items() if each.author in ("ben", "eda")}
        shown_to_nobody = shown - world.closed_words() - world.seen
        assert not shown_to_nobody, f"these would not be found if they leaked: {shown_to_nobody}"
    failing(found)


@pytest.mark.heart
def test_who_checks_sees_nothing_of_a_colleague_who_has_handed_in(world):
    """One state and one checker of the walk above: what `make test` shows of it."""
    walking.half(world)
    world.again()
    ways = walking.looks(world, world.ann, besides=False)
    failing(walk(world, "half", world.ann, ways))


def who_walks(world: World, *, outsiders: bool) -> list[str]:
    """Each role; a second editor where that one holds a check."""
    second = ["eli"] if world.holds(world.eli) else []
    return [*MEMBERS, *second, *(OUTSIDE if outsiders else [])]


CLAIMS = str(Path(__file__).parent.parent / "data" / "claims.jsonl")
TEXT = str(Path(__file__).parent.parent / "data" / "texts" / "README.md")

SLUG = "ferry-to-return-in-spring-mayor-says"

COMMANDS: dict[str, list[str]] = {
    "worker": ["--once"],
    "jobs": [],
    "verify_copies": [],
    "verify_proofs": [],
    "capture_sources": ["--dry-run"],
    "check_site": [],
    "export_articles": ["--desk", "desk", "--person", "ann", "--output", os.devnull],
    "export_desk": ["desk", "-"],  # beside the archive, which holds all that a backup does
    "export_article": ["desk", SLUG, "-"],  # likewise
    "export_evidence": ["--desk", "desk", "--person", "ann", SLUG, os.devnull],
    "export_dossier": ["--desk", "desk", SLUG, "--output", os.devnull],  # the page is walked
    "export_checks": ["--desk", "desk", "--output", os.devnull],  # the feed is walked
    "reanchor": ["--person", "cal", "--dry-run"],
    "import_checks": ["--desk", "desk", "--person", "eda", "--dry-run", CLAIMS],
    "import_articles": ["--desk", "desk", "--person", "eda", "--dry-run", TEXT],
}
"""What is run in every state, and with what."""

OF_NO_CLAIM = {
    "archiver_key",
    "backup",
    "demo",
    "erase",
    "fixture",
    "import_article",
    "import_desk",
    "loaddata",
    "restore",
    "setup",
    "split",
}
"""They read files, or the settings, and no claim."""


def printed(world: World, state: str) -> list[str]:
    """What of a claim's secrets commands print."""
    ours = {name for name, app in get_commands().items() if app == "annotations"}
    assert ours == COMMANDS.keys() | OF_NO_CLAIM, "say how a new command is to be run"
    found = []
    for name, options in COMMANDS.items():
        out = io.StringIO()
        try:
            call_command(name, *options, stdout=out, stderr=out)
        except CommandError as refused:  # there is no dossier before something is published
            out.write(str(refused))
        if words := seen_in(world, out.getvalue()):
            found.append(f"{state}: the command {name} prints {sorted(words)}")
    return found


def test_whoever_approves_is_noted_though_they_looked_at_no_page(world):
    """A verdict that somebody signs is one that they have seen."""
    walking.decided(world)
    world.again()
    article = Article.objects.get(pk=world.article.pk)
    acts = {
        f"POST {reverse('approve_all', args=[world.article.pk])}": (
            reverse("approve_all", args=[world.article.pk]),
            {"seen": second_person.shown(article)},
        ),
        "the administration's action": (
            reverse("admin:annotations_claim_changelist"),
            {"action": "approve", "_selected_action": str(world.claim.uuid), "apply": "1"},
        ),
    }
    found = []
    client = client_of(world.mia)
    for name, (url, data) in acts.items():
        with contextlib.suppress(TakenBack), transaction.atomic():
            client.post(url, data)
            assert world.again().status == ClaimStatus.APPROVED, name
            if not Sighting.objects.filter(claim=world.claim, person=world.mia).exists():
                found.append(f"decided: mia approves by {name}, and no sighting is noted")
            raise TakenBack
        world.again()
    failing(found)


# --- how far others are ---

NEW_EACH_TIME = re.compile(
    r"csrfmiddlewaretoken[^>]*|csrftoken[^,;}]*|nonce-[^']*|Set-Cookie[^}]*", re.IGNORECASE
)
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def same_each_time(text: str) -> str:
    """The answer without what is new each time: tokens go, keys are counted as they come."""
    order: dict[str, int] = {}
    text = NEW_EACH_TIME.sub("", text)
    return UUID.sub(lambda key: f"key {order.setdefault(key[0], len(order))}", text)


Told = dict[tuple[str, Look], str]


def told(world: World, names: Iterable[str], ways: dict[str, list[Look]]) -> Told:
    """What each person is answered, by every way to look."""
    found = {}
    for name in names:
        client = client_of(world.people[name])
        for look in ways[name]:
            text, _noted = look_once(world, client, None, look)
            found[name, look] = same_each_time(text)
    return found


def ways_of(world: World, names: Iterable[str], plain: str = "") -> dict[str, list[Look]]:
    """How each may look, and `plain` at plain forms and files too.

    The administration is compared in tests.admin.test_blindness.
    """
    here = Look("here", reverse("here", args=[world.article.pk]), ())
    ways = {}
    for name in names:
        in_full = name == plain
        looks = walking.looks(world, world.people[name], plain=in_full, besides=in_full)
        ways[name] = [*looks, here]
    return ways


def differences(before: Told, after: Told, what: str) -> list[str]:
    found = []
    for (name, look), text in after.items():
        if text != before[name, look]:
            found.append(f"{what}: {name} can tell by {look}: {_changed(before[name, look], text)}")
    return found


def _changed(before: str, after: str) -> str:
    """A line that was not there before, as an example."""
    known = set(before.splitlines())
    new = (line.strip() for line in after.splitlines() if line not in known)
    return next((line[:120] for line in new if line), "lines went")


def at_work(world: World, name: str, time_machine: Any, do: Any) -> None:
    """The colleague does it half an hour after the rest, with a page of the article open."""
    time_machine.move_to("2026-11-24T09:30:00Z", tick=False)
    do()
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    url = reverse("here", args=[world.article.pk])
    client_of(world.people[name]).post(url)


@dataclass(frozen=True, slots=True)
class Step:
    """What a colleague does, and who is asked afterwards whether they can tell."""

    words: str
    do: Callable[[], Any]
    by: str
    watched_by: tuple[str, ...]


def progress(world: World, steps: list[Step], clock: Any, plain: str = "") -> list[str]:
    """What these people can tell of each step, and of those before it."""
    clock.move_to("2026-11-24T10:00:00Z", tick=False)
    names = dict.fromkeys(name for step in steps for name in step.watched_by)
    ways = ways_of(world, names, plain)
    before = told(world, names, ways)
    found = []
    for step in steps:
        at_work(world, step.by, clock, step.do)
        after = told(world, step.watched_by, ways)
        found += differences(before, after, step.words)
    return found


def test_who_holds_a_check_cannot_tell_how_far_a_colleague_is(world, time_machine):
    """Asked (ann), handed in (dot, and eli who is an editor), at work (sue, a superuser)."""
    walking.asked(world)

    def draft() -> None:
        walking.draft(world, world.ben)

    def hand_in() -> None:
        walking.hand_in(world, world.ben)

    everybody = ("ann", "dot", "eli", "sue")
    steps = [
        Step("checking, ben drafts", draft, "ben", ("eli",)),
        Step("checking, ben drafts and hands in", hand_in, "ben", everybody),
    ]
    failing(progress(world, steps, time_machine, plain="eli"))


def test_who_is_asked_before_checking_opens_cannot_tell_who_else_is(world, time_machine):
    walking.spotted(world)
    workflow.assign(world.claim, world.eli, actor=world.eda)

    def assign() -> None:
        workflow.assign(world.claim, world.ben, actor=world.eda)

    steps = [Step("marked, ben is asked", assign, "ben", ("ann", "eli"))]
    failing(progress(world, steps, time_machine))


def test_nor_how_far_one_is_who_was_asked_again(world, time_machine):
    """ann has handed in before, eli is asked beside the superuser sue."""
    walking.asked_again(world)

    def draft() -> None:
        walking.draft(world, world.sue)

    steps = [Step("asked again, sue drafts", draft, "sue", ("ann", "eli"))]
    failing(progress(world, steps, time_machine))


@pytest.mark.heart
def test_nor_how_far_one_is_whose_annotation_was_returned(world, time_machine):
    walking.returned(world)

    def draft() -> None:
        walking.draft(world, world.ann)

    failing(
        progress(world, [Step("returned, ann writes on", draft, "ann", ("ben",))], time_machine)
    )


def aside(world: World, actor: User) -> None:
    workflow.set_aside(world.again(), SetAside.OPINION, actor=actor)


def aside_and_back(world: World, actor: User) -> None:
    aside(world, actor)
    workflow.bring_back(world.again(), actor=actor, reason="It can be checked.")


ASIDE = {
    "set aside by eda": (aside, "eda", ("ann", "dot", "eli")),
    "set aside by eli, who checks it": (aside, "eli", ("eli",)),
    "set aside and brought back by eli, who checks it": (aside_and_back, "eli", ("eli",)),
}
"""What is done, by whom, and who might be able to tell then."""


def if_it_was(world: World, what: str, ways: dict[str, list[Look]]) -> Told:
    """What people would be answered if that was done, or refused; it is taken back."""
    do, by, names = ASIDE[what]
    found: Told = {}
    with contextlib.suppress(TakenBack), transaction.atomic():
        with contextlib.suppress(workflow.Refused, PermissionDenied), transaction.atomic():
            do(world, world.people[by])
        found = told(world, names, ways)
        raise TakenBack
    world.again()
    return found


@pytest.mark.drill
def test_setting_a_claim_aside_tells_nobody_who_checks_it_how_far_others_were(world, time_machine):
    """Whoever did it: an editor who checks, or one who does not; nor bringing it back oneself."""
    walking.asked(world)
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    ways = ways_of(world, ("ann", "dot", "eli"))
    before = {what: if_it_was(world, what, ways) for what in ASIDE}
    at_work(world, "ben", time_machine, lambda: walking.hand_in(world, world.ben))
    found = []
    for what in ASIDE:
        after = if_it_was(world, what, ways)
        found += differences(before[what], after, f"{what}, ben had handed in")
    failing(found)
