"""The cast: people, desks and an article at each stage, made by plain factory functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pytest

from annotations import exchange, workflow
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Claim,
    Desk,
    Membership,
    Rating,
    RatingScale,
    Source,
    User,
)
from annotations.vocabulary import Role, Triage
from tests.replaying import replayed

Steps = ParamSpec("Steps")
Given = TypeVar("Given")

TEXT = """Ferry to return in spring, mayor says

“We never asked them to stop sailing,” the mayor said. The line carried 4,000 people last year.

What came before
In 2024 the town paid for a new pier. It is a fine pier."""
"""Three claims' worth of text: 4 body sentences, 2 headings."""

MARKED = "We never asked them to stop sailing"
SECOND = "The line carried 4,000 people last year"


def make_scale(slug: str = "three") -> RatingScale:
    scale = RatingScale.objects.create(name="Three", slug=slug)
    for order, (rating, tone, value) in enumerate(
        [
            ("True", "true", 3),
            ("Half", "context", 2),
            ("False", "false", 1),
            ("Open", "unproven", None),
        ]
    ):
        Rating.objects.create(
            scale=scale,
            slug=rating.lower(),
            label=rating,
            definition=f"It is {rating.lower()}.",
            tone=tone,
            order=order,
            value=value,
        )
    return scale


def make_desk(slug: str = "desk", preset: str = "four", needed: int = 2, **fields) -> Desk:
    if "scale" not in fields:
        fields["scale"] = RatingScale.objects.filter(slug="three").first() or make_scale()
    fields = {"name": slug.title(), "organisation": f"The {slug.title()} Post"} | fields
    return Desk.objects.create(slug=slug, preset=preset, annotations_needed=needed, **fields)


def make_person(name: str, desk: Desk | None = None, role: str = Role.CHECKER) -> User:
    person = User.objects.create_user(name, password=name, first_name=name.title())
    if desk is not None:
        Membership.objects.create(desk=desk, user=person, role=role)
    return person


def make_editor(person: User, desk: Desk) -> None:
    """Give a member another role, as a manager would later."""
    Membership.objects.filter(user=person, desk=desk).update(role=Role.EDITOR)


def import_text(desk: Desk, actor: User, text: str = TEXT, **fields) -> Article:
    return exchange.import_text(desk, text, actor=actor, **fields).article


def mark(article: Article, words: str, actor: User, **wording) -> Claim:
    text = article.revision.text
    start = text.index(words)
    draft = workflow.ClaimDraft(**({"claim_reviewed": f"It is so that: {words}"} | wording))
    return workflow.mark(article, start, start + len(words), actor=actor, wording=draft).claim


def retitle(article: Article, actor: User, title: str = "Another title") -> Article:
    """Give the article another title, which readers get with its next edition."""
    now = {"title": Article.objects.get(pk=article.pk).title}
    workflow.describe(article, {"title": title}, actor=actor, base=now)
    return article


def triage_all(article: Article, actor: User) -> None:
    """Call every sentence that is not triaged yet unimportant."""
    left = article.revision.sentences.filter(triage="", number__isnull=False)
    numbers = [row.number for row in left if row.number]
    workflow.triage(article, numbers, Triage.UNIMPORTANT, actor=actor)


def check_of(claim: Claim, person: User) -> Assignment:
    return Assignment.objects.get(claim=claim, person=person)


def rating(claim: Claim, slug: str) -> Rating:
    return claim.desk.scale.ratings.get(slug=slug)


def annotate(claim: Claim, person: User, slug: str = "false", text: str = "") -> Assignment:
    """Write and submit an annotation with one source."""
    check = check_of(claim, person)
    workflow.start(check, actor=person)
    annotation = getattr(Assignment.objects.get(pk=check.pk), "annotation", None)
    workflow.save_annotation(
        check,
        workflow.Answer(
            rating(claim, slug),
            text or f"Finding of {person}",
            f"Because, says {person}",
            "high",
        ),
        person=person,
        based_on=annotation.version if annotation else 0,
    )
    workflow.save_citation(
        check,
        workflow.SourceDraft(f"Register of {person}", url=f"https://records.example/{person}"),
        person=person,
        stance="contradicts",
        passage=f"Passage of {person}",
    )
    workflow.submit(check, actor=person)
    return check


def look(person: User) -> None:
    """Read whatever annotations the person may see, as their pages would show them."""
    list(Annotation.objects.visible_to(person))


def decide(claim: Claim, person: User, slug: str = "false", **fields) -> None:
    source = Source.objects.filter(desk=claim.desk).first()
    draft = {
        "finding": f"Decided by {person}",
        "justification": "We looked.",
        "cause": "error",
        "reason": "The second register is newer.",
        "citations": [workflow.CitationDraft(source, "contradicts")] if source else [],
    } | fields
    workflow.decide(claim, workflow.VerdictDraft(rating(claim, slug), **draft), actor=person)


def stage(method: Callable[Steps, Given]) -> Callable[Steps, Given]:
    """Take these steps once in a run, and put back what they left in the tests after that."""

    @wraps(method)
    def replay(*args: Steps.args, **kwargs: Steps.kwargs) -> Given:
        self, *others = args
        name = (method.__name__, repr(others), repr(kwargs))
        return replayed(name, lambda: method(*args, **kwargs), known=vars(self))

    return replay


class Cast:
    """A desk of four and more: two checkers, two editors, a manager, an observer, a stranger."""

    def __init__(self, **desk: Any) -> None:
        name = ("cast", repr(sorted(desk.items())))
        self.__dict__ |= replayed(name, lambda: self._made(**desk).__dict__)

    def _made(self, **desk: Any) -> Cast:
        self.desk = make_desk(**desk)
        self.ann = make_person("ann", self.desk)
        self.ben = make_person("ben", self.desk)
        self.eda = make_person("eda", self.desk, Role.EDITOR)
        self.eli = make_person("eli", self.desk, Role.EDITOR)
        self.mia = make_person("mia", self.desk, Role.MANAGER)
        self.ola = make_person("ola", self.desk, Role.OBSERVER)
        self.stranger = make_person("stranger", make_desk("elsewhere"), Role.MANAGER)
        return self

    @stage
    def article(self) -> Article:
        return import_text(self.desk, self.eda)

    @stage
    def marked(self) -> tuple[Article, Claim]:
        """An article with one claim and every sentence triaged."""
        article = self.article()
        claim = mark(article, MARKED, self.eda)
        triage_all(article, self.eda)
        return article, claim

    @stage
    def checking(self) -> tuple[Article, Claim]:
        article, claim = self.marked()
        workflow.open_checking(article, [self.ann, self.ben], actor=self.eda)
        return article, claim

    @stage
    def deciding(self, ann: str = "false", ben: str = "half") -> tuple[Article, Claim]:
        article, claim = self.checking()
        annotate(claim, self.ann, ann)
        annotate(claim, self.ben, ben)
        return article, claim

    @stage
    def decided(self) -> tuple[Article, Claim]:
        article, claim = self.deciding()
        decide(claim, self.eda)
        return article, claim

    @stage
    def approved(self) -> tuple[Article, Claim]:
        article, claim = self.decided()
        workflow.approve(claim, actor=self.eli)
        return article, claim

    @stage
    def published(self) -> tuple[Article, Claim]:
        article, claim = self.approved()
        workflow.publish(article, actor=self.eli)
        return article, claim

    def publish(self, article: Article, claim: Claim) -> None:
        """Take a claim that is marked in an article of one's own making all the way."""
        triage_all(article, self.eda)
        workflow.open_checking(article, [self.ann, self.ben], actor=self.eda)
        for person in (self.ann, self.ben):
            annotate(claim, person, "false")
        decide(claim, self.eda)
        workflow.approve(claim, actor=self.eli)
        workflow.publish(article, actor=self.eli)

    @stage
    def corrected(self) -> tuple[Article, Claim]:
        """A published claim whose verdict was changed in public."""
        article, claim = self.published()
        workflow.reopen(claim, actor=self.eli, reason="A letter came.")
        decide(claim, self.eda, "half", finding="Half of it is so.")
        workflow.approve(claim, actor=self.eli)
        note = workflow.CorrectionNote("correction", "A letter shows it.")
        workflow.publish(article, actor=self.eli, notes={claim.pk: note})
        return article, claim


@pytest.fixture
def cast(db) -> Cast:
    return Cast()
