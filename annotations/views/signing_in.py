"""Signing in again in the middle of something: what was typed comes along, and is sent by hand.

Also when the form's token is of an earlier session, as in a second window after signing in.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import requires_csrf_token

from annotations.forms import SignInAgainForm, held, own_address
from annotations.forms.signing_in import Held


class SignInAgain(auth.LoginView):
    """Django's sign-in and its rules, on the page that shows what was typed (middleware)."""

    form_class = SignInAgainForm
    template_name = "registration/signed_out.html"
    # Who signed in meanwhile, in another tab, still has this page's text to send.
    redirect_authenticated_user = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("login")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            own_address(request.POST.get(f"{SignInAgainForm.prefix}-to", ""))
        except ValidationError as problem:
            raise BadRequest(problem.message) from problem
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Show what is held, with a token of the new session. It is never sent by itself."""
        login(self.request, form.get_user())
        context = {"held": held(self.request, form.cleaned_data["to"])}
        return render(self.request, "registration/send_again.html", context)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        context = self.get_context_data(form=form, held=held(self.request, form.data["sign-in-to"]))
        return self.render_to_response(context, status=422)


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
        answer = render(request, "registration/send_again.html", context, status=403)
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
