"""The one door for a text: pasted, in a file, at a web address, or received before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings

from annotations import figures
from annotations.capture import fetch
from annotations.formats import clipboard, mail, readers
from annotations.formats.describing import describe
from annotations.formats.kept import document_from, is_current, kept
from annotations.formats.plain import Document
from annotations.models import Desk, Incoming, User
from annotations.text.canonical import BadText


@dataclass(frozen=True, slots=True)
class Given:
    """A text as it comes: pasted characters, else the bytes of a file, else a page, else `earlier`.

    `media_type` is what a person said that a file is. `earlier` was received on an earlier look,
    and is taken also where the pasted characters are the ones it was read from, or to.
    `copied` is what was pasted into the text with its structure.
    """

    text: str = ""
    data: bytes = b""
    name: str = ""
    media_type: str = ""
    page: fetch.Page | None = None
    earlier: Incoming | None = None
    copied: tuple[Incoming, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and what is kept of what it was read from, if anything is."""

    document: Document
    incoming: Incoming | None = None

    @property
    def name(self) -> str:
        """The name of the file, if it was one."""
        return self.incoming.name if self.incoming else ""


def fetched(address: str, **narrower: Any) -> fetch.Page:
    """The page at a web address, as the settings allow. Raises Unfetchable.

    `narrower` are bounds of `fetch.Bounds` that are other than usual.
    """
    bounds = fetch.Bounds(
        ports=frozenset(settings.FETCH_PORTS),
        allowed=frozenset(settings.FETCH_ALLOWED),
        **narrower,
    )
    try:
        page = fetch.fetch(address, bounds)
    except fetch.Unfetchable:
        figures.FETCHES.labels("failed").inc()
        raise
    figures.FETCHES.labels("done").inc()
    return page


LOOK_SECONDS, LOOK_BYTES = 8.0, 3 * 1024 * 1024
"""What a look at a page may take: somebody waits for it."""


def described(address: str) -> dict[str, str]:
    """What the page at an address says of itself, by the names of a source's fields.

    Raises Unfetchable.
    """
    page = fetched(address, seconds=LOOK_SECONDS, size=LOOK_BYTES)
    said = describe(page.data, charset=page.charset, address=page.address)
    return {name: value for name, value in asdict(said).items() if name != "address"}


UNREAD = "application/octet-stream"
"""The type of what was received for another kind of import: no look at an article takes it."""
CHECKS_UNREAD = f"{UNREAD}; holds=checks"
"""The type of what was received with the word that others' checks are in it."""


def receive(
    desk: Desk, person: User, name: str, data: bytes, *, holds_checks: bool = False
) -> Incoming:
    """Keep a file unread for the person's next look, for a browser keeps none; for a day.

    `holds_checks` is what they say of it, by which it was looked at.
    """
    kind = CHECKS_UNREAD if holds_checks else UNREAD
    return Incoming.objects.create(
        desk=desk, person=person, name=name[:255], media_type=kind, data=data
    )


def look_at_as(incoming: Incoming, *, holds_checks: bool) -> None:
    """Keep what is said of a file that was received, for another look at it."""
    incoming.media_type = CHECKS_UNREAD if holds_checks else UNREAD
    incoming.save(update_fields=["media_type"])


def was_said_to_hold_checks(incoming: Incoming) -> bool:
    return incoming.media_type == CHECKS_UNREAD


def received_before(desk: Desk, person: User, key: uuid.UUID) -> Incoming:
    """What the person sent on an earlier look, of which a browser keeps no copy. Raises BadText."""
    mine = Incoming.objects.visible_to(person).filter(desk=desk, uuid=key)
    found = mine.select_related("desk").first()
    if found is None:
        raise BadText(
            "gone", "The file is not kept any more. Choose it again, or fetch the page again."
        )
    return found


def read(given: Given, desk: Desk, *, language: str = "", keep_for: User | None = None) -> Reading:
    """The document in what is given; kept for a day for that person's next look, if one is named.

    Without `language` it is read in the one it names itself, or else the desk's. What was received
    before is not read again. Raises BadText.
    """
    if given.earlier and _is_the_same(given, given.earlier):
        return _with_structure(_read_again(given.earlier, language), given)
    source, media_type = _source(given, desk, language)
    document = readers.read(source, media_type)
    if keep_for is None:
        return _with_structure(Reading(document), given)
    incoming = Incoming.objects.create(
        desk=desk,
        person=keep_for,
        name=given.name[:255],
        address=source.address,
        charset=source.charset,
        media_type=media_type,
        data=document.original,
        reading=kept(document),
    )
    return _with_structure(Reading(document, incoming), given)


def copied_in(desk: Desk, person: User, html: bytes) -> Reading:
    """Read what was copied as HTML, and keep it for the person's next looks. Raises BadText."""
    given = Given(data=html, name="clipboard.html", media_type=readers.CLIPBOARD)
    return read(given, desk, keep_for=person)


def copied_before(desk: Desk, person: User, keys: Iterable[uuid.UUID]) -> tuple[Incoming, ...]:
    """What the person pasted with its structure, as far as it is kept."""
    mine = Incoming.objects.visible_to(person).filter(desk=desk, media_type=readers.CLIPBOARD)
    return tuple(mine.filter(uuid__in=list(keys)).defer("data").order_by("pk"))


def attachment_of(incoming: Incoming, number: int) -> Given:
    """What is attached to a mail that was received before, as a file of its own. Raises BadText."""
    name, data = mail.attachment(bytes(incoming.data), number)
    return Given(data=data, name=name)


def _with_structure(reading: Reading, given: Given) -> Reading:
    """The reading of typed text, with what was pasted into it being what it was."""
    copied = [document_from(each.reading, b"") for each in given.copied if each.reading]
    if not copied or not given.text.strip():
        return reading
    return replace(reading, document=clipboard.structured(reading.document, copied))


def _source(given: Given, desk: Desk, language: str) -> tuple[readers.Source, str]:
    """What is to be read, and as what. Raises BadText."""
    if given.text.strip():
        return readers.Source(given.text, language, desk.language), readers.PLAIN
    if given.page:
        page = given.page
        source = readers.Source(page.data, language, desk.language, page.charset, page.address)
        return source, page.media_type
    media_type = given.media_type or readers.media_type_of(given.data, given.name)
    return readers.Source(given.data, language, desk.language), media_type


def _is_the_same(given: Given, earlier: Incoming) -> bool:
    if not given.text.strip():
        return not given.data and not given.page and not earlier.is_pasted
    reading = earlier.reading or {}
    if reading.get("text") == given.text:
        return True
    return earlier.is_pasted and bytes(earlier.data) == given.text.encode(errors="surrogatepass")


def _read_again(incoming: Incoming, language: str) -> Reading:
    """What was kept, or read once more in another language or by the rules of today."""
    data, values = bytes(incoming.data), incoming.reading
    if values and is_current(values) and language in ("", values["language"]):
        return Reading(document_from(values, data), incoming)
    default = incoming.desk.language
    given = data.decode(errors="surrogatepass") if incoming.is_pasted else data
    source = readers.Source(given, language, default, incoming.charset, incoming.address)
    media_type = incoming.media_type or readers.media_type_of(data, incoming.name)
    document = readers.read(source, media_type)
    incoming.reading = kept(document)
    incoming.save(update_fields=["reading"])
    return Reading(document, incoming)
