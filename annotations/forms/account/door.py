"""allauth's forms of the door: in our words, and the same for an account as for none."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode

from annotations.models import User

NEW, AGAIN = _("New password"), _("New password, once more")
CODE = _("Code of the app, or a recovery code")


class _InOurWords:
    """Labels of our own, and none a second time inside the field, where it goes as one types."""

    words: ClassVar[dict[str, Any]]
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


def _where_it_is_lost() -> str:
    page = reverse("account_reset_password")
    return format_html('<a href="{}">{}</a>', page, _("I have lost my password"))


class NewPasswordForm(_InOurWords, account.ResetPasswordKeyForm):
    words: ClassVar = {"password1": NEW, "password2": AGAIN}


class FirstPasswordForm(_InOurWords, account.SetPasswordForm):
    words: ClassVar = {"password1": NEW, "password2": AGAIN}


class ChangePasswordForm(_InOurWords, account.ChangePasswordForm):
    words: ClassVar = {"oldpassword": _("Password until now"), "password1": NEW, "password2": AGAIN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = _where_it_is_lost()


class ConfirmForm(_InOurWords, account.ReauthenticateForm):
    words: ClassVar = {"password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _where_it_is_lost()


class NewAddressForm(_InOurWords, account.AddEmailForm):
    words: ClassVar = {"email": _("E-mail")}


class CodeForm(_InOurWords, mfa.AuthenticateForm):
    words: ClassVar = {"code": CODE}


class ConfirmCodeForm(_InOurWords, mfa.ReauthenticateForm):
    words: ClassVar = {"code": CODE}


class AppForm(_InOurWords, ActivateTOTPForm):
    words: ClassVar = {"code": _("Code that the app shows")}


class AddPasskeyForm(_InOurWords, AddWebAuthnForm):
    words: ClassVar = {"name": _("Name"), "passwordless": _("Sign in with this key alone")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("Without a password. The key then asks for a finger, a face or its own PIN.")
        self.fields["passwordless"].help_text = help_text


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


class LostPasswordLinkForm(account.UserTokenForm):
    """allauth's, by which the link of an account that was closed meanwhile leads nowhere."""

    def _get_user(self, uidb36: str) -> Any:
        person = super()._get_user(uidb36)
        return person if person is not None and person.is_active else None
