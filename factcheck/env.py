"""Settings from environment variables and, for manage.py, from a file of NAME=value lines."""

import os
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Missing(ImproperlyConfigured):
    """A setting is absent or unusable; the message is one sentence for the operator."""


def read_file(path: Path) -> None:
    """Put the file's variables into the environment; what is set there already wins.

    No file, no effect. Empty lines and lines that begin with # are skipped.
    """
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def text(name: str, default: str | None = None) -> str:
    """The variable's value; an empty one counts as unset. Raises Missing without a default."""
    value = os.environ.get(name) or default
    if value is None:
        raise Missing(f"{name} is not set: on your own machine use `make run`; elsewhere, set it.")
    return value


def flag(name: str) -> bool:
    """Whether the variable says yes; anything but 1, true, yes or on is no."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str | None = None) -> list[str]:
    """The variable's comma-separated values. Raises Missing if unset without a default."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    """The variable's value, which is one of these. Raises Missing for another."""
    value = text(name, default)
    if value not in among:
        raise Missing(f"{name} must be one of: {', '.join(among)}.")
    return value


# Seconds until a connection is there, and milliseconds until what was sent has arrived: whoever
# waits for a page learns soon that the database is lost, also by a machine that fell silent. And
# seconds until a machine that owes an answer is asked whether it is still there: the worker, which
# may wait long for one, would wait two hours for a machine that is gone.
_IMPATIENT = {"connect_timeout": "2", "tcp_user_timeout": "2000", "keepalives_idle": "10"}


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for postgresql://user:password@host:port/name?option=value.

    A host beginning with %2F is a folder of Unix sockets. `-c jit=off` is added to what the URL
    asks of the server in `options`; what stands there wins (docs/decisions/0020-no-jit.md). So do
    the URL's own bounds on how long a server that is gone is waited for.
    Raises Missing if the URL is none of PostgreSQL's; the message never repeats it, since it may
    hold a password.
    """
    refused = Missing("DATABASE_URL must look like postgresql://user:password@host:port/name.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refused from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise refused
    # Not parts.hostname: it lowers the case, and a socket's folder may have capitals.
    host = parts.netloc.rpartition("@")[2]
    if port is not None:
        host = host.rpartition(":")[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host.rstrip(":").strip("[]")),
        "PORT": str(port or ""),
        "OPTIONS": without_jit(_IMPATIENT | dict(parse_qsl(parts.query))),
    }


SECONDS_FOR_MAIL = 10
"""How long each step of speaking to a mail server may take."""


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL_ settings, without that prefix, for smtp://user:password@host:587/?tls=1.

    smtps:// speaks TLS from the start (port 465); `tls=1` turns to it after the greeting, and is
    refused where the server does not. User and password are percent-encoded. Raises Missing for
    anything else; the message never repeats the URL, since it may hold a password.
    """
    refused = Missing(
        "EMAIL_URL must look like smtp://user:password@host:587/?tls=1 or smtps://user@host."
    )
    try:
        parts = urlsplit(url)
        port, asked = parts.port, parse_qsl(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        raise refused from None
    has_path = parts.path not in {"", "/"} or parts.fragment
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or has_path:
        raise refused
    if asked not in ([], [("tls", "0")], [("tls", "1")]):
        raise refused
    is_tls = asked == [("tls", "1")]
    if is_tls and parts.scheme == "smtps":
        raise Missing("EMAIL_URL: smtps:// speaks TLS from the start, so leave ?tls=1 out.")
    return {
        "HOST": parts.hostname,
        "PORT": port or (465 if parts.scheme == "smtps" else 587 if is_tls else 25),
        "HOST_USER": unquote(parts.username or ""),
        "HOST_PASSWORD": unquote(parts.password or ""),
        "USE_TLS": is_tls,
        "USE_SSL": parts.scheme == "smtps",
        "TIMEOUT": SECONDS_FOR_MAIL,
    }


def blobs(url: str, folder: Path) -> dict[str, Any]:
    """The storage of kept bytes: the folder, or the bucket of `s3://bucket/prefix?option=value`.

    Raises Missing for another address. What options there are, django-storages says.
    """
    if not url:
        return {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": folder}}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise Missing("BLOBS_URL has to be s3://bucket/prefix.")
    options = {"bucket_name": parts.hostname, "location": parts.path.strip("/")}
    options |= dict(parse_qsl(parts.query))
    return {"BACKEND": "annotations.bucket.Bucket", "OPTIONS": options}


def sender(name: str) -> str:
    """The variable's value, an address that mail comes from: desk@example.org or Desk <desk@…>.

    Raises Missing for anything else.
    """
    value = text(name)
    _name, address = parseaddr(value)
    user, at, host = address.rpartition("@")
    if not (user and at and host) or any(each in value for each in "\r\n"):
        raise Missing(f"{name} must look like desk@example.org or The Desk <desk@example.org>.")
    return value


def site(name: str, default: str) -> str:
    """The variable's value, the host of the site: https://facts.example.org, no slash at its end.

    A path that the site stands below is a setting of its own (URL_PREFIX). Raises Missing for
    anything that is no such address.
    """
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    is_more = parts.path or parts.query or parts.fragment
    if parts.scheme not in {"http", "https"} or not parts.hostname or is_more:
        raise Missing(f"{name} must look like https://facts.example.org.")
    return value


def without_jit(options: dict[str, str]) -> dict[str, str]:
    """The options of a connection, with the compilation of statements off unless they turn it on.

    The last of two settings holds, so ours comes first.
    """
    return options | {"options": f"-c jit=off {options.get('options', '')}".strip()}


def without_query(event: Any, hint: Any) -> Any:
    """What is reported of an error, without what the address asked for, and without cookies."""
    request = event.get("request", {})
    for name in ("query_string", "cookies", "data"):
        request.pop(name, None)
    request.pop("headers", None)
    return event
