"""Signing in again in the middle of something: what was typed comes along, and is sent by hand."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from annotations.forms import SignInAgainForm, held, own_address


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
