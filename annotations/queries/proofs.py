"""What leads from a copy or an edition to the root of its day, and what roots there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Prefetch

from annotations import blobs
from annotations.formats import merkle
from annotations.formats.proof import Proof, edition_bytes
from annotations.models import DailyRoot, RootLeaf, Snapshot, Stamp
from annotations.vocabulary import StampState

STAMPED = Prefetch(
    "stamps", Stamp.objects.filter(state=StampState.STAMPED).order_by("authority"), "stamped"
)


def roots() -> Iterator[DailyRoot]:
    """All roots, the newest first, each with its stamps as `stamped`."""
    return DailyRoot.objects.select_related("previous").prefetch_related(STAMPED).iterator(500)


def leaf_of(copy: Snapshot) -> RootLeaf | None:
    """Where the copy stands in the root of its day, once that is made."""
    rows = RootLeaf.objects.filter(snapshot=copy).select_related("root__previous")
    return rows.prefetch_related(Prefetch("root__stamps", STAMPED.queryset, "stamped")).first()


def leaf_of_record(copy: Snapshot) -> RootLeaf | None:
    """Where the WARC file of the copy's latest fetching stands, if a root has it yet."""
    rows = RootLeaf.objects.filter(capture__snapshot=copy).select_related(
        "root__previous", "capture"
    )
    return rows.order_by("-capture__finished_at", "-pk").first()


def leaf_of_edition(key: int) -> RootLeaf | None:
    return RootLeaf.objects.filter(edition=key).select_related("root__previous", "edition").first()


def proof_of(leaf: RootLeaf) -> Proof:
    """What leads from the leaf to its root, as it is stored."""
    tree = leaf.root.stored_tree()
    stamps = leaf.root.stamps.filter(state=StampState.STAMPED).order_by("authority")
    return Proof(
        day=f"{leaf.root.day:%Y-%m-%d}",
        digest=leaf.digest,
        root=leaf.root.root,
        path=merkle.path(tree, tree.index(bytes.fromhex(leaf.digest))),
        stamps=[bytes(each.token or b"") for each in stamps],
    )


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is not as it was: a sentence for whoever keeps the server."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what} {self.why}"


def wrong_roots() -> Iterator[Wrong]:
    """Roots that their leaves do not lead to, or that do not follow each other."""
    last: DailyRoot | None = None
    for root in DailyRoot.objects.select_related("previous").order_by("day"):
        name = f"the root of {root.day:%Y-%m-%d}"
        if root.previous != last:
            yield Wrong(name, "does not follow the one before it")
        if merkle.root(root.stored_tree()).hex() != root.root:
            yield Wrong(name, "is not that of what it stands for")
        last = root


def wrong_leaves() -> Iterator[Wrong]:
    """Copies and editions that are not what their root stands for."""
    rows = RootLeaf.objects.select_related("snapshot", "capture", "edition").order_by("pk")
    for leaf in rows.iterator(chunk_size=100):
        found = _found(leaf)
        if found != leaf.digest:
            yield Wrong(_name(leaf), "is missing" if found is None else "is not what it was")


def _found(leaf: RootLeaf) -> str | None:
    """The SHA-256 of what is there now, empty if it is not what it was; None where nothing is."""
    if leaf.edition is not None:
        return sha256(edition_bytes(leaf.edition.content)).hexdigest()
    copy = leaf.snapshot
    if copy is not None and copy.data is not None:
        return sha256(bytes(copy.data)).hexdigest()
    named = copy.sha256 if copy is not None else leaf.capture.warc if leaf.capture else ""
    if named != leaf.digest:
        return named
    try:
        blobs.check(named)
    except blobs.Missing:
        return None
    except blobs.Altered:
        return ""
    return named


def _name(leaf: RootLeaf) -> str:
    if leaf.edition is not None:
        return f"edition {leaf.edition.uuid}"
    row = leaf.snapshot or leaf.capture
    return f"{'copy' if leaf.snapshot else 'record'} {row.uuid if row else leaf.digest}"
