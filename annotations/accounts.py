"""How we hang django-allauth's door: who may come in, in whose name mail goes, what is secret."""

from __future__ import annotations

import base64
import logging
import secrets
import time
from ipaddress import ip_address
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ResetPasswordForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core import context as context_of
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import workflow
from annotations.forms.account.signing_in import Held
from annotations.models import HeldForm, Invitation, Membership, User
from annotations.prepared import PreparedRows
from annotations.sealing import Unreadable, seal, unseal
from annotations.vocabulary import LetterKind, Role
from annotations.workflow import letters

logger = logging.getLogger(__name__)

NOWHERE = "0.0.0.0"  # noqa: S104  # an address to count by, none that is listened on
WORKING = (Role.CHECKER, Role.EDITOR, Role.MANAGER)
"""Whoever has one of these roles can change what others read."""
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


NO_MATCH = gettext_lazy("The user name or e-mail, or the password, are not correct.")
FIRST_STEP = "first_step"
"""Where the session keeps, until a second factor is shown, what password it began with."""


class Backend(AuthenticationBackend):
    """The person of a session, with their time zone and language, in the one statement there is."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """Who is named by an address or a name, and by as many statements as for nobody.

        allauth asks less of the database for an address that is confirmed, and tries one password
        on each account of an address, and on one account under each of its names. Every try takes
        as long as the first, so that a second one would tell who has an account.
        """
        tried: set[int] = set()
        for typed in dict.fromkeys([credentials.get("username"), credentials.get("email")]):
            person = _named(str(typed)) if typed else None
            if person is None or person.pk in tried:
                continue
            tried.add(person.pk)
            if self._check_password(person, str(credentials.get("password") or "")):
                return person
        return None

    def get_user(self, user_id: int) -> User | None:
        person = _PERSON.one(User._meta.pk.to_python(user_id))
        if person is None or not self.user_can_authenticate(person):
            return None
        desk = person.first_desk or {}
        person.belongs = person.first_desk is not None
        person.zone = person.time_zone or desk.get("time_zone") or "UTC"
        person.spoken = person.language or desk.get("language") or settings.LANGUAGE_CODE
        return person


def _named(typed: str) -> User | None:
    """The one account that is signed in to by this address or name: two statements, always.

    By a confirmed address first, then by one that only its account holds, then by a name, which
    must be of one account but for capitals. Who is active comes first.
    """
    # PostgreSQL's capitals are not Python's: what only looks alike is another name.
    small = typed.lower()
    confirmed = EmailAddress.objects.filter(email=small, verified=True).select_related("user")
    owners: list[User] = [row.user for row in confirmed]
    others = User.objects.filter(Q(email=typed) | Q(username__iexact=typed))
    rows = list(others.order_by("-is_active", "pk"))
    holders = owners or [row for row in rows if row.email.lower() == small]
    named = [row for row in rows if row.username.lower() == small]
    return holders[0] if holders else named[0] if len(named) == 1 else None


def _person(pk: int) -> QuerySet[User]:
    """With what each page asks of whoever opens it."""
    members = Membership.objects.filter(user=OuterRef("pk"))
    strict = members.filter(role__in=WORKING, desk__second_factor=True)
    leading = members.filter(role__in=(Role.EDITOR, Role.MANAGER))
    has_factor = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS))
    desk = JSONObject(time_zone="desk__time_zone", language="desk__language")
    people = User.objects.annotate(  # type: ignore[no-redef]
        first_desk=Subquery(members.order_by("pk").values(first=desk)[:1]),
        leads=Exists(leading),
        owes_factor=Q(Exists(strict)) & ~Q(has_factor),
    )
    return people.filter(pk=pk).order_by()


_PERSON: PreparedRows[User] = PreparedRows(_person, 1)


def of_pages(language: str) -> str:
    """The language itself, if the desk's pages are in it, else the one that all are in."""
    base = language.partition("-")[0].lower()
    return base if base in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language_of(person: User) -> str:
    """The language of the person's pages: theirs or their desk's, if the pages are in it."""
    return of_pages(person.spoken)


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people are invited."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NO_MATCH,
        "username_password_mismatch": NO_MATCH,
        "too_many_login_attempts": gettext_lazy(
            "Too many failed attempts. Try again in five minutes."
        ),
        "duplicate_email": gettext_lazy("This is the account’s address already."),
        "enter_current_password": gettext_lazy("This is not your password."),
        "incorrect_password": gettext_lazy("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of whoever has just come from their organisation, and can say it by nothing else."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        return not _has_just_come(context_of.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has neither password nor second factor signs in again, with the organisation."""
        again = {"id": "again", "description": _("Sign in again"), "url": reverse("account_logout")}
        return super().get_reauthentication_methods(user) or [again]

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that attempts are counted by; one place for all whose address is unknown.

        X-Forwarded-For counts only as far as our own proxies wrote it (PROXIES).
        """
        try:
            found = ip_address(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return NOWHERE
        # A socket of both kinds writes IPv4 as IPv6, all of it within what counts as one network.
        return str(getattr(found, "ipv4_mapped", None) or found)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By what was typed alone: of a site with many names each would have tries of its own."""
        typed = credentials.get("email") or credentials.get("username") or ""
        return f"typed:{str(typed).lower()}"

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Note which password the account has as it is signed in to, before a second factor."""
        answer = super().pre_login(request, user, **kwargs)
        if answer is None:
            request.session[FIRST_STEP] = user.get_session_auth_hash()
        return answer

    def login(self, request: HttpRequest, user: Any) -> None:
        """Not whose account was closed, or got another password, since the first step."""
        began_with = request.session.pop(FIRST_STEP, "")
        if not (user.is_active and constant_time_compare(began_with, user.get_session_auth_hash())):
            clear_login(request)
            messages.info(request, _("Your account was changed meanwhile. Sign in again."))
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox: nobody waits for a mail server."""
        found = {"email": email, "request": context_of.request} | context
        message = self.render_mail(template_prefix, email, found)
        post(email, str(message.subject), str(message.body))


class LostPasswordForm(ResetPasswordForm):
    """allauth's, which does the same whoever is asked for: a letter that finds out when it is sent.

    To look for an account, make its link and write a mail takes longer than to find none, and who
    waits would know whom it knows.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        language = translation.get_language() or ""
        letters.post(
            to=email, subject="", body="", kind=LetterKind.LOST, language=language, is_secret=True
        )
        return email


def _has_just_come(request: HttpRequest) -> bool:
    """Whether it was their organisation that said, some minutes ago, who this person is."""
    person = request.user
    if not person.is_authenticated or get_reauthentication_flows(person):
        return False
    earliest = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(
        record["method"] == "socialaccount" and record["at"] > earliest
        for record in get_authentication_records(request, person)
    )


def post(to: str, subject: str, body: str) -> None:
    """Put a mail into the outbox that lets its reader in, or tells of who came in."""
    letters.post(to=to, subject=subject, body=body, is_secret=True)


def tell_invited(request: HttpRequest, invitation: Invitation) -> None:
    """Send the link that leads to the desk, in the desk's language."""
    with translation.override(of_pages(invitation.desk.language)):
        context = {
            "desk": invitation.desk.name,
            "by": invitation.invited_by or invitation.desk.organisation,
            "role": invitation.get_role_display(),
            "until": invitation.expires_at,
            "address": request.build_absolute_uri(address_of(invitation)),
        }
        subject = _("Invitation to %(desk)s") % {"desk": invitation.desk.name}
        post(invitation.email, subject, render_to_string("account/invitation.txt", context))


def address_of(invitation: Invitation) -> str:
    """The path that leads in."""
    return reverse("invitation", args=[workflow.pass_for(invitation)])


class SecondFactors(DefaultMFAAdapter):
    """Secrets of authenticators are no use to whoever has only the database, or a backup of it."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code, or this key, is not right."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """What cannot be read under today's SECRET_KEY matches no code: it is set up again."""
        try:
            return unseal(encrypted_text, _PURPOSE)
        except Unreadable:
            logger.error("A second factor was made under another SECRET_KEY, and cannot be used.")
            return base64.b32encode(secrets.token_bytes(20)).decode()


_PURPOSE = "authenticators"


@receiver(authenticator_added)
def end_other_sessions(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_named: Any
) -> None:
    """Whoever sets up a second factor may do so because somebody has their password."""
    if authenticator.type not in FACTORS:
        return
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    for session in others:
        session.end()
    if others:
        messages.info(request, _("You are signed out everywhere else."))


class OwnOrganisation(DefaultSocialAccountAdapter):
    """An organisation's own accounts open the door only to people who were invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whether an address that the organisation confirmed has an invitation, still to accept."""
        confirmed = [each.email for each in sociallogin.email_addresses if each.verified]
        invited = Invitation.objects.open()
        return any(invited.filter(email__iexact=address).exists() for address in confirmed)


# --- what somebody typed while signed out ---

HELD = "held"
"""Where the session keeps the keys of the forms that this browser sent while signed out."""


def keep(request: HttpRequest, sent: Held) -> HeldForm | None:
    """Keep what was sent, for this browser alone. None where it is too much, or too often."""
    if not sent or not ratelimit.consume(request, action="hold"):
        return None
    kept = workflow.hold(sent.to, sent.fields, sent.files)
    if kept is not None:
        request.session[HELD] = [*request.session.get(HELD, [])[-4:], str(kept.uuid)]
    return kept


def kept_for(request: HttpRequest, key: str) -> Held | None:
    """What this browser sent under this key, unless it has lapsed."""
    if key not in request.session.get(HELD, []):
        return None
    row = HeldForm.objects.current().filter(uuid=key).first()
    return Held(row.to, _pairs(row.fields), _pairs(row.files)) if row else None


def _pairs(rows: list[list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in rows]
