"""Bytes that are kept for good, by their SHA-256, in a storage of files: never in a row.

The storage is `STORAGES["blobs"]` of the settings: a folder, or whatever Django has a storage for.
The same bytes are kept once. They are kept before the row that names them is committed, so that no
row names what is not there; where the row is undone, a file is left that nothing names. Bytes go
both ways a piece at a time.
"""

from __future__ import annotations

import datetime as dt
import errno
import logging
import os
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext as _

from annotations import figures

logger = logging.getLogger(__name__)

PIECE = 1024 * 1024
"""Bytes that are held at a time."""
_IN_MEMORY = 4 * PIECE
_AT_ONCE = 16
"""Files that are being written at a time, where many are."""


class Missing(Exception):
    """Nothing is kept under this name."""


class Altered(Exception):
    """What is kept under this name has another SHA-256: it was changed, or it is damaged."""


class Away(OSError):
    """What keeps the bytes does not answer, or refuses: of the bytes themselves nothing is known.

    `str()` is English, for a log: it may name the server.
    """


@dataclass(frozen=True, slots=True)
class Kept:
    sha256: str
    size: int
    """Bytes."""


class Folder(FileSystemStorage):
    """A folder in which a file is there whole or not at all, and stays when the power goes."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        self._parts.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=self._parts, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for piece in content.chunks(PIECE):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        """Where the folder itself is gone (a disk that was not mounted), that proves nothing."""
        try:
            return File(Path(self.path(name)).open(mode))
        except FileNotFoundError:
            if not Path(self.location).is_dir():
                raise Away(f"{self.location} is not there") from None
            raise

    @property
    def _parts(self) -> Path:
        """Where files are until they are whole: on the same disk, in one folder to look through."""
        return Path(self.location) / ".parts"

    def sweep(self, before: float) -> int:
        """Remove what was begun before this moment (seconds since 1970) by a process that ended.

        Returns how many there were.
        """
        if not self._parts.is_dir():
            return 0
        removed = 0
        for each in self._parts.iterdir():
            with suppress(FileNotFoundError):  # it has become whole meanwhile
                if each.stat().st_mtime < before:
                    each.unlink()
                    removed += 1
        return removed

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: the same name has the same bytes."""
        return name


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def name_of(digest: str) -> str:
    """Where bytes of this SHA-256 are: two folders deep, so that none grows too large."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def keep(data: bytes | IO[bytes]) -> Kept:
    """Keep the bytes, unless they are there.

    Raises OSError where there is no room for them, Away where nothing answers: `unkept` says so.
    """
    if isinstance(data, bytes):
        kept = Kept(sha256(data).hexdigest(), len(data))
        _put(kept, ContentFile(data))
        return kept
    # What comes as a stream is hashed on its way into a file of its own.
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as beside:
        seen, size = sha256(), 0
        while piece := data.read(PIECE):
            seen.update(piece)
            size += len(piece)
            beside.write(piece)
        beside.seek(0)
        kept = Kept(seen.hexdigest(), size)
        _put(kept, File(beside))
        return kept


def keep_each(several: Sequence[bytes]) -> None:
    """Keep the bytes of each, as `keep` does, beside each other.

    Most of the time of small files is waiting for the disk: 300 took 1.9 s in turn, 0.1 s so.
    Raises as `keep`, once those that were begun have ended.
    """
    if len(several) < 2:
        for data in several:
            keep(data)
        return
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        deque(threads.map(keep, several), maxlen=0)  # raises what one raised


def _put(kept: Kept, file: File) -> None:
    storage = storages["blobs"]
    name = name_of(kept.sha256)
    if storage.exists(name):
        if is_whole(kept.sha256):
            return
        # What is damaged is mended by the bytes themselves.
        storage.delete(name)
    storage.save(name, file)
    figures.BLOBS.inc()
    figures.BLOB_BYTES.inc(kept.size)


def sweep(before: dt.datetime) -> int:
    """Remove what was begun before then and never became whole; returns how many there were.

    A process that is killed while it writes leaves such a file. A bucket has none.
    """
    storage = storages["blobs"]
    return storage.sweep(before.timestamp()) if isinstance(storage, Folder) else 0


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SHUT = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EIO}


def is_full(error: BaseException | None) -> bool:
    """Whether a disk has no room left, or no more for us."""
    return isinstance(error, OSError) and error.errno in _FULL


def is_shut(error: BaseException | None) -> bool:
    """Whether a disk or a folder cannot be written: it is read-only, another's, or broken."""
    return isinstance(error, OSError) and error.errno in _SHUT


def unkept(error: OSError) -> str:
    """What a person is told whose file could not be kept. Whoever keeps the server: where."""
    logger.error("A file was not kept: %s", error)
    if isinstance(error, Away):
        return _("Files cannot be kept just now: where they are kept, nothing answers.")
    if is_shut(error):
        return _(
            "Files cannot be kept just now: the site may not write where it keeps them."
            " Nothing of it is kept."
        )
    return _("There is no room for the file just now. Nothing of it is kept.")


def pieces(digest: str) -> Iterator[bytes]:
    """The bytes, as they are kept. Raises Missing, Away."""
    with _opened(digest) as file:
        while piece := file.read(PIECE):
            yield piece


def part(digest: str, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` to before `end`, a piece at a time. Raises Missing, Away."""
    with _opened(digest) as file:
        file.seek(start)
        left = end - start
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def read(digest: str) -> bytes:
    """All the bytes, if they are what they were. Raises Missing, Altered, Away."""
    data = b"".join(pieces(digest))
    if sha256(data).hexdigest() != digest:
        raise Altered(digest)
    return data


def check(digest: str) -> int:
    """How many bytes are kept, if they are what they were. Raises Missing, Altered, Away."""
    seen, size = sha256(), 0
    for piece in pieces(digest):
        seen.update(piece)
        size += len(piece)
    if seen.hexdigest() != digest:
        raise Altered(digest)
    return size


def is_whole(digest: str) -> bool:
    """Whether the bytes are there, as they were. Raises Away where nobody can tell."""
    try:
        check(digest)
    except (Missing, Altered):
        return False
    return True


@contextmanager
def _opened(digest: str) -> Iterator[File]:
    """Raises Missing, also where that is found out when it is read; Away where nobody can tell."""
    try:
        with storages["blobs"].open(name_of(digest), "rb") as file:
            yield file
    except FileNotFoundError:
        raise Missing(digest) from None
    except Away:
        raise
    except OSError as error:
        raise Away(str(error)) from error
