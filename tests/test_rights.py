"""Who may do what: the table of rights, and the moves held against it person by person."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from annotations import rights, workflow
from annotations.exchange import earlier
from annotations.formats.earlier import Check, Found
from annotations.models import (
    Annotation,
    ArchiveRequest,
    Article,
    Assignment,
    Capture,
    Citation,
    Claim,
    Claimant,
    Correction,
    Criticism,
    Desk,
    Edition,
    Guidelines,
    Link,
    Mark,
    Membership,
    Original,
    Orphan,
    Phrase,
    Picture,
    ReplyRequest,
    Revision,
    Sentence,
    Snapshot,
    Source,
    SourceChange,
    Step,
    Transition,
    User,
    Verdict,
)
from annotations.rights import Right
from annotations.vocabulary import Dealing, Role
from tests import cast as c
from tests.workflow.test_revising import CONTEXT, GONE, revise

SENT = workflow.Sent("a.txt", b"A text.")
CHECKS = Found("claim set", (Check("one", "", "It is so."),))

# The truth, written out a second time by hand.
TABLE = {
    #                 observer checker editor manager
    Right.READ: "            x       x      x       x",
    Right.ANNOTATE: "        -       x      x       x",
    Right.IMPORT: "          -       -      x       x",
    Right.MARK: "            -       -      x       x",
    Right.ASSIGN: "          -       -      x       x",
    Right.OPEN: "            -       -      x       x",
    Right.DECIDE: "          -       -      x       x",
    Right.APPROVE: "         -       -      x       x",
    Right.PUBLISH: "         -       -      x       x",
    Right.WITHDRAW: "        -       -      -       x",
    Right.MANAGE: "          -       -      -       x",
}
ROLES = [Role.OBSERVER, Role.CHECKER, Role.EDITOR, Role.MANAGER]

# Who may make each move, once it is possible at all. The people:
#   olga observer, carl checker, ed editor, max manager: none of them had to do with the claim
#   stranger  manager of another desk      gone   editor, deactivated
#   root      superuser, member nowhere    left   editor whose membership was ended
PEOPLE = ["olga", "carl", "ed", "max", "stranger", "gone", "root", "left"]
MOVES = {
    #                 olga carl ed max stranger gone root left
    "import": "         -    -  x   x        -    -    -    -",
    "mark": "           -    -  x   x        -    -    -    -",
    "triage": "         -    -  x   x        -    -    -    -",
    "unmark": "         -    -  x   x        -    -    -    -",
    "put back": "       -    -  x   x        -    -    -    -",
    "mark step": "      -    -  x   x        -    -    -    -",
    "mark new": "       -    -  x   x        -    -    -    -",
    "unmark step": "    -    -  x   x        -    -    -    -",
    "triage step": "    -    -  x   x        -    -    -    -",
    "undo": "           -    -  x   x        -    -    -    -",
    "redo": "           -    -  x   x        -    -    -    -",
    "save wording": "   -    -  x   x        -    -    -    -",
    "set aside": "      -    -  x   x        -    -    -    -",
    "bring back": "     -    -  x   x        -    -    -    -",
    "reword": "         -    -  x   x        -    -    -    -",
    "assign": "         -    -  x   x        -    -    -    -",
    "open checking": "  -    -  x   x        -    -    -    -",
    "start": "          -    x  x   x        -    -    -    -",
    "save": "           -    x  x   x        -    -    -    -",
    "cite": "           -    x  x   x        -    -    -    -",
    "submit": "         -    x  x   x        -    -    -    -",
    "start another's": "-    -  -   -        -    -    -    -",
    "save another's": " -    -  -   -        -    -    -    -",
    "cite in another's": "- - -   -        -    -    -    -",
    "submit another's": "-   -  -   -        -    -    -    -",
    "return": "         -    -  x   x        -    -    -    -",
    "ask again": "      -    -  x   x        -    -    -    -",
    "decide": "         -    -  x   x        -    -    -    -",
    "add source": "     -    -  x   x        -    -    -    -",
    "adopt agreed": "   -    -  x   x        -    -    -    -",
    "approve": "        -    -  x   x        -    -    -    -",
    "send back": "      -    -  x   x        -    -    -    -",
    "publish": "        -    -  x   x        -    -    -    -",
    "approve article": "-    -  x   x        -    -    -    -",
    "reopen": "         -    -  x   x        -    -    -    -",
    "decline": "        -    x  x   x        -    -    -    -",
    "decline another's": "-  -  -   -        -    -    -    -",
    "take back": "      -    -  x   x        -    -    -    -",
    "ask to decide": "  -    -  x   x        -    -    -    -",
    "ask reply": "      -    -  x   x        -    -    -    -",
    "no reply needed": "-    -  x   x        -    -    -    -",
    "keep reply": "     -    -  x   x        -    -    -    -",
    "settle change": "  -    -  x   x        -    -    -    -",
    "archive again": "  -    -  x   x        -    -    -    -",
    "note criticism": " -    -  x   x        -    -    -    -",
    "drop criticism": " -    -  x   x        -    -    -    -",
    "look for answer": "-    -  x   x        -    -    -    -",
    "withdraw reply": " -    -  x   x        -    -    -    -",
    "note reply read": "-    -  x   x        -    -    -    -",
    "write letter": "   -    -  -   x        -    -    -    -",
    "keep phrase": "    -    -  x   x        -    -    -    -",
    "remove phrase": "  -    -  x   x        -    -    -    -",
    "plan review": "    -    -  x   x        -    -    -    -",
    "withdraw": "       -    -  -   x        -    -    -    -",
    "retract": "        -    -  -   x        -    -    -    -",
    "confirm taking back": "        -    -  x   x        -    -    -    -",
    "plan": "           -    -  x   x        -    -    -    -",
    "hand over": "      -    -  x   x        -    -    -    -",
    "look after": "     -    -  x   x        -    -    -    -",
    "take": "           -    x  x   x        -    -    -    -",
    "describe": "       -    -  x   x        -    -    -    -",
    "translate": "      -    -  x   x        -    -    -    -",
    "untie": "          -    -  x   x        -    -    -    -",
    "translate a claim": " -   -  x   x        -    -    -    -",
    "untie a claim": "  -    -  x   x        -    -    -    -",
    "keep earlier checks": " -    -  x   x        -    -    -    -",
    "bring": "          -    -  x   x        -    -    -    -",
    "stop file import": " -   -  x   x        -    -    -    -",
    "stop another's file import": "- - - -     -    -    -    -",
    "revise": "         -    -  x   x        -    -    -    -",
    "confirm": "        -    -  x   x        -    -    -    -",
    "attach": "         -    -  x   x        -    -    -    -",
    "let go": "         -    -  x   x        -    -    -    -",
    "look again": "     -    -  x   x        -    -    -    -",
    # Somebody must make the first manager: superusers may, and see no more of the work for it.
    "change rules": "   -    -  -   x        -    -    x    -",
    "change scale": "   -    -  -   x        -    -    x    -",
    "set up": "         -    -  -   -        -    -    x    -",
    "invite": "         -    -  -   x        -    -    x    -",
    "uninvite": "       -    -  -   x        -    -    x    -",
    "enrol": "          -    -  -   x        -    -    x    -",
    "merge claimants": "-    -  x   x        -    -    -    -",
    "part claimants": " -    -  x   x        -    -    -    -",
    "change claimant": "-    -  x   x        -    -    -    -",
    "end membership": " -    -  -   x        -    -    x    -",
    "set active": "     -    -  -   -        -    -    x    -",
    "open an account": "-    -  -   -        -    -    x    -",
    "change look": "    -    -  -   x        -    -    -    -",
    "write guidelines": " -  -  -   x        -    -    -    -",
    "write statement": "  -  -  -   x        -    -    -    -",
}


class Everyone(c.Cast):
    """The cast, and one person of every kind who had nothing to do with the claim."""

    def __init__(self) -> None:
        super().__init__()
        gone = c.make_person("gone", self.desk, Role.EDITOR)
        left = c.make_person("left", self.desk, Role.EDITOR)
        User.objects.filter(pk=gone.pk).update(is_active=False)
        Membership.objects.filter(user=left).delete()
        User.objects.create_superuser("root", password="root")
        for name, role in zip(["olga", "carl", "ed", "max"], ROLES, strict=True):
            c.make_person(name, self.desk, role)

    def people(self) -> list[User]:
        return [User.objects.get(username=name) for name in PEOPLE]

    def asked(self, claim: Claim) -> ReplyRequest:
        return workflow.ask_reply([claim], "The mayor", channel="email", actor=self.eli)

    def changed(self, claim: Claim) -> SourceChange:
        source = Source.objects.filter(citations__verdict__claim=claim)[0]
        return SourceChange.objects.create(source=source, claim=claim, kind="gone")

    def have_archived_again(self, claim: Claim, person: User) -> None:
        """A service did not save what the verdict stands on: it is sent there again."""
        Desk.objects.filter(pk=claim.desk_id).update(to_internet_archive=True)
        refused = ArchiveRequest.objects.create(
            source=Source.objects.get(citations__verdict=claim.verdict_id),
            service="internet_archive",
            state="failed",
            finished_at=timezone.now(),
        )
        with override_settings(INTERNET_ARCHIVE_KEYS="key:secret"):
            workflow.archive_again(refused, actor=person)

    def criticised(self, claim: Claim) -> Criticism:
        workflow.note_criticism([claim], "The mayor", actor=self.eli)
        return Criticism.objects.get(claim=claim)

    def closed(self) -> User:
        workflow.set_active(self.ola, False, actor=None)
        return self.ola

    def named(self) -> tuple[Claimant, Claimant]:
        names = ("Ada Smith", "The mayor")
        main, other = (Claimant.objects.create(desk=self.desk, name=name) for name in names)
        return main, other

    def rename(self, person: User) -> int:
        main, _other = self.named()
        was = workflow.ClaimantDraft.of(main)
        said = workflow.ClaimantDraft("Ada Jones", "person")
        return workflow.change_claimant(main, said, actor=person, based_on=was)

    def merged(self) -> Claimant:
        main, _other = self.named()
        return Claimant.objects.create(desk=self.desk, name="Mayor Smith", same_as=main)

    def withdrawn(self) -> tuple[Article, Claim]:
        article, claim = self.published()
        workflow.withdraw(article, actor=self.mia, why="A court asked for it.")
        return article, claim

    def phrase(self) -> Phrase:
        return Phrase.objects.create(desk=self.desk, name="Old", body="x", written_by=self.eda)

    def in_french(self) -> Article:
        return c.import_text(self.desk, self.eda, "Le maire a dit cela.", language="fr")

    def translated(self, original: Article) -> Article:
        article = self.in_french()
        workflow.translate(article, original, actor=self.eda)
        article.refresh_from_db()
        return article

    def claim_in_french(self) -> Claim:
        return c.mark(self.in_french(), "Le maire a dit cela", self.eda)

    def translated_claim(self, original: Claim) -> Claim:
        claim = self.claim_in_french()
        workflow.translate(claim, original, actor=self.eda)
        return claim

    def unsure(self) -> tuple[Article, Claim]:
        article, claim = self.marked()
        revise(article, CONTEXT, self.eda)
        return article, claim

    def orphaned(self) -> tuple[Article, Claim]:
        article, claim = self.marked()
        revise(article, GONE, self.eda)
        return article, claim

    def step(self, article: Article, person: User, is_undone: bool = False) -> Article:
        """The article, with a step of this person, whoever that is, that is done or undone."""
        values = ["", "unimportant"] if not is_undone else ["unimportant", "opinion"]
        what = {"triage": {"2": values}}
        Step.objects.create(
            article=article, person=person, kind="triage", what=what, is_undone=is_undone
        )
        return article

    def own_check(self, claim: Claim, person: User) -> Assignment:
        """A check asked of this person, whoever that is, with an answer ready to submit."""
        check = Assignment.objects.create(claim=claim, person=person, assigned_by=self.eda)
        Annotation.objects.create(
            assignment=check, rating=c.rating(claim, "true"), finding="So.", justification="Look."
        )
        return check


def answer(claim: Claim) -> workflow.Answer:
    return workflow.Answer(c.rating(claim, "true"), "So it is.")


def verdict(claim: Claim) -> workflow.VerdictDraft:
    return workflow.VerdictDraft(
        c.rating(claim, "true"), "So.", "We looked.", cause="error", reason="Read again."
    )


WORDING = workflow.ClaimDraft("Something else is so")
Act = Callable[[Everyone, Article, Claim, User], Any]

# Move: the stage at which it is possible, and how it is made.
ACTS: dict[str, tuple[str, Act]] = {
    "import": ("marked", lambda e, a, q, p: c.import_text(e.desk, p, "Another text.")),
    "mark": ("marked", lambda e, a, q, p: c.mark(a, c.SECOND, p)),
    "triage": ("marked", lambda e, a, q, p: workflow.triage(a, [2], "opinion", actor=p)),
    "unmark": ("marked", lambda e, a, q, p: workflow.unmark(a, q.marks.get(), actor=p)),
    "put back": (
        "marked",
        lambda e, a, q, p: workflow.put_back(
            a, workflow.unmark(a, q.marks.get(), actor=e.eda), actor=p
        ),
    ),
    "mark step": (
        "marked",
        lambda e, a, q, p: workflow.mark_step(a, [(0, 5)], actor=p, exact="Ferry", wording=WORDING),
    ),
    "mark new": (
        "marked",
        lambda e, a, q, p: workflow.mark_new(a, [(0, 5)], actor=p, exact="Ferry", wording=WORDING),
    ),
    "unmark step": ("marked", lambda e, a, q, p: workflow.unmark_step(a, q.marks.get(), actor=p)),
    "triage step": ("marked", lambda e, a, q, p: workflow.triage_step(a, [2], "opinion", actor=p)),
    "undo": ("marked", lambda e, a, q, p: workflow.undo(e.step(a, p), actor=p)),
    "redo": ("marked", lambda e, a, q, p: workflow.redo(e.step(a, p, is_undone=True), actor=p)),
    "save wording": (
        "marked",
        lambda e, a, q, p: workflow.save_wording(
            q, workflow.ClaimDraft("So"), person=p, based_on=q.version
        ),
    ),
    "set aside": ("marked", lambda e, a, q, p: workflow.set_aside(q, "opinion", actor=p)),
    "bring back": ("aside", lambda e, a, q, p: workflow.bring_back(q, actor=p, reason="No.")),
    "reword": ("checking", lambda e, a, q, p: workflow.reword(q, WORDING, actor=p, reason="No.")),
    "assign": ("checking", lambda e, a, q, p: workflow.assign(q, e.eli, actor=p)),
    "open checking": (
        "marked",
        lambda e, a, q, p: workflow.open_checking(a, [e.ann, e.ben], actor=p),
    ),
    "start": ("checking", lambda e, a, q, p: workflow.start(e.own_check(q, p), actor=p)),
    "save": (
        "checking",
        lambda e, a, q, p: workflow.save_annotation(
            e.own_check(q, p), answer(q), person=p, based_on=1
        ),
    ),
    "cite": (
        "checking",
        lambda e, a, q, p: workflow.save_citation(
            e.own_check(q, p), workflow.SourceDraft("List"), person=p, stance="context"
        ),
    ),
    "submit": ("checking", lambda e, a, q, p: workflow.submit(e.own_check(q, p), actor=p)),
    "start another's": (
        "checking",
        lambda e, a, q, p: workflow.start(c.check_of(q, e.ann), actor=p),
    ),
    "save another's": (
        "checking",
        lambda e, a, q, p: workflow.save_annotation(
            c.check_of(q, e.ann), answer(q), person=p, based_on=0
        ),
    ),
    "cite in another's": (
        "checking",
        lambda e, a, q, p: workflow.save_citation(
            c.check_of(q, e.ann), workflow.SourceDraft("List"), person=p, stance="context"
        ),
    ),
    "submit another's": (
        "checking",
        lambda e, a, q, p: workflow.submit(e.own_check(q, e.eli), actor=p),
    ),
    "return": (
        "deciding",
        lambda e, a, q, p: workflow.give_back(c.check_of(q, e.ann), actor=p, reason="No."),
    ),
    "ask again": ("deciding", lambda e, a, q, p: workflow.ask_again(q, e.eli, actor=p)),
    "decide": ("deciding", lambda e, a, q, p: workflow.decide(q, verdict(q), actor=p)),
    "adopt agreed": ("agreed", lambda e, a, q, p: workflow.adopt_agreed(a, actor=p)),
    "approve": ("decided", lambda e, a, q, p: workflow.approve(q, actor=p)),
    "send back": ("decided", lambda e, a, q, p: workflow.send_back(q, actor=p, reason="No.")),
    "approve article": (
        "approved",
        lambda e, a, q, p: workflow.approve_article(c.retitle(a, e.eda), actor=p),
    ),
    "publish": ("approved", lambda e, a, q, p: workflow.publish(a, actor=p)),
    "reopen": ("published", lambda e, a, q, p: workflow.reopen(q, actor=p, reason="No.")),
    "decline": (
        "checking",
        lambda e, a, q, p: workflow.decline(e.own_check(q, p), actor=p, reason="Too busy."),
    ),
    "decline another's": (
        "checking",
        lambda e, a, q, p: workflow.decline(c.check_of(q, e.ann), actor=p, reason="Too busy."),
    ),
    "take back": (
        "checking",
        lambda e, a, q, p: workflow.take_back(c.check_of(q, e.ann), actor=p, reason="Ill."),
    ),
    "ask to decide": (
        "checking",
        lambda e, a, q, p: workflow.assign(q, e.eli, actor=p, task="decide"),
    ),
    "ask reply": (
        "deciding",
        lambda e, a, q, p: workflow.ask_reply([q], "The mayor", channel="email", actor=p),
    ),
    "no reply needed": (
        "deciding",
        lambda e, a, q, p: workflow.no_reply_needed([q], "Nobody is named.", actor=p),
    ),
    "keep reply": (
        "deciding",
        lambda e, a, q, p: workflow.keep_reply(e.asked(q), "It is so.", actor=p),
    ),
    "settle change": (
        "published",
        lambda e, a, q, p: workflow.settle_change(e.changed(q), True, "It says no.", actor=p),
    ),
    "archive again": ("published", lambda e, a, q, p: e.have_archived_again(q, p)),
    "note criticism": (
        "deciding",
        lambda e, a, q, p: workflow.note_criticism([q], "The mayor", actor=p),
    ),
    "drop criticism": (
        "deciding",
        lambda e, a, q, p: workflow.drop_criticism(e.criticised(q), actor=p),
    ),
    "look for answer": (
        "deciding",
        lambda e, a, q, p: workflow.look_for_answer(e.criticised(q), "yes", actor=p),
    ),
    "withdraw reply": (
        "deciding",
        lambda e, a, q, p: workflow.withdraw_reply(e.asked(q), "In error.", actor=p),
    ),
    "note reply read": (
        "deciding",
        lambda e, a, q, p: workflow.note_reply_read(e.asked(q), actor=p),
    ),
    "write letter": (
        "deciding",
        lambda e, a, q, p: workflow.write_letter(e.desk, "Yours", "{claims}", actor=p, based_on=0),
    ),
    "keep phrase": (
        "marked",
        lambda e, a, q, p: workflow.keep_phrase(e.desk, "Old", "It is old.", actor=p),
    ),
    "remove phrase": (
        "marked",
        lambda e, a, q, p: workflow.remove_phrase(e.phrase(), actor=p),
    ),
    "plan review": (
        "published",
        lambda e, a, q, p: workflow.plan_review(q, dt.date(2050, 1, 1), actor=p),
    ),
    "withdraw": ("published", lambda e, a, q, p: workflow.withdraw(a, actor=p, why="A court.")),
    "plan": (
        "marked",
        lambda e, a, q, p: workflow.plan(a, {"priority": "low"}, actor=p, base={"priority": ""}),
    ),
    "hand over": (
        "marked",
        lambda e, a, q, p: workflow.hand_over(a, e.eli, actor=p, based_on=None),
    ),
    "look after": ("marked", lambda e, a, q, p: workflow.look_after(a, actor=p)),
    "add source": (
        "deciding",
        lambda e, a, q, p: workflow.add_source(q, workflow.SourceDraft("List"), actor=p),
    ),
    "take": ("free", lambda e, a, q, p: workflow.take(a, actor=p)),
    "retract": ("published", lambda e, a, q, p: workflow.retract(q, actor=p, why="Forged.")),
    "confirm taking back": (
        "withdrawn",
        lambda e, a, q, p: workflow.confirm_taking_back(a, actor=p),
    ),
    "describe": (
        "marked",
        lambda e, a, q, p: workflow.describe(
            a, {"title": "Another"}, actor=p, base={"title": a.title}
        ),
    ),
    "translate": ("marked", lambda e, a, q, p: workflow.translate(e.in_french(), a, actor=p)),
    "untie": ("marked", lambda e, a, q, p: workflow.untie(e.translated(a), actor=p)),
    "translate a claim": (
        "marked",
        lambda e, a, q, p: workflow.translate(e.claim_in_french(), q, actor=p),
    ),
    "untie a claim": ("marked", lambda e, a, q, p: workflow.untie(e.translated_claim(q), actor=p)),
    "revise": ("marked", lambda e, a, q, p: revise(a, GONE, p)),
    "confirm": (
        "unsure",
        lambda e, a, q, p: workflow.confirm(
            a, [str(mark.uuid) for mark in a.revision.marks.all()], actor=p
        ),
    ),
    "attach": ("orphaned", lambda e, a, q, p: workflow.attach(Orphan.objects.get(), 0, 4, actor=p)),
    "let go": (
        "orphaned",
        lambda e, a, q, p: workflow.let_go(Orphan.objects.get(), "gone", actor=p),
    ),
    "look again": ("orphaned", lambda e, a, q, p: workflow.look_again(a, actor=p)),
    "change scale": (
        "marked",
        lambda e, a, q, p: workflow.change_scale(
            e.desk, c.make_scale("four"), actor=p, reason="Finer."
        ),
    ),
    "change rules": (
        "marked",
        lambda e, a, q, p: workflow.change_rules(
            e.desk, {"lapse_days": 3}, actor=p, reason="Faster."
        ),
    ),
    "change look": (
        "marked",
        lambda e, a, q, p: workflow.change_look(
            e.desk, workflow.NewLook("#0b4a9e"), actor=p, reason="Ours."
        ),
    ),
    "set up": (
        "marked",
        lambda e, a, q, p: workflow.set_up(
            {"name": "New", "slug": "new", "organisation": "N"}, scale=e.desk.scale, actor=p
        ),
    ),
    "invite": ("marked", lambda e, a, q, p: workflow.invite(e.desk, "a@b.example", actor=p)),
    "uninvite": (
        "marked",
        lambda e, a, q, p: workflow.uninvite(
            workflow.invite(e.desk, "a@b.example", actor=e.mia), actor=p
        ),
    ),
    "enrol": ("marked", lambda e, a, q, p: workflow.enrol(e.desk, e.stranger, "checker", actor=p)),
    "end membership": (
        "marked",
        lambda e, a, q, p: workflow.end_membership(e.ola.memberships.get(), actor=p),
    ),
    "set active": ("marked", lambda e, a, q, p: workflow.set_active(e.ola, False, actor=p)),
    "open an account": (
        "marked",
        lambda e, a, q, p: workflow.set_active(e.closed(), True, actor=p),
    ),
    "merge claimants": (
        "marked",
        lambda e, a, q, p: workflow.merge_claimants(*e.named(), actor=p),
    ),
    "part claimants": (
        "marked",
        lambda e, a, q, p: workflow.part_claimants(e.merged(), actor=p),
    ),
    "change claimant": (
        "marked",
        lambda e, a, q, p: e.rename(p),
    ),
    "keep earlier checks": (
        "marked",
        lambda e, a, q, p: earlier.keep(e.desk, CHECKS, actor=p),
    ),
    "bring": ("marked", lambda e, a, q, p: workflow.bring(e.desk, [SENT], actor=p)),
    "stop file import": (
        "marked",
        lambda e, a, q, p: workflow.stop_file_import(
            workflow.bring(e.desk, [SENT], actor=p)[0], actor=p
        ),
    ),
    "stop another's file import": (
        "marked",
        lambda e, a, q, p: workflow.stop_file_import(
            workflow.bring(e.desk, [SENT], actor=e.eda)[0], actor=p
        ),
    ),
    "write guidelines": (
        "marked",
        lambda e, a, q, p: workflow.write_guidelines(e.desk, "Be fair.", actor=p, based_on=0),
    ),
    "write statement": (
        "marked",
        lambda e, a, q, p: workflow.write_statement(
            e.desk, "funding", "By us.", actor=p, based_on=0
        ),
    ),
}


def stage(everyone: Everyone, name: str) -> tuple[Article, Claim]:
    if name == "agreed":
        return everyone.deciding("true", "true")
    if name == "free":
        article, claim = everyone.marked()
        workflow.open_checking(article, [], actor=everyone.eda, way=Dealing.TAKEN)
        return article, claim
    if name == "aside":
        article, claim = everyone.marked()
        workflow.set_aside(claim, "opinion", actor=everyone.eda)
        return article, claim
    found: tuple[Article, Claim] = getattr(everyone, name)()
    return found


@pytest.fixture
def everyone(db) -> Everyone:
    return Everyone()


@pytest.mark.parametrize("right", Right)
def test_each_role_has_exactly_the_rights_of_the_table(right):
    allowed = {role for role, mark in zip(ROLES, TABLE[right].split(), strict=True) if mark == "x"}
    assert {role for role in ROLES if rights.allows(role, right)} == allowed
    assert set(rights.roles_with(right)) == allowed


@pytest.mark.parametrize("right", Right)
def test_where_checkers_mark_they_may_do_that_besides_and_nobody_else_more(right):
    allowed = {role for role, mark in zip(ROLES, TABLE[right].split(), strict=True) if mark == "x"}
    if right == Right.MARK:
        allowed.add(Role.CHECKER)
    assert {role for role in ROLES if rights.allows(role, right, checkers_mark=True)} == allowed
    assert set(rights.roles_with(right, checkers_mark=True)) == allowed


@pytest.mark.parametrize("right", Right)
def test_nobody_without_a_role_has_a_right(right):
    assert not rights.allows(None, right)


def test_the_table_of_rights_names_every_role():
    assert set(rights.TABLE) == set(Role)


STAGES = sorted({at for at, _act in ACTS.values()})


@pytest.mark.heart
@pytest.mark.parametrize("at", STAGES)
def test_exactly_those_whom_the_table_names_may(everyone, at):
    """Each move that is possible at a stage, by each person, taken back before the next."""
    article, claim = stage(everyone, at)
    people = everyone.people()
    found = {}
    for move in (move for move in MOVES if ACTS[move][0] == at):
        marks = [made(everyone, move, article.pk, claim.pk, person) for person in people]
        found[move] = dict(zip(PEOPLE, marks, strict=True))
    assert found == {move: dict(zip(PEOPLE, MOVES[move].split(), strict=True)) for move in found}
    assert found


def made(everyone: Everyone, move: str, article: int, claim: int, person: User) -> str:
    """The table's sign for whether the person may; nothing of it stays."""
    act = ACTS[move][1]
    with transaction.atomic():
        try:
            act(everyone, Article.objects.get(pk=article), Claim.objects.get(pk=claim), person)
            return "x"
        except PermissionDenied:
            return "-"
        finally:
            transaction.set_rollback(True)


def test_every_move_of_the_workflow_is_in_the_table():
    moves = {
        name
        for name in workflow.__all__
        if callable(getattr(workflow, name)) and name.islower() and name not in QUESTIONS | OWN
    }
    names = {"give_back": "return", "import_articles": "import"}
    assert {names.get(move, move.replace("_", " ")) for move in moves} <= set(MOVES)


# They read, and write nothing; or the desk's policy makes them.
QUESTIONS = {
    "claimant_typed",
    "as_draft",
    "publishing_objections",
    "is_alone",
    "is_known_to_readers",
    "to_correct",
    "lapses_at",
    "rule_changes",
    "look_basis",
    "rules_basis",
    "foresee",
    "translation_group",
    "lapse",
    "last_steps",
    "offers",
    "pages_that_quote",
    "answered",
    "invitation_of",
    "short",
    "may_confide",
    "to_take",
    "pass_for",
    "why_not",
    "why_not_again",
    "why_not_known",
    # Whoever keeps the machine does it, by a command.
    "erase_person",
    "erase_reader",
}


# What somebody writes of their own: nobody else may, whatever their role (test_answers.py).
OWN = {
    "accept",
    "save_filter",  # and the desk's: tests/views/test_saved_filters.py
    "remove_filter",
    "change_account",
    "choose_notices",
    "note_read",
    "come_in",
    "drop_unsent",
    "hold",
    "keep_copy",
    # Whose annotation it stands beside, and who may approve: tests/views/test_noting.py
    "add_note",
    "settle_note",
    # Who brought a confidential source, and who it is confided to: tests/views/test_confidence.py
    "keep_identity",
    "see_identity",
    "confide",
    "end_confidence",
    "forget_identity",
    "keep_unsent",
    "note_presence",
    "once",
    "place_citation",
    "remove_citation",
    "resume",
    "restore_citation",
    "restore_version",
    "save_annotation",
    "save_citation",
    "save_citations",
}


READ: list[Any] = [
    Desk,
    Membership,
    Article,
    Revision,
    Original,
    Orphan,
    Sentence,
    Link,
    Picture,
    Claimant,
    Claim,
    Mark,
    Assignment,
    Annotation,
    Citation,
    Source,
    Verdict,
    Edition,
    Correction,
    Transition,
    Guidelines,
    ReplyRequest,
    Snapshot,
    Capture,
    ArchiveRequest,
]


@pytest.fixture
def corrected(everyone: Everyone) -> Everyone:
    """Something to read in every table of the desk."""
    article, claim = everyone.published()
    article.revision.links.create(start=0, end=5, address="https://a.example/")
    article.revision.pictures.create(at=0, address="https://a.example/p.jpg")
    Claimant.objects.create(desk=everyone.desk, name="The mayor")
    workflow.write_guidelines(everyone.desk, "Be fair.", actor=everyone.mia, based_on=0)
    everyone.asked(claim)
    source = Source.objects.filter(citations__verdict__claim=claim)[0]
    Snapshot.objects.create(source=source, data=b"It", sha256="0", taken_by=everyone.eli)
    Capture.objects.create(source=source, host="a.example", wanted_by=everyone.eli)
    ArchiveRequest.objects.create(source=source, service="own")
    workflow.reopen(claim, actor=everyone.eli, reason="A letter came.")
    c.decide(claim, everyone.eda, "half")
    workflow.approve(claim, actor=everyone.eli)
    note = workflow.CorrectionNote("update", "A letter.")
    workflow.publish(article, actor=everyone.eli, notes={claim.pk: note})
    revise(article, GONE, everyone.eda)
    return everyone


def test_whoever_may_read_sees_the_desks_rows_and_nobody_else_sees_one(corrected):
    people = corrected.people()
    for model in READ:
        total = model.objects.count()
        theirs = {Desk: 1, Membership: 1}.get(model, 0)  # the stranger's own desk
        assert total > theirs, model
        seen = {person.username: set(model.objects.visible_to(person)) for person in people}
        readers = {name for name, rows in seen.items() if rows and name != "stranger"}
        assert readers == {"olga", "carl", "ed", "max"}, model
        assert len(seen["stranger"]) == theirs, model
        assert all(len(seen[name]) == total - theirs for name in readers), model


def test_someone_not_logged_in_sees_nothing_even_of_a_desk_without_members(corrected):
    Membership.objects.all().delete()
    for model in READ:
        assert not model.objects.visible_to(AnonymousUser()).exists(), model
