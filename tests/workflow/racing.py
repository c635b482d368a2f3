"""Several acts at once, and a desk on which every move can be raced against every other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection, transaction
from django.utils import timezone

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import (
    Article,
    Citation,
    Claim,
    Claimant,
    Desk,
    Membership,
    Orphan,
    RatingScale,
    ReplyRequest,
    SourceChange,
    User,
    Watch,
)
from annotations.vocabulary import Dealing
from annotations.workflow import watching
from tests import cast as c
from tests.cast import Cast

REFUSALS = ("Closed", "Stale")
"""Refusals of a kind."""
NO_FAULTS = {"done", "Refused", "PermissionDenied", *REFUSALS}
"""How an act may end."""


def at_once(*acts: Callable[[], object]) -> Counter[str]:
    """Run each act in a thread of its own, all let go together; how they ended, by name."""
    barrier, ends = Barrier(len(acts)), Counter[str]()

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            ends["done"] += 1
        except Exception as error:  # every way it ends is counted, and compared by the test
            ends[type(error).__name__] += 1
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def crossing(first: Callable[[], object], second: Callable[[], object]) -> str:
    """How `second` ends where `first` is done, but holds only once `second` waits or has ended."""
    ends = Counter[str]()
    thread = Thread(target=lambda: ends.update(at_once(second)))
    with transaction.atomic():
        first()
        thread.start()
        while thread.is_alive() and not waits_for_us():
            thread.join(0.01)
    thread.join()
    [end] = ends
    return end


def waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks"
            " where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])


class Busy(Cast):
    """A desk with three claims being checked, also by somebody whose membership changes."""

    gus: User
    membership: Membership
    finer: RatingScale

    def __init__(self) -> None:
        super().__init__(lapse_days=7)
        self.gus = c.make_person("gus", self.desk)
        self.membership = self.gus.memberships.get()
        self.finer = c.make_scale("finer")
        self.article_ = c.import_text(self.desk, self.eda, f"{c.TEXT}\n\nA fine day.")
        self.claims = [
            c.mark(self.article_, words, self.eda) for words in ("We never", "The line", "new pier")
        ]
        c.triage_all(self.article_, self.eda)
        people = [self.ann, self.ben, self.gus]
        workflow.open_checking(self.article_, people, actor=self.eda)
        for claim in self.claims:
            for person in (self.ann, self.ben):
                answer = workflow.Answer(c.rating(claim, "true"), "So it is", "We looked")
                check = c.check_of(claim, person)
                workflow.save_annotation(check, answer, person=person, based_on=0)

    def let_in_again(self) -> None:
        workflow.set_active(self.gus, False, actor=None)
        workflow.set_active(self.gus, True, actor=None)

    # --- stages of an article beside it ---

    def article(self) -> Article:
        """Each time another: the same text again would be the article that is there."""
        number = self.desk.articles.count()
        return c.import_text(self.desk, self.eda, f"{c.TEXT}\n\nIt is number {number}.")

    def busy(self) -> tuple[Article, Claim]:
        """The three claims themselves."""
        return self.article_, self.claims[0]

    def to_take(self) -> tuple[Article, Claim]:
        """Whoever comes may check it."""
        article, claim = self.marked()
        workflow.open_checking(article, [], actor=self.eda, way=Dealing.TAKEN)
        return article, claim

    def agreeing(self) -> tuple[Article, Claim]:
        """All who checked it say the same."""
        return self.deciding("true", "true")

    def retitled(self) -> tuple[Article, Claim]:
        """Readers have it under another title than it has by now."""
        article, claim = self.published()
        return c.retitle(article, self.eda), claim

    def to_confirm(self) -> tuple[Article, Claim]:
        """The sentence around its mark changed."""
        article, claim = self.marked()
        revise(article, c.TEXT.replace("the mayor said", "she said"), self.eda)
        return article, claim

    def orphaned(self) -> tuple[Article, Claim]:
        """Its words are in the text no more."""
        article, claim = self.marked()
        revise(article, "Another text.\n\nIt has nothing of the first.", self.eda)
        return article, claim

    def half_orphaned(self) -> tuple[Article, Claim]:
        """One of the two places where it stood is gone."""
        article, claim = self.marked()
        start = c.TEXT.index("It is a fine pier")
        workflow.mark(article, start, start + 17, actor=self.eda, claim=claim)
        revise(article, c.TEXT.replace(" It is a fine pier.", ""), self.eda)
        return article, claim

    def placeless(self) -> tuple[Article, Claim]:
        """Let go, and brought back: it has no place in the text."""
        article, claim = self.orphaned()
        workflow.let_go(self.orphan(article), "gone", actor=self.eda)
        workflow.bring_back(claim, actor=self.eda, reason="It is in the caption.")
        return article, claim

    def watched(self) -> tuple[Article, Claim]:
        """Readers have it, and a worker looks at the page that it stands on."""
        article, claim = self.published()
        watching.begin(timezone.now() - dt.timedelta(days=2))
        assert watching.claim(timezone.now())
        return article, claim

    def changed(self) -> tuple[Article, Claim]:
        """The page that it stands on has moved."""
        article, claim = self.watched()
        self.page_moves()
        return article, claim

    def written_to(self) -> tuple[Article, Claim]:
        """Somebody was asked by a letter that is followed by a reminder."""
        until = timezone.localdate() + dt.timedelta(days=7)
        letter = workflow.ReplyLetter("mayor@town.example", "A claim", "Is it so?", reminds=True)
        workflow.ask_reply(
            self.claims,
            "The mayor",
            channel="email",
            actor=self.eli,
            until=until,
            letter=letter,
            fill=lambda asked: letter.body,
        )
        return self.busy()

    def two_languages(self) -> tuple[Article, Claim]:
        """Readers have it, and an article in another language that is not tied to it yet."""
        article, claim = self.published()
        other = self.in_german()
        self.publish(other, c.mark(other, c.SECOND, self.eda))
        return article, claim

    # --- what moves are given ---

    def days(self) -> int:
        return (Desk.objects.get(pk=self.desk.pk).lapse_days or 0) + 1

    def colour(self) -> str:
        return "#000000" if Desk.objects.get(pk=self.desk.pk).colour else "#0b4a9e"

    def role(self) -> str:
        roles = self.gus.memberships.values_list("role", flat=True)
        return "observer" if "checker" in roles else "checker"

    def claimants(self) -> tuple[Claimant, Claimant]:
        """Two of them, also in a thread of their own."""
        names = ("The mayor", "Mayor Lind")
        made = [Claimant.objects.get_or_create(desk=self.desk, name=each)[0] for each in names]
        return made[0], made[1]

    def in_german(self) -> Article:
        return c.import_text(self.desk, self.eli, f"Zur Fähre\n\n{c.TEXT}", language="de")

    def orphan(self, article: Article) -> Orphan:
        return Orphan.objects.get(revision__article=article)

    def change(self, claim: Claim) -> SourceChange:
        return SourceChange.objects.filter(claim=claim).latest("pk")

    def asked(self) -> ReplyRequest:
        return workflow.ask_reply(self.claims, "The mayor", channel="phone", actor=self.eli)

    def cited(self) -> Citation:
        check = c.check_of(self.claims[0], self.ann)
        source = workflow.SourceDraft("Register")
        return workflow.save_citation(check, source, person=self.ann, stance="context")

    # --- moves of several steps ---

    def submit_all(self, person: User) -> None:
        """In an order of its own, as the page does."""
        for claim in self.claims:
            workflow.submit(c.check_of(claim, person), actor=person)

    def mark_one(self) -> Claim:
        return c.mark(self.article_, "It is a fine pier", self.eli)

    def page_moves(self) -> None:
        """The worker that holds the page has seen that it leads elsewhere."""
        held = Watch.objects.get(claimed_until__isnull=False)
        watching.seen(held, timezone.now(), moved_to="https://moved.example/")


def revise(article: Article, text: str, person: User) -> None:
    number = Article.objects.get(pk=article.pk).revision.number
    exchange.revise(article, plain.read(text, "en"), actor=person, based_on=number)
