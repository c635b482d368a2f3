"""The archive of a site: a dump of its database, its files, and a manifest that vouches for both.

A ZIP file that stores its parts as they are, so that it can be written to a pipe: `database.dump`
(pg_dump's custom format), `files/...` (what is below MEDIA_ROOT) and, last, `manifest.json` with
the length and SHA-256 of each. Parts are read and written a piece at a time, whatever their size.
"""

from __future__ import annotations

import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 2
DUMP = "database.dump"
FILES = "files/"
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
"""Bytes that are held at a time."""
_MANIFEST_BYTES = 64 * 1024 * 1024


class Unusable(Exception):
    """The archive cannot be restored; the message says why, in words for whoever keeps the site."""


@dataclass(slots=True)
class Part:
    bytes: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What an archive says of itself."""

    version: str
    """Of Factcheck."""
    made_at: str
    """ISO 8601, UTC."""
    postgresql: int
    """The server's version number, such as 150013."""
    migrations: list[str]
    """Those that were applied: "app.name"."""
    rows: dict[str, int]
    """By table, at the moment of the dump."""
    hashes: dict[str, str] = field(default_factory=dict)
    """Of the rows of each table at that moment, in whatever order. Format 1 has none."""
    parts: dict[str, Part] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """Writes an archive to a stream, which need not be seekable."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.parts: dict[str, Part] = {}

    def add(self, name: str, source: IO[bytes]) -> None:
        """Store all that the source gives."""
        seen, length = sha256(), 0
        with self.zip.open(name, "w", force_zip64=True) as part:
            while piece := source.read(PIECE):
                seen.update(piece)
                length += len(piece)
                part.write(piece)
        self.parts[name] = Part(length, seen.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        manifest.parts = self.parts
        self.zip.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))

    def close(self) -> None:
        """End the archive; what was not finished has no manifest, and is refused later."""
        self.zip.close()


class Reader:
    """Reads an archive, once it has been found whole. Raises Unusable where it is not."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self.zip = zipfile.ZipFile(stream)
        except zipfile.BadZipFile as broken:
            raise Unusable("It is no archive of Factcheck, or its end is missing.") from broken
        self.manifest = self._manifest()

    def _manifest(self) -> Manifest:
        try:
            info = self.zip.getinfo(MANIFEST)
            if info.file_size > _MANIFEST_BYTES:
                raise Unusable("Its manifest is too large.")
            said = json.loads(self.zip.read(info))
            if said["format"] > FORMAT:
                raise Unusable(f"It was made by a newer version of Factcheck, {said['version']}.")
            parts = {str(name): Part(**part) for name, part in said.pop("parts").items()}
            return Manifest(**said, parts=parts)
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as wrong:
            raise Unusable("It has no manifest that can be read.") from wrong

    def verify(self) -> None:
        """Read every part. Raises Unusable if one is missing, added, cut short or altered."""
        names = sorted(self.zip.namelist())
        if names != sorted([*self.manifest.parts, MANIFEST]) or DUMP not in names:
            raise Unusable("Its parts are not those that its manifest names.")
        for name, part in self.manifest.parts.items():
            if not _is_safe(name):
                raise Unusable(f"It has a part with a name that is not one of ours: {name!r}.")
            seen = sha256()
            try:
                for piece in self.pieces(name):
                    seen.update(piece)
            except (zipfile.BadZipFile, EOFError, OSError, zlib.error) as wrong:
                raise Unusable(f"{name} is damaged.") from wrong
            if seen.hexdigest() != part.sha256:
                raise Unusable(f"{name} is not what it was when the archive was made.")

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.zip.open(name) as part:
            yield from iter(_read(part), b"")

    def unpack(self, folder: Path) -> int:
        """Write the files below the folder; returns how many."""
        names = [name for name in self.manifest.parts if name.startswith(FILES)]
        for name in names:
            path = folder / name.removeprefix(FILES)
            path.parent.mkdir(parents=True, exist_ok=True)
            with self.zip.open(name) as part, path.open("xb") as file:
                shutil.copyfileobj(part, file, PIECE)
        return len(names)


def _read(part: IO[bytes]) -> Callable[[], bytes]:
    return lambda: part.read(PIECE)


def _is_safe(name: str) -> bool:
    """Whether a part can only land where it belongs."""
    path = PurePosixPath(name.removeprefix(FILES))
    inside = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return name == DUMP or (name.startswith(FILES) and inside and bool(path.parts))


def files_below(folder: Path) -> Iterator[Path]:
    """The files that an archive takes: those of the folder itself, not what links lead to.

    What is being written beside its place (annotations.blobs) has no row yet, and may be gone.
    """
    if folder.exists():
        yield from (
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink() and path.suffix != ".part"
        )
