"""The first people of a site that runs somewhere else: they have a link, mail and a browser.

    python -m tests.drills.visitors SITE LINK CERTIFICATE KEY
    python -m tests.drills.visitors SITE

Takes the site's mail at mail.SITE:587, lets the head of its desk in by the link of `setup`, seven
others by the links in their mails, and publishes an article. Without a link they sign in and
publish another. Prints the address of the article.
"""

from __future__ import annotations

import re
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.drills import newsroom
from tests.drills.hands import Person, Tally

PATIENCE = 60
"""Seconds after which a mail is given up: a bound, never a measure."""


class PostOffice:
    """What was mailed, by address; who sends must say the password of docs/deploy.md, under TLS."""

    def __init__(self, certificate: str, key: str) -> None:
        self.mails: dict[str, str] = {}
        self.came = threading.Condition()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.controller = Controller(
            self, hostname="127.0.0.1", port=587, tls_context=context, require_starttls=True,
            auth_required=True, authenticator=self.knows,
        )  # fmt: skip

    def knows(self, *said: Any) -> AuthResult:
        told = said[-1]
        return AuthResult(success=(told.login, told.password) == (b"user", b"password"))

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        body = message_from_bytes(envelope.content, policy=policy.default).get_body()
        assert body is not None
        with self.came:
            self.mails |= dict.fromkeys(envelope.rcpt_tos, body.get_content())
            self.came.notify_all()
        return "250 OK"

    def link_to(self, address: str) -> str:
        """The link in the mail to this address, once it has come."""
        with self.came:
            assert self.came.wait_for(lambda: address in self.mails, PATIENCE), address
        found = re.search(r"https://\S+/invitations/\S+", self.mails[address])
        assert found, self.mails[address]
        return found[0]


@contextmanager
def browsing(site: str) -> Iterator[Any]:
    """A function that opens a page at the site, in a browser that knows its name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(),
            chromium_sandbox=False,
            args=["--disable-gpu", "--disable-quic", f"--host-resolver-rules=MAP {site} 127.0.0.1"],
        )

        def new_person() -> Person:
            context = browser.new_context(
                base_url=f"https://{site}", viewport={"width": 1440, "height": 900},
                ignore_https_errors=True,  # its authority is known to that machine alone
            )  # fmt: skip
            context.set_default_timeout(20_000)  # milliseconds
            return Person(context.new_page(), Tally())

        yield new_person
        browser.close()


def move_in(site: str, link: str, certificate: str, key: str) -> None:
    office = PostOffice(certificate, key)
    office.controller.start()
    try:
        with browsing(site) as new_person:
            head = new_person()
            newsroom.come_in(head, link, "Hedda Head")
            newsroom.invite(head, site)
            people = newsroom.all_come_in(new_person, office.link_to, site)
            checkers = {newsroom.NAMES[name]: people[name] for name in ("ann", "ben")}
            print(newsroom.publish(newsroom.PORT, head, people["ed"], checkers))
    finally:
        office.controller.stop()


def come_again(site: str) -> None:
    with browsing(site) as new_person:
        people = {name: new_person() for name in ("head", "ed", "ann", "ben")}
        for name, person in people.items():
            newsroom.sign_in(person, f"{name}@{site}")
        checkers = {newsroom.NAMES[name]: people[name] for name in ("ann", "ben")}
        print(newsroom.publish(newsroom.FERRY, people["head"], people["ed"], checkers))


if __name__ == "__main__":
    move_in(*sys.argv[1:]) if sys.argv[2:] else come_again(sys.argv[1])
