"""What was typed by somebody who was signed out meanwhile: shown again, and sent by hand.

Also when the form's token is of an earlier session, as in a second window after signing in.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from annotations.accounts import FACTORS, kept_for
from annotations.database.losing import require_writable
from annotations.forms import held
from annotations.forms.account.signing_in import Held
from annotations.views.http import Request


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """allauth's, which says of a form with errors what every other form here says: 422."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # What counts wrong passwords takes a count that cannot be kept for one that is too high.
        if request.method == "POST":
            require_writable()
        return super().dispatch(request, *args, **kwargs)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> Any:
        """Not to a second factor that was taken away meanwhile: its page would lead back here."""
        if is_mfa_enabled(stage.login.user, FACTORS):
            return super()._redirect_to_pending_stage(request, stage)
        clear_login(request)
        return None

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = 422
        return answer


@require_safe
def send_again(request: Request, key: str) -> HttpResponse:
    """Show what this browser sent while signed out, with a token of the new session.

    It is never sent by itself, and whoever signed in since may be somebody else: the page says who.
    """
    sent = kept_for(request, str(key))
    if sent is None:
        raise Http404
    return render(request, "account/send_again.html", {"held": sent})


@requires_csrf_token
def old_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. What a page of this site sent is shown, to be sent by hand.

    A browser says itself which site a form came from, and no page can make it say another. Where
    that is not this site, or nothing is said, the form is not shown: one click must not do what a
    stranger's page wanted. Nor is it where a password would have to be carried.
    """
    if (sent := sent_from_here(request)) is None or "X-Autosave" in request.headers:
        answer = render(request, "403_csrf.html", status=403)
    else:
        context = {"held": sent, "has_old_token": True}
        answer = render(request, "account/send_again.html", context, status=403)
    add_never_cache_headers(answer)
    return answer


def sent_from_here(request: HttpRequest) -> Held | None:
    """What the request sent, if a page of this site sent it and it can be sent again as it is.

    None for a form with a password in it, and for one with nothing that a person typed.
    """
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return None
    if any("password" in name.casefold() for name in request.POST):
        return None
    return held(request, request.get_full_path()) or None
