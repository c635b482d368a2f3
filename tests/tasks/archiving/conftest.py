"""A desk that wants its pages saved by others too, and the services that answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from annotations.formats import savepagenow
from annotations.models import Desk, Source
from annotations.workflow import archiving
from tests.tasks.services import Heard, Reply, Service, serving

from .archived import KEYS, SECRET, cited_by, saved_here


@pytest.fixture(autouse=True)
def known(settings) -> None:
    settings.INTERNET_ARCHIVE_KEYS, settings.ARCHIVER_SECRET = KEYS, SECRET


@pytest.fixture
def cited(cast) -> Source:
    """What a published verdict stands on, at a desk that wants the Internet Archive."""
    _article, claim = cast.published()
    Desk.objects.filter(pk=claim.desk_id).update(to_internet_archive=True)
    return cited_by(claim)


@pytest.fixture
def source(cited: Source) -> Source:
    """The same, saved here."""
    return saved_here(cited)


@pytest.fixture
def own(source: Source) -> Source:
    Desk.objects.update(to_internet_archive=False, archiver="https://archive.example/hook")
    return source


@pytest.fixture
def service(settings, monkeypatch) -> Iterator[Callable[..., Service]]:
    """Makes the service that answers so, one reply after the other, the last of them for ever."""
    running = []

    def made(*replies: Reply) -> Service:
        left = list(replies)

        def say(_heard: Heard) -> Reply:
            return left.pop(0) if len(left) > 1 else left[0]

        context = serving(say)
        running.append(context)
        found = context.__enter__()
        settings.FETCH_ALLOWED = [*settings.FETCH_ALLOWED, found.name]
        for module in (savepagenow, archiving):
            monkeypatch.setattr(module, "HOME", found.home)
        Desk.objects.exclude(archiver="").update(archiver=f"{found.home}/hook?desk=1")
        return found

    yield made
    for each in running:
        each.__exit__(None, None, None)
