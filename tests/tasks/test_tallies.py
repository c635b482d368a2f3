"""What the worker did is counted where it is settled: once, whichever process is asked."""

from __future__ import annotations

import pytest
from django.utils import timezone

from annotations.models import Capture, Stamp, Tally
from annotations.tasks import proofs as stamps
from annotations.tasks.captures import capture_next
from annotations.views.health import TALLIES, Waiting
from annotations.workflow import copies, proofs
from tests.capture import servers

from .test_captures import PAGE, check, cite, site  # noqa: F401
from .test_proofs import authority  # noqa: F401

PAGE_THERE = servers.page(PAGE)
CLOSED = servers.page(b"", status="403 Forbidden")


def counted(kind: str) -> dict[str, float]:
    """What /metrics says of one kind, but for what never happened."""
    return {
        sample.labels["outcome"]: sample.value
        for family in Waiting().collect()
        for sample in family.samples
        if sample.name == f"factcheck_{kind}_total" and sample.value
    }


@pytest.mark.django_db
def test_what_never_happened_is_told_too():
    told = {
        (family.name, sample.labels["outcome"]): sample.value
        for family in Waiting().collect()
        for sample in family.samples
        if "outcome" in sample.labels
    }
    assert set(told) == {
        (f"factcheck_{kind}", each)
        for kind, (_words, outcomes) in TALLIES.items()
        for each in outcomes
    }
    assert set(told.values()) == {0}


def test_copies_are_counted_by_what_became_of_each_try(check, settings):  # noqa: F811
    settings.SAVE_COPIES = True
    answers = [PAGE_THERE, servers.page(b"", status="503 Later"), CLOSED]
    for number, answer in enumerate(answers):
        with servers.serving(site(answer)) as server:
            settings.FETCH_ALLOWED = [server.name]
            cite(check, f"http://{server.name}/{number}", title=f"Page {number}")
            assert capture_next()
    assert counted("captures") == {"saved": 1, "later": 1, "failed": 1}
    saved = Capture.objects.get(state="saved")
    copies.failed(saved, "gone", {}, is_passing=False)
    assert counted("captures") == {"saved": 1, "later": 1, "failed": 1}, "settled once"


def test_stamps_are_counted(cast, authority):  # noqa: F811
    cast.published()
    proofs.make_root(timezone.now().date(), [authority.address, "http://127.0.0.1:9/"])
    while stamps.stamp_next():
        pass
    assert counted("stamps") == {"stamped": 1, "later": 1}
    proofs.stamped(Stamp.objects.get(state="stamped"), b"x", timezone.now())
    assert counted("stamps") == {"stamped": 1, "later": 1}


def test_what_is_undone_is_not_counted(check, monkeypatch):  # noqa: F811
    """It stands in the transaction of what it counts."""

    def lost(*_args: object, **_what: object) -> None:
        raise OSError("no room")

    Tally.objects.create(kind="captures", outcome="saved", number=7)
    source = cite(check, "https://a.example/1")
    row = Capture.objects.create(source=source, host="a.example", wanted_by=check.person)
    monkeypatch.setattr(copies, "add_copy", lost)
    with pytest.raises(OSError, match="no room"):
        copies.saved(row, None, None, name="", media_type="")  # type: ignore[arg-type]
    assert counted("captures") == {"saved": 7}
