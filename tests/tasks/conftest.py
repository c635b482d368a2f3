"""A mail server, and the settings that lead to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .smtp import MailServer, mail_server


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with mail_server() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.EMAIL_TIMEOUT = 10
        settings.DEFAULT_FROM_EMAIL = "The Desk <desk@factcheck.example>"
        yield found
