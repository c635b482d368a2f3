"""What somebody sees of the door who has no account: kinds of accounts, pages, all that is told."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from annotations import workflow
from annotations.models import Desk, Invitation, Letter, Membership, User

NAME, ADDRESS, NUMBER = "kim", "kim@example.org", 424_242
SECRET = "JBSWY3DPEHPK3PXP"
JSON = {"accept": "application/json"}
FLAG = AuthenticatorData.FLAG
ORIGIN = "http://testserver"


# --- kinds of accounts ---


def person(**fields: Any) -> User:
    """The account that is asked for, without a desk and with an address that is confirmed."""
    made = User(pk=NUMBER, username=NAME, email=ADDRESS, first_name="Kim", **fields)
    made.set_password("the right one")
    made.save(force_insert=True)
    EmailAddress.objects.create(user=made, email=ADDRESS, verified=True, primary=True)
    return made


def member(**fields: Any) -> User:
    made = person(**fields)
    Membership.objects.create(desk=Desk.objects.get(), user=made, role="checker")
    return made


def erased() -> None:
    workflow.erase_person(member(), reason="Asked for.")


def with_its_organisation() -> None:
    made = member()
    made.set_unusable_password()
    made.save()
    SocialAccount.objects.create(user=made, provider="organisation", uid="another")


def with_an_app() -> User:
    made = member()
    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.create(user=made, type="totp", data=data)
    return made


def with_a_passkey() -> None:
    Authenticator.objects.create(user=member(), type="webauthn", data=passkey())


def with_no_codes_left() -> None:
    codes = RecoveryCodes.activate(with_an_app())
    for code in codes.get_unused_codes():
        assert codes.validate_code(code)


def invited(**fields: Any) -> None:
    made = workflow.invite(Desk.objects.get(), ADDRESS, actor=None)
    Invitation.objects.filter(pk=made.pk).update(**fields)


def whose_address_changes_from() -> None:
    EmailAddress.objects.create(user=member(), email="new@example.org")


def whose_address_changes_to() -> None:
    made = member()
    EmailAddress.objects.filter(user=made).update(email="old@example.org")
    User.objects.filter(pk=NUMBER).update(email="old@example.org")
    EmailAddress.objects.create(user=made, email=ADDRESS)


def with_an_address_that_is_not_confirmed() -> None:
    """As an administrator or the command line makes one."""
    EmailAddress.objects.filter(user=member()).delete()


def whose_address_another_gave() -> None:
    with_an_address_that_is_not_confirmed()
    other = User.objects.create_user("kai", "kai@example.org", "the other")
    EmailAddress.objects.create(user=other, email=ADDRESS)


def a_name_alone() -> None:
    """As an archive of a desk brings people."""
    User(pk=NUMBER, username=NAME, is_active=False, password="!").save(force_insert=True)


def whose_name_is_the_address() -> None:
    member()
    User.objects.filter(pk=NUMBER).update(username=ADDRESS)


def two_of_one_address() -> None:
    """As a site could hold them before an index of the database refused it."""
    with_an_address_that_is_not_confirmed()
    User.objects.create_user("kai", ADDRESS, "the other")


KINDS: dict[str, Callable[[], Any]] = {
    "member": member,
    "of no desk": person,
    "superuser": lambda: person(is_superuser=True, is_staff=True),
    "deactivated": lambda: member(is_active=False),
    "erased": erased,
    "with its organisation": with_its_organisation,
    "with an app": with_an_app,
    "with a passkey": with_a_passkey,
    "with no codes left": with_no_codes_left,
    "invited": invited,
    "invited too long ago": lambda: invited(expires_at=timezone.now()),
    "invitation taken back": lambda: invited(taken_back_at=timezone.now()),
    "changing from": whose_address_changes_from,
    "changing to": whose_address_changes_to,
    "not confirmed": with_an_address_that_is_not_confirmed,
    "given by another": whose_address_another_gave,
    "a name alone": a_name_alone,
    "name is the address": whose_name_is_the_address,
    "two of one address": two_of_one_address,
}


# --- pages ---


def passkey() -> dict[str, Any]:
    """What is kept of a key: its public half, and a name."""
    point = bytes(range(32))
    public = ES256({1: 2, 3: -7, -1: 1, -2: point, -3: point})
    held = AttestedCredentialData.create(bytes(16), b"credential of kim", public)
    found = AuthenticatorData.create(bytes(32), FLAG.UP | FLAG.AT, 0, held)
    made = b'{"type": "webauthn.create", "challenge": "", "origin": "http://testserver"}'
    attested = AttestationObject.create("none", found, {})
    return {
        "name": "Key",
        "credential": {
            "id": websafe_encode(b"credential of kim"),
            "rawId": websafe_encode(b"credential of kim"),
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {
                "clientDataJSON": websafe_encode(made),
                "attestationObject": websafe_encode(bytes(attested)),
            },
        },
    }


def signed_by_a_key(challenge: str) -> str:
    """What a browser sends whose key says that it is the person's of this number."""
    said = {"type": "webauthn.get", "challenge": challenge, "origin": ORIGIN}
    name = websafe_encode(b"another credential")
    response = {
        "clientDataJSON": websafe_encode(json.dumps(said).encode()),
        "authenticatorData": websafe_encode(
            bytes(AuthenticatorData.create(bytes(32), FLAG.UP | FLAG.UV, 1))
        ),
        "signature": websafe_encode(b"signature"),
        "userHandle": websafe_encode(int_to_base36(NUMBER).encode()),
    }
    sent = {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}}
    return json.dumps(sent | {"response": response})


def come_with_a_passkey(browser: Client) -> Any:
    asked = browser.get(reverse("mfa_login_webauthn"), headers=JSON).json()
    challenge = asked["request_options"]["publicKey"]["challenge"]
    return browser.post(reverse("mfa_login_webauthn"), {"credential": signed_by_a_key(challenge)})


def forged(moment: int) -> str:
    """The address of a lost password's link to this number, with a guessed hash."""
    return f"/password/{int_to_base36(NUMBER)}-{int_to_base36(moment)}-{'0' * 32}/"


def now() -> int:
    tokens: Any = PasswordResetTokenGenerator()
    return int(tokens._num_seconds(tokens._now()))


def sign_in(typed: str, **request: Any) -> Callable[[Client], Any]:
    return lambda browser: browser.post("/login/", {"login": typed, "password": "wrong"}, **request)


def lose(typed: str, **request: Any) -> Callable[[Client], Any]:
    return lambda browser: browser.post("/password/", {"email": typed}, **request)


def post(page: str, **sent: str) -> Callable[[Client], Any]:
    return lambda browser: browser.post(reverse(page), sent)


def get(page: str, *args: str, **request: Any) -> Callable[[Client], Any]:
    return lambda browser: browser.get(reverse(page, args=args), **request)


def follow(path: Callable[[], str], **request: Any) -> Callable[[Client], Any]:
    return lambda browser: browser.get(path(), follow=True, **request)


NEW = {"username": NAME, "email": ADDRESS, "password1": "over the water", "password2": "over"}
SPELLINGS = {
    "capitals": "KIM",
    "wide letters": "\uff4b\uff49\uff4d",
    "a letter that looks alike": "k\u0131m",
    "the sign of Kelvin": "\u212aim",
    "spaces": "  kim ",
    "a dot behind": "kim.",
    "a part of it": "ki",
    "a sign of patterns": "k%m",
    "NUL": "kim\0",
    "an address in capitals": "KIM@Example.ORG",
    "a tag": "kim+news@example.org",
    "an address and a dot": "kim@example.org.",
    "an address and a space": "kim@example.org ",
    "an address in wide letters": "\uff4bim@example.org",
    "an address that looks alike": "k\u0131m@example.org",
    "another host": "kim@example.com",
}
PAGES: dict[str, Callable[[Client], Any]] = {
    "sign in by name": sign_in(NAME),
    "sign in by address": sign_in(ADDRESS),
    "sign in, as JSON": sign_in(ADDRESS, headers=JSON),
    "sign in by a script": sign_in(NAME, headers={"x-requested-with": "XMLHttpRequest"}),
    "sign in with nothing": sign_in(""),
    "lost password": lose(ADDRESS),
    "lost password, as JSON": lose(ADDRESS, headers=JSON),
    "lost password by name": lose(NAME),
    "link of a lost password": follow(lambda: forged(now())),
    "link that has lapsed": follow(lambda: forged(1)),
    "link that is none": follow(lambda: f"/password/{int_to_base36(NUMBER)}-x/"),
    "link of nobody's session": follow(lambda: f"/password/{int_to_base36(NUMBER)}-set-password/"),
    "link, as JSON": follow(lambda: forged(now()), headers=JSON),
    "second factor": get("mfa_authenticate"),
    "second factor, sent": post("mfa_authenticate", code="123456"),
    "passkey": come_with_a_passkey,
    "passkey without a question": post("mfa_login_webauthn", credential=signed_by_a_key("x")),
    "passkey, half of it": post("mfa_login_webauthn", credential="{}"),
    "sign up": get("account_signup"),
    "sign up, sent": post("account_signup", **NEW),
    "sign up, as JSON": get("account_signup", headers=JSON),
    "sign up with the organisation": post("socialaccount_signup", **NEW),
    "confirmation": get("account_confirm_email", f"{signing.dumps(NUMBER)}"),
    "confirmation, sent": lambda browser: browser.post(f"/e-mail/{signing.dumps(NUMBER)}/"),
    "confirmation was sent": get("account_email_verification_sent"),
    "password once more": post("account_reauthenticate", password="the right one"),
    "password is changed": post("account_change_password", oldpassword="the right one"),
    "address is changed": post("account_email", email=ADDRESS, action_add=""),
    "administration": post("admin:login", username=NAME, password="the right one"),
    "administration of the account": get("admin:annotations_user_change", str(NUMBER)),
    "invitation": get("invitation", signing.Signer(salt="x").sign_object([ADDRESS, NUMBER])),
    "closed account": get("account_inactive"),
} | {f"sign in with {name}": sign_in(typed) for name, typed in SPELLINGS.items()}
PAGES |= {f"lost password with {name}": lose(typed) for name, typed in SPELLINGS.items()}


# --- what is seen ---


class Counted(MD5PasswordHasher):
    """It notes how often it makes a hash, which is what signing in takes its time for."""

    made: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.made.append(password)
        return super().encode(password, salt)


@dataclass(frozen=True)
class Seen:
    """All that an answer tells, and what it was made by."""

    status: int
    body: str
    headers: dict[str, str]
    cookies: dict[str, str]
    ways: list[tuple[str, int]]
    statements: list[str]
    hashes: int
    letters: list[tuple[Any, ...]]
    counted: int


RANDOM = re.compile(
    r"""(?P<before>csrfmiddlewaretoken\\?" value=\\?"|nonce-|nonce="|challenge": "|/held/)[\w-]+"""
)
LITERAL = re.compile(r"_\d+_sync_\d+|'(?:[^']|'')*'(?:::\w+)?|\bs\d+_x\d+\b|\b\d+\b|0x[0-9a-f]+")


def ask(page: Callable[[Client], Any]) -> Seen:
    """What a browser sees that never came here before."""
    cache.clear()
    Counted.made.clear()
    before = {row.pk for row in Letter.objects.all()}
    with CaptureQueriesContext(connection) as asked:
        answer = page(Client())
    letters = Letter.objects.exclude(pk__in=before)
    body = RANDOM.sub(r"\g<before>", answer.content.decode())
    headers = {name: RANDOM.sub(r"\g<before>", value) for name, value in answer.headers.items()}
    headers["X-Request-ID"] = re.sub(r"[0-9a-f]{32}", "", headers["X-Request-ID"])
    return Seen(
        status=answer.status_code,
        body=body,
        headers=headers,
        cookies={
            name: re.sub(r"=[^;]*", "=", held.output(), count=1)
            for name, held in answer.cookies.items()
        },
        ways=getattr(answer, "redirect_chain", []),
        statements=[LITERAL.sub("?", each["sql"]) for each in asked.captured_queries],
        hashes=len(Counted.made),
        letters=sorted(
            (row.to, row.kind, row.subject, re.sub(r"/e-mail/\S+", "", row.body), row.person_id)
            for row in letters
        ),
        counted=len(getattr(cache, "_cache", ())),
    )


def differences(one: Seen, other: Seen) -> dict[str, str]:
    """What differs, in few words."""
    found = {}
    for name in Seen.__dataclass_fields__:
        mine, theirs = (str(getattr(each, name)).splitlines() for each in (one, other))
        if isinstance(getattr(one, name), list):
            mine, theirs = ([str(row) for row in getattr(each, name)] for each in (one, other))
        if mine != theirs:
            lines = difflib.unified_diff(theirs, mine, lineterm="", n=0)
            found[name] = "\n".join(list(lines)[2:])
    return found


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done to the database within it was never done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
