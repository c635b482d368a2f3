"""The WSGI application. Its settings come from the environment alone."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import resolve
from django.utils.http import parse_header_parameters

from annotations.database import patience

UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
_application = get_wsgi_application()

# Read before the first request comes, not by it: all views, and what every page is made with.
resolve("/healthz")
get_template("base.html")

# Nobody waits longer for one statement of a page. Commands (migrations, dumps) are not bounded.
# What DATABASE_URL says of it comes later, and wins.
for _database in settings.DATABASES.values():
    _options = _database["OPTIONS"]
    _options["options"] = f"-c statement_timeout=30s {_options['options']}"
    # A server that says nothing at all cannot end one either.
    _options |= patience.OPTIONS


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Django's, at the root of its host or below URL_PREFIX, whatever a header says; in UTF-8.

    Some servers take the path that a site stands below from a header SCRIPT_NAME, which a client
    can send too, through a proxy on the same machine. And Django lets a request name the codec
    that it is decoded with, among them some that raise.
    """
    if _charset(environ.get("CONTENT_TYPE", "")) not in UTF_8:
        start_response("415 Unsupported Media Type", [("Content-Type", "text/plain")])
        return [b"Send text as UTF-8.\n"]
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    prefix = settings.FORCE_SCRIPT_NAME or ""
    environ["PATH_INFO"] = path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
    environ["SCRIPT_NAME"] = prefix
    return _application(environ, start_response)


def _charset(content_type: str) -> str:
    """The charset that a content type names; UTF-8 where it names none."""
    _kind, parameters = parse_header_parameters(content_type)
    return str(parameters.get("charset", "utf-8")).strip().lower()
