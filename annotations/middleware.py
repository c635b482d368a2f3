"""Sign-in: people get a page, scripts get a status. And what no request may do."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from annotations import workflow
from annotations.accounts import keep, language_of
from annotations.database.losing import is_lost, is_read_only
from annotations.forms import SignInForm, held
from annotations.forms.account.signing_in import Held


class PlainRequests:
    """What no request may do, whoever sends it, before anything of it is read.

    It is no larger than what a form takes (413), or what its view says that it takes of members
    (`takes`); a host is called by its one name, whatever its case, final dot and port in the
    header; and what does not say who may keep it is kept by nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "HTTP_HOST" in request.META:
            request.META["HTTP_HOST"] = _named(request)
        response = self.get_response(request)
        # What says nothing of being kept is for one person: drafts are in it.
        if not response.has_header("Cache-Control"):
            # But the answer to a form is what "Back" leads to: without it, the browser would ask
            # to send the form once more, and lose what stands in it.
            kept = "no-cache" if request.method == "POST" else "no-store"
            response["Cache-Control"] = f"private, {kept}"
        return response

    def process_view(
        self, request: HttpRequest, view_func: Any, *_address: Any
    ) -> HttpResponse | None:
        # Django bounds the fields of a form, but writes the files of any form, also of one that
        # takes none, to the disk whole. A body without a length is not read.
        if _length(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None
        # Who asks for a public page is never looked at: asked here, every page varied by cookie.
        takes = getattr(view_func, "takes", None)
        if takes is None or not request.user.is_authenticated:
            raise RequestDataTooBig("The body is larger than DATA_UPLOAD_MAX_MEMORY_SIZE.")
        if _length(request) <= takes:
            return None
        reason = _("What you sent is larger than %(limit)d MB.") % {"limit": takes // 1024**2}
        return render(request, "400.html", {"reason": reason}, status=413)


def _length(request: HttpRequest) -> int:
    """The bytes that the request says it brings."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said[:15]) if said.isascii() and said.isdigit() else 0


def _named(request: HttpRequest) -> str:
    """The host as it was asked for, but for case, a final dot, and a port that is not ours."""
    host = str(request.META["HTTP_HOST"]).lower()
    name, colon, port = host.rpartition(":")
    if not colon or not port.isdigit():
        return host.rstrip(".")
    ours = {request.META.get("SERVER_PORT", ""), *settings.HOST_PORTS}
    return f"{name.rstrip('.')}:{port}" if port in ours else name.rstrip(".")


class Sessions(SessionMiddleware):
    """Django's, which takes a save that the database refused for a session that was deleted.

    A page is read though its database is read-only: what was looked at last is not worth a refusal.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interrupted:
            update = interrupted.__context__
            error = update.__context__ if update else None
            if request.method in {"GET", "HEAD"} and is_read_only(error):
                return response
            if error is not None and (is_read_only(error) or is_lost(error)):
                raise error from None
            raise


class InTheirOwnTime:
    """Pages that are not public are in the person's language, and tell times in their time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()
            translation.activate(settings.LANGUAGE_CODE)

    def process_view(self, request: HttpRequest, view_func: Any, *_address: Any) -> None:
        # Who asks for a public page is never looked at (SignInMiddleware).
        if getattr(view_func, "login_required", True) and request.user.is_authenticated:
            timezone.activate(request.user.zone)
            translation.activate(language_of(request.user))


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's, but nothing typed is lost by it. And whoever must have a second factor sets it up.

    A save made by the page itself is answered 401, a form with a page that shows what was typed,
    which is kept until its sender is back.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> Any:
        """Public views never touch the session, or the response would vary by cookie."""
        if not getattr(view_func, "login_required", True):
            return None
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is None and _must_set_up(request):
            return _to_set_up(request)
        return refused

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if "X-Autosave" in request.headers:
            return HttpResponse(status=401)
        if getattr(request, "htmx", False):
            return HttpResponseClientRefresh()
        if request.method == "POST":
            sent = held(request, request.get_full_path())
            # With nothing typed there is nothing to lose: back to the page it came from.
            return _sign_in_again(request, sent) if sent else redirect_to_login(_page_of(request))
        return super().handle_no_permission(request, view_func)


def _must_set_up(request: HttpRequest) -> bool:
    """Whether a desk asks this person for a second factor, on any page but where it is set up."""
    person = request.user
    if not (person.is_authenticated and person.owes_factor):
        return False
    name = request.resolver_match.url_name if request.resolver_match else None
    return not (name or "").startswith(("mfa_", "account_", "held"))


def _to_set_up(request: HttpRequest) -> HttpResponse:
    if "X-Autosave" in request.headers:
        return HttpResponse(status=401)
    if request.method == "POST":
        keep(request, held(request, request.get_full_path()))
    messages.info(request, _("Your desk asks for a second factor. Set one up to go on."))
    address = reverse("mfa_index")
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return redirect(address)


def _sign_in_again(request: HttpRequest, sent: Held) -> HttpResponse:
    """What was sent, and the sign-in in place; it is kept in a row that only this browser names.

    403 and not 401, which would have to name a scheme of HTTP to sign in with, and ours is a form.
    """
    kept = keep(request, sent)
    context = {
        "form": SignInForm(request=request),
        "held": sent,
        "next": reverse("held", args=[kept.uuid]) if kept else _page_of(request),
        "is_kept": kept is not None,
    }
    answer = render(request, "account/signed_out.html", context, status=403)
    add_never_cache_headers(answer)
    return answer


def _page_of(request: HttpRequest) -> str:
    """The path of the page on this host that the request came from, else the start."""
    came_from = request.headers.get("referer", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(came_from, here, require_https=request.is_secure()):
        return reverse("desk")
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class SentForms:
    """A form that was sent is kept as unsent no longer (models.UnsentForm).

    Every form of ours is answered with another address once it is saved, and with itself where it
    is refused. It names what was kept of it: `unsent` is the version that its sender saw, and its
    name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        is_saved = request.method == "POST" and answer.status_code in (302, 303)
        if is_saved and "unsent" in request.POST and request.user.is_authenticated:
            version, _space, form = request.POST["unsent"].partition(" ")
            seen = int(version) if version.isdecimal() and len(version) < 9 else 0
            key = _key_of(request)
            workflow.drop_unsent(form, actor=request.user, version=seen, key=key)
            # And this browser's own copy goes (autosave.js), as views.http.acknowledged has it.
            if key is not None:
                answer.set_cookie("saved", str(key), secure=request.is_secure(), samesite="Lax")
        return answer


def _key_of(request: HttpRequest) -> uuid.UUID | None:
    """What the form was sent under, if that is a key: of a conflict, the form that ran into it."""
    try:
        return uuid.UUID(request.POST.get("settles") or request.POST.get("key", ""))
    except ValueError:
        return None
