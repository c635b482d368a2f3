"""How a public page is served: the same for everyone, with validators, in the desk's language.

Nothing personal is read: no session, no cookie, no header of the reader's but those about what they
have already. So a shared cache may keep it, and a page unchanged costs one statement.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import Error
from django.http import HttpResponse, QueryDict
from django.urls import get_script_prefix
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, urlencode
from django.views.decorators.http import require_http_methods

from annotations.database import replica
from annotations.database.losing import is_lost
from annotations.formats import systemfonts
from annotations.queries.publication import State
from annotations.views.http import AnyRequest
from annotations.words.languages import LANGUAGES, language_for

Found = TypeVar("Found")

store = caches["process"]
KEPT = 24 * 3600
"""Seconds that a rendered page is kept; a new edition has another key, so it never lies."""

SAFE = ["GET", "HEAD"]
ALLOWED = "GET, HEAD, OPTIONS"
"""The methods of what scripts of any site may read."""

LOCALES = {"en": "en_US", "ar": "ar_AR", "es": "es_ES", "fr": "fr_FR"}
"""What Open Graph calls them: it asks for a territory, and these are its names for each."""


@cache
def release() -> str:
    """A fingerprint of the code and templates: a new release makes new pages, so new ETags."""
    root = Path(__file__).resolve().parents[1]
    found = hashlib.sha256()
    for pattern in ("**/*.py", "templates/**/*.html"):
        for path in sorted(root.glob(pattern)):
            found.update(path.read_bytes())
    found.update(" ".join(systemfonts.names()).encode())  # cards are drawn with them
    return found.hexdigest()[:12]


def public(
    state: Callable[..., State],
    takes: Sequence[str] = (),
    *,
    for_scripts: bool = False,
    is_shared: bool = True,
) -> Callable[..., Any]:
    """Serve the view to anyone; `state` is given what the address holds and says what it rests on.

    `takes` names the parameters that the view reads, beside `lang`; it is shown no others, so that
    a made-up one is no new page to make and keep. The view finds the state as `request.state`. The
    answer has ETag, Last-Modified and Cache-Control; it is kept under its ETag, and sent again
    only to clients that do not have it. What is `for_scripts` may be read by those of any site.
    What is not `is_shared` is asked for here each time: no purge tells a cache that it is gone.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def finish(answer: HttpResponse, etag: str, at: dt.datetime | None) -> HttpResponse:
            return _finish(answer, etag, at, settings.PUBLIC_CACHE_SECONDS if is_shared else 0)

        @login_not_required
        @require_http_methods([*SAFE, "OPTIONS"] if for_scripts else SAFE)
        @wraps(view)
        def wrapped(request: AnyRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return _preflight()
            _forget_unknown(request, ("lang", *takes))
            found = from_either(lambda: served(request, *args, **kwargs))
            return open_to_scripts(found) if for_scripts else found

        def served(request: AnyRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            found = state(*args, **kwargs)
            language = language_for(request.GET.get("lang", ""), found.language)
            request.state = found
            request.LANGUAGE_CODE = language
            etag = _etag(request, found, language)
            # By its ETag alone: how a desk looks, what it is called and in which zone it tells
            # times change without a moment, and one second may hold two editions.
            request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
            modified = int(found.modified.timestamp()) if found.modified else None
            not_modified = get_conditional_response(request, etag=etag, last_modified=modified)
            if not_modified is not None:
                return finish(not_modified, etag, found.modified)
            kept = None if settings.DEBUG else store.get(etag)
            if kept is None:
                with translation.override(language), timezone.override(found.zone):
                    response = view(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
                response.headers["Content-Language"] = language
                kept = (response.content, dict(response.headers))
                store.set(etag, kept, KEPT)
            content, headers = kept
            return finish(HttpResponse(content, headers=headers), etag, found.modified)

        return wrapped

    return decorate


def open_to_scripts(response: HttpResponse) -> HttpResponse:
    """Let scripts of any site read it, with what they need to ask again or to go on."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.headers["Allow"] = ALLOWED
    return response


def _preflight() -> HttpResponse:
    """What a browser asks before a script of another site sends the ETag that it has."""
    response = open_to_scripts(HttpResponse(status=204))
    response.headers["Access-Control-Allow-Methods"] = ALLOWED
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response.headers["Access-Control-Max-Age"] = str(KEPT)
    return response


def from_either(read: Callable[[], Found]) -> Found:
    """What is read from the replica, or, where that is lost, from the first database."""
    try:
        with replica.asked():
            return read()
    except Error as error:
        if not (replica.has_replica() and is_lost(error)):
            raise
    # The replica is lost, perhaps: the first database has all that it has.
    return read()


def _forget_unknown(request: AnyRequest, known: Sequence[str]) -> None:
    """Leave the view the parameters that it knows, each once and in this order."""
    kept = {name: request.GET[name] for name in known if name in request.GET}
    request.META["QUERY_STRING"] = urlencode(kept)
    request.GET = QueryDict(request.META["QUERY_STRING"])


def _etag(request: AnyRequest, state: State, language: str) -> str:
    parts = (
        "" if settings.DEBUG else release(),
        state.made_from,
        language,
        state.zone,
        # Two views may be asked at one address, below another prefix (a header can say so).
        request.resolver_match and request.resolver_match.view_name,
        get_script_prefix(),
        request.build_absolute_uri(),
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _finish(
    response: HttpResponse, etag: str, modified: dt.datetime | None, shared: int
) -> HttpResponse:
    response.headers["ETag"] = etag
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    # Browsers always ask; a shared cache may answer for us only where it is told of new editions.
    response.headers["Cache-Control"] = (
        f"public, max-age=0, s-maxage={shared}, must-revalidate"
        if shared
        else "public, max-age=0, must-revalidate"
    )
    return response


def in_languages(request: AnyRequest, path: str, state: State) -> dict[str, Any]:
    """Canonical address and the same page in the other languages, for the head and the foot.

    Also the look of the desk. `state` is what the page rests on.

    The address without ?lang= is the page in the desk's own language, and the only one that
    carries structured data.
    """
    default = language_for("", state.language)
    address = request.build_absolute_uri(path)
    join = "&" if "?" in path else "?"
    addresses = {
        code: address if code == default else f"{address}{join}{urlencode({'lang': code})}"
        for code in LANGUAGES
    }
    names = dict(settings.LANGUAGES)
    return {
        "canonical": addresses[request.LANGUAGE_CODE],
        "locale": LOCALES[request.LANGUAGE_CODE],
        "is_default_language": default == request.LANGUAGE_CODE,
        "languages": [
            {
                "code": code,
                "name": names[code],
                "url": url,
                "current": code == request.LANGUAGE_CODE,
            }
            for code, url in addresses.items()
        ],
        "default_url": address,
        "look": state.look,
        "lang": "" if default == request.LANGUAGE_CODE else request.LANGUAGE_CODE,
    }
