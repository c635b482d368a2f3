"""What of a desk leaves with it, table by table, in the order in which it can arrive.

An article alone leaves as the rows that are of it (`within`), by the same description. A row names
others by UUID, a person by the user name. What is not listed stays: passwords, e-mail
addresses, letters, notices, invitations, receipts, who is looking at what, and what the lists for
readers hold, which follows from the editions (docs/decisions/0065-moving.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models as db

from annotations import models as m
from annotations.formats.lossless import Field, Table, ValueKind
from annotations.models.by_hash import KeptBytes


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a desk.

    `desk` is the path from a row to its desk. `left` are fields that stay behind; `only`, if any,
    are all that leave. `later` name rows that come after them, and are filled in at the end;
    `ahead` name such rows of the same table, and cannot wait; `own` may name rows of other desks,
    which stay behind; `loose` may name rows of other articles, which an article leaves behind.
    `files` hold the SHA-256 of bytes kept beside the rows.
    """

    name: str
    model: type[db.Model]
    desk: str
    left: frozenset[str] = frozenset()
    only: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    within: dict[str, str] = field(default_factory=dict)
    """The paths from a row to the article, claim or source that it is of; empty where it is of the
    desk alone."""
    is_shared: bool = False
    """Whether articles of a desk may have a row together, so that it may be there already."""
    lists: tuple[str, ...] = ()
    withheld: str = ""
    """The path to a field that says of a row that it stays behind, whole."""
    files: tuple[str, ...] = ()
    key: str = "uuid"
    order: str = "pk"
    """As rows were made, so that they arrive in this order; but not where it tells another site's
    keys."""
    batch: int = 2000
    """Rows in memory at once: one, where a row may hold 10 MB."""
    is_copied: bool = False
    """Whether its many rows come by COPY; none of them names another of the same table."""

    @property
    def fields(self) -> list[db.Field[Any, Any]]:
        """The columns that leave, in their order."""
        return [
            each
            for each in self.model._meta.concrete_fields
            if not each.primary_key
            and each.name not in self.left
            and (not self.only or each.name in self.only)
        ]


_CLAIM = "claim__desk"
_REVISION = "revision__article__desk"
_OF_CLAIM = {"claim": "claim"}
_OF_TEXT = {"revision__article": "article"}
_OF_EITHER = {"article": "article", "claim": "claim"}
_OF_EDITION = {"edition__article": "article", "edition__claim": "claim"}
_OF_SOURCE = {"source": "source"}

PERSON = "person"
SCALES = ("scale", "rating")

PARTS: tuple[Part, ...] = (
    Part(
        PERSON,
        m.User,
        "",
        only=("username", "first_name", "last_name", "language", "time_zone"),
        key="username",
        order="username",
    ),
    Part("scale", m.RatingScale, "", order="uuid"),
    Part("rating", m.Rating, "", order="uuid"),
    Part("desk", m.Desk, "pk", files=("logo_file", "icon_file", "touch_icon_file")),
    Part("membership", m.Membership, "desk"),
    Part(
        "guidelines",
        m.Guidelines,
        "desk",
        within={"annotations__assignment__claim": "claim"},
        is_shared=True,
    ),
    Part("statement", m.Statement, "desk"),
    Part(
        "article",
        m.Article,
        "desk",
        later=("original", "edition"),
        own=("original",),
        within={"pk": "article"},
    ),
    Part("revision", m.Revision, "article__desk", within={"article": "article"}, batch=100),
    Part("original", m.Original, _REVISION, within=_OF_TEXT, files=("data",)),
    Part("sentence", m.Sentence, _REVISION, within=_OF_TEXT, is_copied=True),
    Part("link", m.Link, _REVISION, within=_OF_TEXT, is_copied=True),
    Part("picture", m.Picture, _REVISION, within=_OF_TEXT, is_copied=True),
    Part(
        "claimant",
        m.Claimant,
        "desk",
        later=("same_as",),
        loose=("same_as",),
        within={"claims": "claim", "reported_claims": "claim"},
        is_shared=True,
    ),
    Part(
        "claim",
        m.Claim,
        "desk",
        later=("original", "verdict", "edition"),
        ahead=("duplicate_of",),
        own=("original",),
        within={"pk": "claim"},
        order="number",
    ),
    Part("mark", m.Mark, _CLAIM, within=_OF_TEXT),
    Part("removed_mark", m.RemovedMark, _CLAIM, within=_OF_TEXT),
    Part("orphan", m.Orphan, "mark__claim__desk", within=_OF_TEXT),
    Part("sighting", m.Sighting, _CLAIM, within=_OF_CLAIM),
    Part("assignment", m.Assignment, _CLAIM, within=_OF_CLAIM),
    Part(
        "annotation",
        m.Annotation,
        "assignment__claim__desk",
        within={"assignment__claim": "claim"},
    ),
    Part(
        "draft_version",
        m.DraftVersion,
        "annotation__assignment__claim__desk",
        within={"annotation__assignment__claim": "claim"},
    ),
    Part("verdict", m.Verdict, _CLAIM, within=_OF_CLAIM),
    Part("source", m.Source, "desk", within={"pk": "source"}, is_shared=True),
    Part(
        "snapshot",
        m.Snapshot,
        "source__desk",
        left=frozenset({"data"}),
        within=_OF_SOURCE,
        is_shared=True,
        files=("sha256",),
        batch=1,
        withheld="source__is_confidential",
    ),
    Part(
        "capture",
        m.Capture,
        "source__desk",
        left=frozenset({"claimed_until"}),
        within=_OF_SOURCE,
        is_shared=True,
        files=("warc",),
    ),
    Part(
        "archive_request",
        m.ArchiveRequest,
        "source__desk",
        left=frozenset({"claimed_until"}),
        within=_OF_SOURCE,
        is_shared=True,
    ),
    Part(
        "archive_answer",
        m.ArchiveAnswer,
        "request__source__desk",
        within={f"request__{way}": what for way, what in _OF_SOURCE.items()},
        is_shared=True,
    ),
    Part(
        "citation",
        m.Citation,
        "source__desk",
        within={"annotation__assignment__claim": "claim", "verdict__claim": "claim"},
    ),
    Part(
        "source_note",
        m.SourceNote,
        "source__desk",
        within={"annotation__assignment__claim": "claim"},
    ),
    Part(
        "comment",
        m.Comment,
        _CLAIM,
        loose=("source",),
        within=_OF_CLAIM,
        lists=("mentions", "unread_by"),
    ),
    Part("edition", m.Edition, "desk", loose=("revision",), within=_OF_EITHER, batch=100),
    Part("correction", m.Correction, "edition__desk", within=_OF_EDITION),
    # Who reported is told to nobody else, so an answer cannot be sent from where the desk goes.
    Part(
        "report",
        m.Report,
        "edition__desk",
        left=frozenset({"email", "sender"}),
        within=_OF_EDITION,
    ),
    Part("letter_template", m.LetterTemplate, "desk"),
    Part(
        "reply_request",
        m.ReplyRequest,
        "desk",
        within={"claims": "claim"},
        is_shared=True,
        lists=("claims",),
        files=("attachment",),
    ),
    Part("reply_point", m.ReplyPoint, "request__desk", within=_OF_CLAIM),
    Part("criticism", m.Criticism, _CLAIM, within=_OF_CLAIM),
    Part("source_change", m.SourceChange, "source__desk", within=_OF_CLAIM),
    Part("earlier_check", m.EarlierCheck, "desk"),
    Part("saved_filter", m.SavedFilter, "desk"),
    Part("phrase", m.Phrase, "desk"),
    Part("transition", m.Transition, "desk", loose=("article", "sentence"), within=_OF_EITHER),
)

STAYS: tuple[type[db.Model], ...] = (
    # Who a confidential source is: where the desk goes, its source has its UUID, and no name.
    m.Confidant,
    m.FileImport,
    m.HeldForm,
    m.Identity,
    m.IdentityNote,
    m.Incoming,
    m.Invitation,
    m.Job,
    m.Letter,
    m.Listing,
    m.Notice,
    m.NoticeChoice,
    m.Presence,
    m.Receipt,
    m.DailyRoot,
    m.RootLeaf,
    m.Stamp,
    m.Salt,
    m.Step,
    m.Tally,
    m.UnsentForm,
    m.Watch,
)
"""The rest of what is stored; a test asks that every model is in one of the two."""


@dataclass(frozen=True, slots=True)
class Described:
    """A part with what a line of it holds."""

    part: Part
    table: Table
    by_name: dict[str, Field] = field(default_factory=dict)


@cache
def described() -> dict[str, Described]:
    """Every part by its name, in their order."""
    names = {part.model: part.name for part in PARTS}
    found = {}
    for part in PARTS:
        fields = [_field(part, each, names) for each in part.fields]
        fields += [
            Field(name, ValueKind.KEYS, of=names[part.model._meta.get_field(name).related_model])  # type: ignore[index]  # of a field that names rows
            for name in part.lists
        ]
        table = Table(part.name, tuple(fields))
        found[part.name] = Described(part, table, {each.name: each for each in fields})
    return found


def shapes() -> list[Table]:
    """What the published schema is made of."""
    return [each.table for each in described().values()]


_KINDS: tuple[tuple[type[db.Field[Any, Any]], ValueKind], ...] = (
    (db.UUIDField, ValueKind.UUID),
    (db.DateTimeField, ValueKind.MOMENT),
    (db.DateField, ValueKind.DAY),
    (db.JSONField, ValueKind.JSON),
    (db.BinaryField, ValueKind.FILE),
    (db.BooleanField, ValueKind.BOOLEAN),
    (db.IntegerField, ValueKind.INTEGER),
    (db.CharField, ValueKind.TEXT),
    (db.TextField, ValueKind.TEXT),
)


def _field(part: Part, each: Any, names: dict[Any, str]) -> Field:
    if each.is_relation:
        return Field(each.name, ValueKind.KEY, each.null, of=names[each.related_model])
    kind = next(kind for known, kind in _KINDS if isinstance(each, known))
    if kind == ValueKind.TEXT and each.name in part.files:
        kind = ValueKind.FILE
    words: tuple[str, ...] = ()
    if each.choices and kind == ValueKind.TEXT:
        words = tuple(str(value) for value, _label in each.choices)
        words += ("",) if each.blank and "" not in words else ()
    longest = None if words or kind != ValueKind.TEXT else each.max_length
    is_null = each.null and not isinstance(each, KeptBytes)  # its column alone is empty
    return Field(each.name, kind, is_null, longest=longest, words=words)
