"""What all tests stand on: a database that can be emptied, and a browser that is listened to."""

import gc
import os
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client, TransactionTestCase
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    WebError,
    sync_playwright,
)
from playwright.sync_api import Request as BrowserRequest

from annotations.formats import systemfonts
from tests import chromium, thorough
from tests.emptying import empty
from tests.windows import Windows

if TYPE_CHECKING:
    from annotations.models import User

pytest_plugins = ["tests.replaying", "tests.cast"]  # in this order: one imports the other

# Time is never asserted: a cold cache of Unicode tables or a busy machine is no failure.
hypothesis.settings.register_profile(
    "factcheck", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("factcheck")

# Pictures are the same whatever fonts the machine has (tests/formats/test_systemfonts.py).
systemfonts.FOLDERS.clear()

NewPage = Callable[..., Page]


@pytest.fixture
def without_dead_rows(django_db_setup, django_db_blocker) -> None:
    """Tables without the dead rows of earlier tests, which PostgreSQL would plan for.

    For tests that count what statements read: named before whatever opens the test's transaction.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("vacuum (full, analyze)")


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """As many workers as there are cores, and never one alone: it would wait for Chromium."""
    return max(2, (yield))


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is in tests/drills is a drill, and what is dear is thorough, without saying so."""
    for item in items:
        if Path(__file__).with_name("drills") in item.path.parents:
            item.add_marker("drill")
    thorough.mark(items)


def pytest_collection_finish() -> None:
    """Thousands of tests and all of Django stay till the end: they are not gone through again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> Iterator[None]:
    """What a test committed is deleted row by row: few tables have any, and triggers are off.

    Django truncates every table, which the append-only ones refuse, and then fills in permissions
    again: a quarter of a second for each test with a browser.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: empty())
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_are_kept() -> Iterator[None]:
    """By the tests' own connection, as where people work. Those that a server of the tests has in
    its threads end with each request: it has a thread for each of a browser's connections."""

    def keep(sender: object, connection: Any, **_: object) -> None:
        if connection.alias == "default" and threading.current_thread() is threading.main_thread():
            connection.connection.keeps = True

    connection_created.connect(keep)
    yield
    connection_created.disconnect(keep)


@pytest.fixture(scope="session", autouse=True)
def blobs_aside(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What tests keep is in a folder of its own, not in this checkout's."""
    options: dict[str, Any] = settings.STORAGES["blobs"]["OPTIONS"]
    options["location"] = tmp_path_factory.mktemp("blobs")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of a worker."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.SEE)
    root = os.geteuid() == 0
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # From here on this thread has an event loop, and Django would refuse to use the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=path,
            chromium_sandbox=not root,  # Chromium refuses to run as root inside its sandbox
            args=[
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """The windows that tests of a worker use one after another."""
    return Windows(browser)


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Nothing is counted yet of what is counted by address: wrong passwords, kept forms."""
    cache.clear()


@pytest.fixture
def complaints() -> list[str]:
    """What browsers complained of in this test: errors on the console, requests to other hosts."""
    return []


class InHand:
    """How many requests this process is answering."""

    def __init__(self) -> None:
        self.none = threading.Condition()
        self.number = 0

    def begin(self, **_: object) -> None:
        with self.none:
            self.number += 1

    def end(self, **_: object) -> None:
        with self.none:
            self.number -= 1
            self.none.notify_all()

    def wait(self) -> None:
        """Until there is none."""
        with self.none:
            assert self.none.wait_for(lambda: self.number <= 0, timeout=20), "an answer hangs"


@pytest.fixture
def in_hand(live_server) -> Iterator[InHand]:
    """A page that is left sends what was typed last: its answer comes before the tables go."""
    counted = InHand()
    request_started.connect(counted.begin)
    request_finished.connect(counted.end)
    yield counted
    request_started.disconnect(counted.begin)
    request_finished.disconnect(counted.end)


@pytest.fixture
def new_page(
    windows: Windows, live_server, in_hand: InHand, complaints: list[str]
) -> Iterator[NewPage]:
    """A function that opens a page in a browser of its own; any complaint fails the test.

    new_page(user, refusals=(422,), viewport=...) signs the user in, if one is given; `refusals`
    are HTTP statuses that the test provokes, and that Chromium would report as errors; the rest
    are options of Playwright's new_context. Addresses may be relative: page.goto("/").
    """
    opened: list[BrowserContext] = []
    heard: list[tuple[BrowserContext, str, Callable[[Any], None]]] = []

    def open_page(
        user: "User | None" = None, *, refusals: tuple[int, ...] = (), **options: Any
    ) -> Page:
        def hear(message: ConsoleMessage) -> None:
            provoked = any(f"status of {status} " in message.text for status in refusals)
            if message.type == "error" and not provoked:
                complaints.append(f"{message.text} ({message.location.get('url')})")

        def watch(request: BrowserRequest) -> None:
            url = urlsplit(request.url)
            if url.scheme not in {"data", "blob"} and url.netloc != home.netloc:
                complaints.append(f"A request went to {request.url}")

        home = urlsplit(live_server.url)

        def tell(error: WebError) -> None:
            complaints.append(str(error.error))

        context = windows.take(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)  # milliseconds
        context.on("console", hear)
        context.on("weberror", tell)
        context.on("request", watch)
        opened.append(context)
        heard.extend(
            [(context, "console", hear), (context, "weberror", tell), (context, "request", watch)]
        )
        if user is not None:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            value = client.cookies[name].value
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return context.new_page()

    yield open_page
    for context in opened:
        windows.give_back(context, live_server.url)
    for context, event, listener in heard:
        context.remove_listener(event, listener)
    in_hand.wait()
    assert complaints == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of somebody who is not signed in."""
    return new_page()
