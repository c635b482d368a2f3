"""What the process writes of its work: a line a request, move, refusal, sign-in and slow statement.

Each line carries the id of its request. None holds a secret, a body, or what a query string says;
people are told apart by their keys, so that the lines may be kept where the database may not.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from annotations import figures

SLOW_SECONDS = 0.2
LONGEST_SQL = 2000
"""Characters of a statement that are written."""

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_AN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127, 0x85, 0x2028, 0x2029)}
_QUIET = {"healthz", "readyz", "metrics"}
"""Routes that machines ask every few seconds: their lines are for debugging."""

_log = logging.getLogger(__name__)


# --- how a line is written ---


def _details(record: logging.LogRecord) -> dict[str, Any]:
    """What the line tells beside its words: `extra={"fields": {...}}`, and the request's id."""
    known = {"request_id": _request_id.get()} if _request_id.get() else {}
    return known | getattr(record, "fields", {})


class JsonLines(logging.Formatter):
    """One JSON object a line. What would break a line is escaped in it."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= _details(record)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


class PlainLines(logging.Formatter):
    """For a person at a terminal: only a traceback takes more than one line."""

    def format(self, record: logging.LogRecord) -> str:
        words = f"{record.levelname} {record.name} {record.getMessage()}"
        words += "".join(f" {name}={value}" for name, value in _details(record).items())
        line = f"{self.formatTime(record)} {words.translate(_CONTROLS)}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


# --- requests ---


class Journal:
    """The outermost middleware: gives a request its id, and writes its line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        token = _request_id.set(given if _AN_ID.fullmatch(given) else uuid.uuid4().hex)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = _request_id.get()
            _write_request(request, response, time.perf_counter() - began)
            return response
        finally:
            _request_id.reset(token)


def _write_request(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    route = request.resolver_match.view_name if request.resolver_match else ""
    method = request.method if request.method in _METHODS else "other"
    figures.REQUESTS.labels(route, method, response.status_code).inc()
    figures.SECONDS.labels(route).observe(seconds)
    is_quiet = route in _QUIET or (not route and response.status_code < 400)  # or a static file
    # Who it is, if somebody asked: it is not asked for here, or public pages would read sessions.
    person = getattr(request, "_cached_user", None)
    _log.log(
        logging.DEBUG if is_quiet else logging.INFO,
        "request",
        extra={
            "fields": {
                "user": person.pk if person is not None else None,
                "method": method,
                "route": route,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            }
        },
    )


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


# --- sign-ins and statements, by signals of Django's own ---


def signed_in(sender: Any, user: Any, **_: Any) -> None:
    figures.SIGN_INS.labels("done").inc()
    _log.info("signed in", extra={"fields": {"user": user.pk}})


def signed_out(sender: Any, user: Any, **_: Any) -> None:
    if user is not None:
        _log.info("signed out", extra={"fields": {"user": user.pk}})


def sign_in_failed(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    """A name is a digest here: passwords are typed into its field too. Equal ones look equal."""
    figures.SIGN_INS.labels("failed").inc()
    name = str(credentials.get("username") or credentials.get("email") or "").casefold()
    digest = salted_hmac(__name__, name).hexdigest()[:12]
    _log.warning("sign-in failed", extra={"fields": {"name_digest": digest}})


def watch_statements(sender: Any, connection: Any, **_: Any) -> None:
    """Time all that a new connection is asked."""
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        if (seconds := time.perf_counter() - began) > SLOW_SECONDS:
            figures.SLOW.inc()
            said = {"sql": str(sql)[:LONGEST_SQL], "ms": round(seconds * 1000)}
            _log.warning("slow query", extra={"fields": said})


def listen() -> None:
    """Called once, when the app is ready."""
    from django.contrib.auth import signals as auth
    from django.db.backends.signals import connection_created

    auth.user_logged_in.connect(signed_in)
    auth.user_logged_out.connect(signed_out)
    auth.user_login_failed.connect(sign_in_failed)
    connection_created.connect(watch_statements)
