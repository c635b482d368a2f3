"""Eight of the largest texts at once: each is answered, and so is a reader meanwhile."""

from __future__ import annotations

import resource
import sys
from threading import Event, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from tests.cast import Cast
from tests.exchange.test_importing import at_once
from tests.formats.test_html import page
from tests.views.readers import article_page
from tests.views.test_access import client_of

from .test_evidence import told

pytestmark = pytest.mark.django_db(transaction=True)

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
# What the whole process may grow by, eight uploads and their answers included. Megabytes.
GROWTH = 600


def filled(unit: str, size: int) -> bytes:
    """About as many bytes of a text that repeats."""
    return (unit * (size // len(unit.encode()))).encode()


PROSE = "The line carried 4,000 people last year, said the mayor. It is so.\n\n"
TEXTS = {
    "prose.txt": filled(PROSE, LARGEST),
    "ellipses.txt": filled("… ", MEGABYTE),
    "list.txt": b"- a\n" * 99_000,
    "page.html": page(
        filled("<p>Words stand here, they do.</p>", LARGEST - 4000).decode()
    ).encode(),
    "no-full-stop.txt": filled("word ", 5 * MEGABYTE),
    "long.txt": filled(PROSE, 600_000),
    "data.json": filled('{"claim": "It is so."}\n', LARGEST),
    "letters.txt": b"a" * 1_000_000,
}
ANSWERS = {"long.txt": 200, "letters.txt": 200}


def peak() -> int:
    """The most memory that this process has held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@pytest.fixture
def cast(transactional_db) -> Cast:
    return Cast()


def test_eight_of_the_largest_texts_at_once_are_answered_and_readers_served(cast):
    article, _claim = cast.published()
    address, before = article_page(article), peak()
    clients = [client_of(cast.eda) for _text in TEXTS]
    done, served = Event(), []

    def read() -> None:
        while not done.is_set():
            served.append(client_of(cast.stranger).get(address).status_code)
        connection.close()

    def send(client, name: str, data: bytes):
        sent = {"language": "en", "public_text": "excerpts", "do": "preview"}
        return client.post(
            reverse("import", args=["desk"]), sent | {"file": SimpleUploadedFile(name, data)}
        )

    reader = Thread(target=read)
    reader.start()
    answers = at_once(
        *[
            lambda client=client, name=name, data=data: send(client, name, data)
            for client, (name, data) in zip(clients, TEXTS.items(), strict=True)
        ]
    )
    done.set()
    reader.join()
    got = {name: answer.status_code for name, answer in zip(TEXTS, answers, strict=True)}
    assert got == {name: ANSWERS.get(name, 422) for name in TEXTS}
    assert served
    assert set(served) == {200}
    sizes = {name: len(answer.content) for name, answer in zip(TEXTS, answers, strict=True)}
    assert {name for name, size in sizes.items() if size > 2 * MEGABYTE} == set(), sizes
    grown = (peak() - before) // MEGABYTE
    told(f"{len(TEXTS)} of the largest texts at once: {grown} MB more, {len(served)} pages served")
    assert grown < GROWTH
