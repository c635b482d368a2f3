"""Two workers, or two people, at the same moment: a service is asked once."""

from __future__ import annotations

from functools import partial
from threading import Thread

import pytest
from django.db import transaction
from django.utils import timezone

from annotations import workflow
from annotations.models import ArchiveRequest
from annotations.tasks.archiving import begin
from annotations.workflow import archiving
from tests.tasks.services import Reply
from tests.workflow.racing import at_once
from tests.workflow.test_names_of_claimants import in_a_thread, wait_until_somebody_waits

from .archived import JOB, also_cited, turn

pytestmark = pytest.mark.django_db(transaction=True)
SERVICE = ["internet_archive"]
NO = {"status": "error", "status_ext": "error:blocked-url", "message": "This URL is blocked."}


def test_the_second_worker_sees_what_the_first_one_chose(cast, source):
    also_cited(source, cast.ben, "https://records.example/other")
    now = timezone.now()
    begin(now)
    chosen: list[ArchiveRequest | None] = []
    second = Thread(target=in_a_thread, args=[lambda: chosen.append(archiving.claim(SERVICE, now))])
    with transaction.atomic():
        assert archiving.claim(SERVICE, now) is not None
        second.start()
        wait_until_somebody_waits()
    second.join()
    assert chosen == [None], "the service was asked just now"


def test_of_two_who_have_it_sent_again_one_is_refused(cast, source, service):
    service(Reply(NO), Reply(JOB))
    assert turn()
    refused = ArchiveRequest.objects.get()
    assert refused.state == "failed"
    ends = at_once(
        partial(workflow.archive_again, refused, actor=cast.eda),
        partial(workflow.archive_again, refused, actor=cast.eli),
    )
    assert ends == {"done": 1, "Refused": 1}
    assert ArchiveRequest.objects.open().count() == 1
