"""Notices in words, made when they are shown or sent; and where each leads."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations import addresses, moments
from annotations.models import Assignment, Notice, Transition
from annotations.queries.notices import Told
from annotations.vocabulary import MoveName, NoticeKind, Task


def sentence(told: Told) -> str:
    """What happened, in a sentence or two."""
    return _SAID[NoticeKind(told.notice.kind)](told.notice)


def _asked(notice: Notice) -> str:
    row = _asked_for(notice)
    words = {
        Task.CHECK: _("You are asked to check “%(claim)s”."),
        Task.DECIDE: _("You are asked to decide on “%(claim)s”."),
        Task.APPROVE: _("You are asked to approve the verdict on “%(claim)s”."),
    }
    said = words[Task(row.task)] % {"claim": _named(_line(notice).claim)}
    return f"{said} {_('It is due %(when)s.') % {'when': _when(row)}}" if row.due_at else said


def _handed(notice: Notice) -> str:
    return _("%(person)s handed “%(article)s” over to you.") % _by(notice)


def _returned(notice: Notice) -> str:
    words = {
        Task.CHECK: _("Your annotation of “%(claim)s” is returned to you."),
        Task.DECIDE: _("“%(claim)s” is returned to you, to decide again."),
        Task.APPROVE: _("“%(claim)s” is returned to you, to look at again."),
    }
    return words[Task(_asked_for(notice).task)] % {"claim": _named(_line(notice).claim)}


def _mentioned(notice: Notice) -> str:
    assert notice.comment is not None
    return _("%(person)s mentioned you in the discussion of “%(claim)s”.") % {
        "person": notice.comment.author,
        "claim": _named(notice.comment.claim),
    }


def _due(notice: Notice) -> str:
    row = _owed(notice)
    return _("“%(claim)s” is due %(when)s.") % {"claim": _named(row.claim), "when": _when(row)}


def _overdue(notice: Notice) -> str:
    row = _owed(notice)
    words = {"claim": _named(row.claim), "when": _when(row), "person": row.person}
    if row.person_id == notice.person_id:
        return _("“%(claim)s” was due %(when)s.") % words
    return _("You asked %(person)s for “%(claim)s”. It was due %(when)s.") % words


def _given_up(notice: Notice) -> str:
    line = _line(notice)
    words = {"person": _asked_for(notice).person, "claim": _named(line.claim)}
    if line.move == MoveName.DECLINE:
        return _("%(person)s declined what you asked for: “%(claim)s”.") % words
    if "days" in line.detail:
        return _("You asked %(person)s for “%(claim)s”. The time for it is over.") % words
    return _("You asked %(person)s for “%(claim)s”, and they can no longer do it.") % words


def _all_in(notice: Notice) -> str:
    return _("All annotations of “%(claim)s” are in.") % {"claim": _named(_line(notice).claim)}


def _approved(notice: Notice) -> str:
    return _("%(person)s approved the verdict on “%(claim)s”.") % _by(notice)


def _published(notice: Notice) -> str:
    return _("%(person)s published the check of “%(article)s”.") % _by(notice)


def _corrected(notice: Notice) -> str:
    words = {
        MoveName.PUBLISH: _("%(person)s published a correction of “%(claim)s”."),
        MoveName.RETRACT: _("%(person)s took back the verdict on “%(claim)s”."),
        MoveName.WITHDRAW: _("%(person)s took the check of “%(article)s” off its page."),
    }
    return words[MoveName(_line(notice).move)] % _by(notice)


def _reported(notice: Notice) -> str:
    assert notice.report is not None
    edition = notice.report.edition
    what = edition.claim or edition.article
    return _("A reader reports a mistake in “%(name)s”.") % {"name": _named(what)}


def _answered(notice: Notice) -> str:
    line = _line(notice)
    claim = _named(line.claim)
    if who := line.detail.get("by"):
        return _("%(who)s answered what you asked about “%(claim)s”.") % {
            "who": who,
            "claim": claim,
        }
    return _("An answer is kept to what you asked about “%(claim)s”.") % {"claim": claim}


_SAID = {
    NoticeKind.ASKED: _asked,
    NoticeKind.HANDED: _handed,
    NoticeKind.RETURNED: _returned,
    NoticeKind.MENTIONED: _mentioned,
    NoticeKind.DUE: _due,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.GIVEN_UP: _given_up,
    NoticeKind.ALL_IN: _all_in,
    NoticeKind.APPROVED: _approved,
    NoticeKind.PUBLISHED: _published,
    NoticeKind.CORRECTED: _corrected,
    NoticeKind.REPORTED: _reported,
    NoticeKind.ANSWERED: _answered,
}


def _line(notice: Notice) -> Transition:
    assert notice.line is not None
    return notice.line


def _asked_for(notice: Notice) -> Assignment:
    row = _line(notice).assignment
    assert row is not None
    return row


def _owed(notice: Notice) -> Assignment:
    assert notice.assignment is not None
    return notice.assignment


def _named(row: object) -> str:
    """Its words, for a sentence that quotes them: without their own full stop before ours."""
    return str(row).removesuffix(".")


def _by(notice: Notice) -> dict[str, object]:
    line = _line(notice)
    return {"person": line.actor, "claim": _named(line.claim), "article": _named(line.article)}


def _when(row: Assignment) -> str:
    """The moment it is due, in the time zone that is at work."""
    assert row.due_at is not None
    return moments.short(row.due_at)


def address(told: Told) -> str:
    """The path of the page where the person can see or do what the notice is about."""
    notice, claim = told.notice, told.claim
    if notice.kind == NoticeKind.REPORTED:
        return reverse("reports", args=[notice.desk.slug])
    if told.article is None:
        return reverse("queue", args=[notice.desk.slug])
    if claim is None:
        return addresses.workbench(told.article)
    if _is_of_another(notice):
        return reverse("asked", args=[told.article, claim.pk])
    if notice.kind == NoticeKind.ANSWERED:
        return reverse("replies", args=[told.article])
    page = _page_of_task(notice)
    if page:
        return reverse(page, args=[told.article])
    tab = "discussion" if notice.kind == NoticeKind.MENTIONED else ""
    return addresses.workbench(told.article, claim=claim.pk, tab=tab)


def _is_of_another(notice: Notice) -> bool:
    """Whether it is about what somebody else owed the person."""
    if notice.kind == NoticeKind.OVERDUE:
        return _owed(notice).person_id != notice.person_id
    return notice.kind == NoticeKind.GIVEN_UP


def _page_of_task(notice: Notice) -> str:
    """The name of the page where the person does what is asked, if that is not the workbench."""
    if notice.kind == NoticeKind.ALL_IN:
        return "decide"
    row = notice.assignment or (notice.line.assignment if notice.line else None)
    if row is None or row.task == Task.CHECK:
        return ""
    return "decide" if row.task == Task.DECIDE else "approve"
