"""Reads every page that links lead to, as a reader, as people of a desk and in the administration.

    DATABASE_URL=... python -m tests.drills.crawl [PERSON...]

Prints each address that is answered with an error, and fails if there is one.
"""

from __future__ import annotations

import html
import os
import re
import sys

import django
from django.test import Client
from django.test.utils import setup_test_environment

MOST = 250
"""Pages for each person: the kinds are all there long before."""
LINK = re.compile(r'(?:href|src|hx-get)="([^"#]+)"')
NO_PAGES = ("/static/", "/logout/", "//")


def crawl(client: Client, start: str) -> dict[str, int]:
    """The status of each page that links lead to from the start."""
    seen: dict[str, int] = {}
    waiting = [start]
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        seen[address] = answer.status_code
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
        elif answer["Content-Type"].startswith("text/html"):
            links = map(html.unescape, LINK.findall(answer.content.decode()))
            local = (link.removeprefix("http://testserver") for link in links)
            waiting += [each for each in local if each[:1] == "/" and not each.startswith(NO_PAGES)]
    return seen


def main(people: list[str]) -> int:
    from annotations.models import User

    as_reader = Client(raise_request_exception=False)
    found = {("a reader", *each) for each in crawl(as_reader, "/").items()}
    for name in people:
        person = User.objects.get(username=name)
        client = Client(raise_request_exception=False)
        client.force_login(person)
        start = "/admin/" if person.is_superuser else "/desk/"
        found |= {(name, *each) for each in crawl(client, start).items()}
    wrong = sorted(each for each in found if each[2] >= 400)
    for name, address, status in wrong:
        print(f"{name}: {address} {status}")
    print(f"{len(found)} pages were read.")
    return bool(wrong)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    setup_test_environment()
    sys.exit(main(sys.argv[1:]))
