"""Letters that ask for a reply: the one we begin with, and any of them filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.listing import quoted
from annotations.models import Desk, LetterTemplate, ReplyPoint, ReplyRequest
from annotations.workflow import replies


def template_of(desk: Desk) -> tuple[str, str]:
    """The subject and the text that the desk begins with, in the language at work if it is ours."""
    written = LetterTemplate.objects.filter(desk=desk).order_by("-number").first()
    if written is not None:
        return written.subject, written.body
    return _("Before we publish: what do you say?"), _(
        "{addressee},\n\n"
        "we at {desk} check statements, and what follows concerns you. Before we publish, we ask"
        " for your reply:\n\n"
        "{claims}\n\n"
        "We need it by: {until}\n\n"
        "{link}\n\n"
        "What you answer is kept word for word, and we may quote it.\n\n"
        "{desk}"
    )


def filled(
    body: str,
    *,
    addressee: str,
    desk: Desk,
    points: Sequence[ReplyPoint],
    until: dt.date | None,
    link: str,
) -> str:
    """The letter with what stands for its names in braces. Whatever else is in braces stays."""
    values = {
        "{addressee}": addressee,
        "{claims}": "\n\n".join(_point(point) for point in points),
        "{until}": date_format(until) if until else _("as soon as you can"),
        "{desk}": desk.organisation,
    }
    # The link last: nothing that somebody typed is taken for its place.
    text = body.replace(replies.LINK, "\0")
    for name, value in values.items():
        text = text.replace(name, value.replace("\0", ""))
    text = text.replace("\0", link)
    return f"{_('Sample.')}\n\n{text}" if desk.is_sample else text


def _point(point: ReplyPoint) -> str:
    said = f"{point.number}. {point.words}"
    if not point.quote:
        return said
    return f"{said}\n   {quoted(point.quote)}" + (f" ({point.place})" if point.place else "")


def letter(row: ReplyRequest) -> str:
    """The letter of a request as it is sent, with the link that is its addressee's alone."""
    return filled(
        row.body,
        addressee=row.addressee,
        desk=row.desk,
        points=list(row.points.all()),
        until=row.until,
        link=_link(row),
    )


def _link(row: ReplyRequest) -> str:
    if row.link_until is None:
        return ""
    said = _("You can answer here, without an account. The address is for you alone:")
    return f"{said}\n{addresses.of_addressee(replies.pass_for_reply(row))}"


def reminder(row: ReplyRequest) -> str:
    """What is sent on the day before: a line, and the letter again."""
    assert row.until is not None
    said = _("We asked you for a reply by %(day)s, and have none yet. This is what we wrote:")
    return f"{said % {'day': date_format(row.until)}}\n\n{letter(row)}"
