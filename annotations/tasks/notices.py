"""Mails of notices: their words are made when they are sent, for who reads them, as of then."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Letter
from annotations.queries import notices as notices_queries
from annotations.queries.notices import Told
from annotations.vocabulary import LetterKind
from annotations.words.notices import address, sentence
from annotations.workflow import notices


def words_of(letter: Letter) -> tuple[str, str] | None:
    """The subject and the text of a mail of notices; None where there is nothing to tell now.

    In the language and the time zone of its reader, else of the desk.
    """
    person = letter.person
    assert person is not None
    if not person.is_active:
        return None
    rows = notices_queries.of_letter(letter, but=notices.turned_off(person))
    if not rows:
        return None
    desk = rows[0].desk
    zone = notices.zone_of(person, desk)
    with translation.override(person.language or desk.language), timezone.override(zone):
        told = notices_queries.told(rows)
        return _subject(letter, told), "\n".join(_lines(told))


def _subject(letter: Letter, told: list[Told]) -> str:
    if letter.kind == LetterKind.DIGEST:
        return _("Your day at %(desk)s") % {"desk": told[0].notice.desk}
    if len(told) == 1:
        return sentence(told[0])
    return ngettext(
        "%(count)d notice from %(desk)s", "%(count)d notices from %(desk)s", len(told)
    ) % {"count": len(told), "desk": told[0].notice.desk}


def _lines(told: list[Told]) -> Iterator[str]:
    for desk, rows in groupby(told, key=lambda each: each.notice.desk):
        yield str(desk)
        if desk.is_sample:
            yield _("Sample.")
        yield ""
        for each in rows:
            yield sentence(each)
            yield f"{settings.SITE_URL}{address(each)}"
            yield ""
    yield _("What you want to hear of, and how:")
    yield f"{settings.SITE_URL}{reverse('notice_choices')}"
