"""How a story is told: people, claims and what is said of them go through the moves, as at a desk.

The clock stands still unless a story moves it, so that a story told again has the same times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import time_machine

from annotations import exchange, workflow
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Claim,
    Desk,
    Membership,
    Rating,
    User,
)
from annotations.vocabulary import Confidence, Role, Task, Triage
from annotations.workflow import as_draft


@dataclass(frozen=True, slots=True)
class Evidence:
    """A use of a source."""

    source: workflow.SourceDraft
    stance: str
    passage: str = ""
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one checker wrote."""

    rating: str
    finding: str
    justification: str
    evidence: Sequence[Evidence] = ()
    confidence: str = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim: the words marked, its wording, two answers, and why the decider chose the first."""

    words: str
    wording: workflow.ClaimDraft
    answers: Sequence[Answer] = ()
    said_on: str = ""
    again: str = ""
    """Other words of the article that make the same claim."""
    aside: str = ""
    """Why it is set aside instead, and the note that readers see."""
    note: str = ""
    cause: str = ""
    reason: str = ""


@dataclass
class Story:
    """A desk at work, with its clock."""

    desk: Desk
    clock: time_machine.Traveller
    people: dict[str, User] = field(default_factory=dict)

    def at(self, moment: str) -> None:
        """Move the clock to a moment in UTC."""
        self.clock.move_to(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC))

    def after(self, minutes: int) -> None:
        self.clock.shift(dt.timedelta(minutes=minutes))

    def member(self, username: str, first: str, last: str, role: Role) -> User:
        """A person nobody can sign in as until `manage.py demo` sets a password."""
        person = User.objects.create(
            username=username,
            password="!",
            first_name=first,
            last_name=last,
            # Editors and managers are let into the admin; what they see there, rights.py says.
            is_staff=role in (Role.EDITOR, Role.MANAGER),
        )
        Membership.objects.create(desk=self.desk, user=person, role=role)
        self.people[username] = person
        return person

    def guidelines(self, actor: User, text: str) -> None:
        workflow.write_guidelines(self.desk, text, actor=actor, based_on=0)

    def article(self, actor: User, text: str, name: str = "", **fields: Any) -> Article:
        return exchange.import_text(
            self.desk, text.encode(), actor=actor, name=name, **fields
        ).article

    def mark(self, article: Article, tellings: Sequence[Telling], actor: User) -> list[Claim]:
        """Mark the claims in the order told, and set aside those that are not checked."""
        text = article.revision.text
        claims = []
        for telling in tellings:
            start = _only(text, telling.words)
            made = workflow.mark(
                article,
                start,
                start + len(telling.words),
                actor=actor,
                wording=telling.wording,
                said_on=telling.said_on,
            )
            claims.append(made.claim)
            if telling.again:
                start = _only(text, telling.again)
                end = start + len(telling.again)
                workflow.mark(
                    article, start, end, actor=actor, claim=made.claim, said_on=telling.said_on
                )
            self.after(2)
            if telling.aside:
                workflow.set_aside(made.claim, telling.aside, actor=actor, note=telling.note)
        return claims

    def triage(self, article: Article, actor: User, **numbers: Sequence[int]) -> None:
        """Say what sentences are, by value; every other one is factual but unimportant."""
        for value, chosen in numbers.items():
            workflow.triage(article, chosen, value, actor=actor)
        left = article.revision.sentences.filter(triage="", number__isnull=False)
        rest = [row.number for row in left if row.number is not None]
        workflow.triage(article, rest, Triage.UNIMPORTANT, actor=actor)

    def draft(self, claim: Claim, person: User, answer: Answer) -> Assignment:
        """Write an annotation, and leave it unsubmitted."""
        check = Assignment.objects.get(claim=claim, person=person, task=Task.CHECK)
        workflow.start(check, actor=person)
        workflow.save_annotation(
            check,
            workflow.Answer(
                self.rating(answer.rating), answer.finding, answer.justification, answer.confidence
            ),
            person=person,
            based_on=0,
        )
        for use in answer.evidence:
            workflow.save_citation(
                check,
                use.source,
                person=person,
                stance=use.stance,
                passage=use.passage,
                locator=use.locator,
                note=use.note,
            )
        return check

    def annotate(self, claim: Claim, person: User, answer: Answer) -> None:
        check = self.draft(claim, person, answer)
        self.after(11)
        workflow.submit(check, actor=person)

    def decide(self, claim: Claim, telling: Telling, adopted: User, actor: User) -> None:
        """The decider reads both, and lets one person's text stand."""
        shown = Annotation.objects.visible_to(actor).filter(assignment__claim=claim)
        annotation = next(row for row in shown if row.assignment.person == adopted)
        draft = replace(as_draft(annotation), cause=telling.cause, reason=telling.reason)
        workflow.decide(claim, draft, actor=actor)

    def rating(self, slug: str) -> Rating:
        return self.desk.scale.ratings.get(slug=slug)


def _only(text: str, words: str) -> int:
    """Where the words stand, in code points; they stand there only once."""
    if text.count(words) != 1:
        raise ValueError(f"“{words}” stands {text.count(words)} times in the text.")
    return text.index(words)
