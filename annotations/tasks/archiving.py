"""What readers are sent to is saved by other services too, where a desk and this site want it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from annotations.capture import looking, services
from annotations.capture.fetch import Unfetchable
from annotations.formats import archivehook, savepagenow
from annotations.formats import archiving as archiving_formats
from annotations.formats.archiving import Heard, Message
from annotations.models import ArchiveRequest
from annotations.vocabulary import ArchiveService, ArchiveState
from annotations.workflow import archiving

from .captures import bounds

logger = logging.getLogger(__name__)


def begin(at: dt.datetime) -> None:
    """Make rows of what was published since, for the services that desks have turned on."""
    for service in archiving.services_set():
        while archiving.begin(service, at) == archiving.AT_ONCE:
            pass


def archive_next() -> bool:
    """Send the address that has waited longest, or ask after one; whether there was any."""
    known = archiving.services_set()
    request = archiving.claim(known, timezone.now()) if known else None
    if request is None:
        return False
    try:
        message = _message(request)
        said = services.call(message.address, bounds(), message.headers, message.posted)
    except Unfetchable as problem:
        _tell(request, problem.code)
        heard = Heard("later", problem=problem.code, about=dict(problem.params))
        archiving.settle(request, heard, timezone.now())
        return True
    now, secrets = timezone.now(), _secrets(request)
    heard = _without(secrets, _heard(request, said))
    if heard.problem:
        _tell(request, heard.problem)
    answer = archiving.Answer(said.status, archiving_formats.recorded(said.data, secrets))
    wait = looking.retry_after(said.header("retry-after"), now)
    archiving.settle(request, heard, now, answer=answer, wait=wait)
    return True


def _tell(request: ArchiveRequest, problem: str) -> None:
    """Its code alone: what a service says may repeat what it was sent."""
    logger.warning("%s: %s (%s)", request, problem, request.service)


def _message(request: ArchiveRequest) -> Message:
    is_sent = request.state == ArchiveState.ASKED
    if request.service == ArchiveService.INTERNET_ARCHIVE:
        keys = settings.INTERNET_ARCHIVE_KEYS
        if is_sent:
            return savepagenow.asking_after(request.job, keys)
        return savepagenow.asking(request.address, keys)
    hook, key, now = _hook(request), _key(request), timezone.now()
    # The desk may have another archive by now, which knows nothing of the first one's work.
    if is_sent and urlsplit(request.job)[:2] == urlsplit(hook)[:2]:
        return archivehook.asking_after(request.job, request.uuid, key, now)
    return archivehook.telling(hook, request.address, request.uuid, key, now)


def _heard(request: ArchiveRequest, said: services.Said) -> Heard:
    if request.service == ArchiveService.INTERNET_ARCHIVE:
        return savepagenow.heard(said.status, said.data)
    return archivehook.heard(said.status, said.data, _hook(request))


def _hook(request: ArchiveRequest) -> str:
    return str(request.source.desk.archiver)


def _key(request: ArchiveRequest) -> bytes:
    return archivehook.key_of(settings.ARCHIVER_SECRET, request.source.desk.uuid)


def _secrets(request: ArchiveRequest) -> list[str]:
    """What no answer may bring into the database, in the forms in which it is sent."""
    keys, secret = settings.INTERNET_ARCHIVE_KEYS, settings.ARCHIVER_SECRET
    signing = archivehook.shown(_key(request)).removeprefix("whsec_") if secret else ""
    return [keys, keys.partition(":")[2], secret, signing]


def _without(secrets: Iterable[str], heard: Heard) -> Heard:
    """As it was heard, without the secrets: an address that holds one is none."""
    if any(each in heard.job + heard.archived_url for each in secrets if each):
        return Heard("failed", problem="junk")
    about = {
        name: archiving_formats.without(value, secrets) if isinstance(value, str) else value
        for name, value in heard.about.items()
    }
    return replace(heard, about=about)
