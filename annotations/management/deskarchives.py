"""The archive of a desk or an article: its rows, the bytes they name, and a manifest for both.

A tar file without compression, the same for the same rows: `rows.jsonl`, `files/<SHA-256>`, each
once, and last `manifest.json`. Each part is written and read a piece at a time. What was ended
while it was written has no manifest: it is refused as an archive, and taken up again as a file.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from annotations import blobs
from annotations.exchange.moving import Unfit
from annotations.formats.lossless import (
    ARTICLE,
    DESK,
    KNOWN,
    TAKEN_BY,
    VERSION,
    is_known,
    newer_than,
)

ROWS = "rows.jsonl"
FILES = "files/"
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
"""Bytes that are held at a time."""
EVERY = 1000
"""Lines after which the hash of all lines so far is noted, to tell where a change is."""
_CALLED = {DESK: "a desk", ARTICLE: "an article"}
_LONGEST_LINE = 64 * 1024 * 1024
_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)


@dataclass(frozen=True, slots=True)
class Part:
    bytes: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    rows: dict[str, int]
    """How many of each table."""
    hashes: list[str]
    """Of the lines until the thousandth, the two-thousandth and so on: SHA-256, 16 digits."""
    parts: dict[str, Part] = field(default_factory=dict)
    format: str = DESK
    version: int = VERSION


class Hashes:
    """Notes the hash of lines so far, every thousand lines."""

    def __init__(self) -> None:
        self.seen, self.count = sha256(), 0
        self.noted: list[str] = []

    def add(self, line: bytes) -> None:
        self.seen.update(line)
        self.count += 1
        if self.count % EVERY == 0:
            self.noted.append(self.seen.hexdigest()[:16])


class Writer:
    """Writes parts to a stream, which need not be seekable."""

    def __init__(self, stream: IO[bytes], parts: dict[str, Part] | None = None) -> None:
        self.stream = stream
        self.parts = dict(parts or {})

    def add(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """Write a part of this many bytes. Raises Unfit if there are others."""
        self.stream.write(_head(name, size))
        seen, length = sha256(), 0
        for piece in pieces:
            seen.update(piece)
            length += len(piece)
            self.stream.write(piece)
        if length != size:
            raise Unfit(f"{name} changed while it was read.")
        self.stream.write(b"\0" * (-size % _BLOCK))
        self.parts[name] = Part(size, seen.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        manifest.parts = self.parts
        told = _told(manifest)
        self.add(MANIFEST, len(told), [told])
        self.stream.write(_END)


def _head(name: str, size: int) -> bytes:
    """The block that stands before a part of this many bytes."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


def _told(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """All that the stream has, a piece at a time."""
    while piece := stream.read(PIECE):
        yield piece


def begun(stream: IO[bytes], rows: str) -> dict[str, Part]:
    """The whole parts of an archive that was not finished, if its rows have this SHA-256.

    The stream is cut after the last of them, and stands at its end; empty if none is of use.
    """
    parts, end = {}, 0
    for info in _members(stream):
        if info.name == MANIFEST:
            break
        found = _hashed(stream, info)
        wanted = rows if info.name == ROWS else info.name.removeprefix(FILES)
        if found is None or found.sha256 != wanted:
            break
        parts[info.name] = found
        end = info.offset_data + info.size + (-info.size % _BLOCK)
    stream.seek(end)
    stream.truncate()
    return parts


def _members(stream: IO[bytes]) -> Iterator[tarfile.TarInfo]:
    """The parts that can be found; whatever is behind the first that cannot is not."""
    stream.seek(0)
    try:
        with tarfile.open(fileobj=stream, mode="r:") as tar:
            yield from tar
    except tarfile.TarError:
        return


def _hashed(stream: IO[bytes], info: tarfile.TarInfo) -> Part | None:
    """What the part holds; None where its end is missing."""
    place = stream.tell()
    stream.seek(info.offset_data)
    seen, left = sha256(), info.size
    while left and (piece := stream.read(min(PIECE, left))):
        seen.update(piece)
        left -= len(piece)
    padded = stream.read(-info.size % _BLOCK)
    stream.seek(place)
    if left or len(padded) != -info.size % _BLOCK:
        return None
    return Part(info.size, seen.hexdigest())


class Reader:
    """Reads an archive, once it has been found whole. Raises Unfit where it is not.

    `of` is the format of what is wanted: a desk's, or an article's.
    """

    def __init__(self, path: Path, of: str = DESK) -> None:
        self.of = of
        self.stream = path.open("rb")
        try:
            self.places = {info.name: info for info in _members(self.stream)}
            self.manifest = self._manifest()
        except BaseException:
            self.stream.close()
            raise

    def close(self) -> None:
        self.stream.close()

    def _manifest(self) -> Manifest:
        if MANIFEST not in self.places:
            if not self.places:
                raise Unfit(f"It is no archive of {_CALLED[self.of]}.")
            name, info = list(self.places.items())[-1]
            raise Unfit(
                f"It is not whole: after {name}, at byte {info.offset_data + info.size}, what"
                " follows is missing or damaged."
            )
        try:
            said = json.loads(self.read(MANIFEST))
            if said["format"] != self.of:
                raise Unfit(f"It is no archive of {_CALLED[self.of]}{_but_of(said['format'])}.")
            if not is_known(version := said["version"]):
                raise Unfit(
                    f"It is of version {version}; known here is {KNOWN}{newer_than(version)}."
                )
            parts = {str(name): Part(**part) for name, part in said.pop("parts").items()}
            return Manifest(**said, parts=parts)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise Unfit(f"{MANIFEST} is damaged: it cannot be read.") from wrong

    def verify(self) -> None:
        """Read every part. Raises Unfit if one is missing, added, cut short or altered."""
        for name in self.manifest.parts.keys() - self.places.keys():
            raise Unfit(f"{name} is missing.")
        for name in self.places.keys() - self.manifest.parts.keys() - {MANIFEST}:
            raise Unfit(f"{name} was added: the manifest does not name it.")
        if ROWS not in self.places:
            raise Unfit(f"{ROWS} is missing.")
        self._verify_rows()
        for name, part in self.manifest.parts.items():
            if name.startswith(FILES) and name != f"{FILES}{part.sha256}":
                raise Unfit(f"{name} has not the name of its SHA-256.")
            if _hashed(self.stream, self.places[name]) != part:
                raise Unfit(f"{name} was altered since the archive was made.")
        self._verify_frame()

    def _verify_frame(self) -> None:
        """Compare what is no part (the manifest, heads, what fills blocks) with what is written.

        A byte that was changed there changes nothing of the desk; but an archive is what was made,
        or it is not.
        """
        version = self._version_of_rows()
        is_another = is_known(version) and version != self.manifest.version
        if is_another or self.read(MANIFEST) != _told(self.manifest):
            raise Unfit(f"{MANIFEST} was altered since the archive was made.")
        end = 0
        for name, info in self.places.items():
            fill = -info.size % _BLOCK
            if self._at(end, _BLOCK) != _head(name, info.size):
                raise Unfit(f"What stands before {name} was altered since the archive was made.")
            end = info.offset_data + info.size + fill
            if self._at(end - fill, fill) != bytes(fill):
                raise Unfit(f"What stands after {name} was altered since the archive was made.")
        if self._at(end, len(_END) + 1) != _END:
            raise Unfit("What stands at its end was altered since the archive was made.")

    def _version_of_rows(self) -> Any:
        """What their first line says; None where it says nothing."""
        try:
            return json.loads(next(self.lines()))["version"]
        except (StopIteration, ValueError, KeyError, TypeError):
            return None

    def _at(self, place: int, length: int) -> bytes:
        self.stream.seek(place)
        return self.stream.read(length)

    def _verify_rows(self) -> None:
        hashes = Hashes()
        for line in self.lines():
            hashes.add(line)
            count = len(hashes.noted)
            if (
                hashes.count % EVERY == 0
                and hashes.noted[-1:] != self.manifest.hashes[count - 1 : count]
            ):
                first = hashes.count - EVERY + 1
                raise Unfit(f"{ROWS} was altered between line {first} and line {hashes.count}.")
        if hashes.seen.hexdigest() != self.manifest.parts[ROWS].sha256:
            first = len(hashes.noted) * EVERY + 1
            raise Unfit(f"{ROWS} was altered between line {first} and its end.")

    def lines(self) -> Iterator[bytes]:
        """The lines of the rows, one in memory at a time. Raises Unfit for one of 64 MB."""
        with _Part(self.stream, self.places[ROWS]) as raw, io.BufferedReader(raw, PIECE) as rows:
            while line := rows.readline(_LONGEST_LINE):
                if not line.endswith(b"\n") and len(line) == _LONGEST_LINE:
                    raise Unfit(f"{ROWS} has a line of more than {_LONGEST_LINE} bytes.")
                yield line

    def read(self, name: str) -> bytes:
        """All the bytes of a part. Raises Unfit if it is not there."""
        with self.open(name) as part:
            return part.read()

    def open(self, name: str) -> IO[bytes]:
        """The part as a stream of its own. Raises Unfit if it is not there."""
        if name not in self.places:
            raise Unfit(f"{name} is missing.")
        return io.BufferedReader(_Part(self.stream, self.places[name]), PIECE)

    def keep(self, digests: Iterable[str]) -> None:
        """Keep files beside the rows, by their hash.

        The same bytes are kept once: where it was ended, most of the work is done when it is begun
        again.
        """
        for digest in digests:
            with self.open(f"{FILES}{digest}") as part:
                blobs.keep(part)

    def names(self) -> list[str]:
        """The SHA-256 of each file."""
        return [name.removeprefix(FILES) for name in self.manifest.parts if name.startswith(FILES)]


def _but_of(other: object) -> str:
    """What an archive is of instead, and which command takes that."""
    if isinstance(other, str) and other in TAKEN_BY:
        return f", but of {_CALLED[other]}: {TAKEN_BY[other]} takes it"
    return f", but of {other}"


class _Part(io.RawIOBase):
    """A stretch of the archive. Several may be read at once: each keeps its own place."""

    def __init__(self, stream: IO[bytes], info: tarfile.TarInfo) -> None:
        super().__init__()
        self.stream, self.place = stream, info.offset_data
        self.end = info.offset_data + info.size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.stream.seek(self.place)
        piece = self.stream.read(min(len(buffer), self.end - self.place))
        buffer[: len(piece)] = piece
        self.place += len(piece)
        return len(piece)
