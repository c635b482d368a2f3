"""allauth's forms of the door where they did more for an account that there is than for none."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import UserTokenForm
from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from fido2.utils import websafe_decode

from annotations.models import User


class PasskeyForm(LoginWebAuthnForm):
    """allauth's, which looks for the keys of whom the browser named, and never for the person.

    The name is a number that anybody can make up. allauth asks once more where it is an account's.
    """

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]
        wrong = get_adapter().validation_error("incorrect_code")
        try:
            response = auth.parse_authentication_response(credential)
            handle = websafe_decode(credential["response"]["userHandle"])
            person = User(pk=url_str_to_user_pk(handle.decode()))
        except (KeyError, TypeError, ValueError) as bad:
            raise wrong from bad
        authenticator: Authenticator = auth.complete_authentication(person, credential)
        if not response.response.authenticator_data.is_user_verified():
            raise wrong
        return authenticator


class LostPasswordLinkForm(UserTokenForm):
    """allauth's, by which the link of an account that was closed meanwhile leads nowhere."""

    def _get_user(self, uidb36: str) -> Any:
        person = super()._get_user(uidb36)
        return person if person is not None and person.is_active else None
