"""Mails that lead to a new password: looked up and worded when they are sent, not when asked for.

Whoever asks waits as long for an address that has an account as for one that has none. The link
stands in no row, and a request for an unknown address leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Letter

DAY = 24 * 60 * 60


def words_of(letter: Letter) -> tuple[str, str] | None:
    """The subject and the text, for every open account of the address; None where it has none.

    In the language of their pages, else of the page where it was asked for.
    """
    people = filter_users_by_email(letter.to, is_active=True, prefer_verified=True, for_login=True)
    if not people:
        return None
    with translation.override(people[0].language or letter.language or settings.LANGUAGE_CODE):
        return _("A new password"), "\n".join(_lines(people))


def _lines(people: list[Any]) -> Iterator[str]:
    yield _("Somebody asked for a new password here. If it was you, follow this link:")
    for person in people:
        yield ""
        yield _("Your user name is %(name)s.") % {"name": person.get_username()}
        yield _link(person)
    days = settings.PASSWORD_RESET_TIMEOUT // DAY
    yield ""
    yield ngettext(
        "It leads in once, within %(days)d day. If it was not you, nothing has changed.",
        "It leads in once, within %(days)d days. If it was not you, nothing has changed.",
        days,
    ) % {"days": days}


def _link(person: Any) -> str:
    found = {
        "uidb36": user_pk_to_url_str(person),
        "key": PASSWORD_RESET_TOKEN_GENERATOR().make_token(person),
    }
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=found)}"
