"""Rows whose bytes are kept by their SHA-256 (annotations.blobs), and come and go with them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import models

from annotations import blobs


class ByHash(models.Model):
    """Has bytes of this SHA-256. `data` has those from before, until a migration has moved them."""

    data: bytes | memoryview | None
    sha256: str

    class Meta:
        abstract = True

    def whose(self) -> str:
        """What it is, in English, for whoever keeps the site and has to find it."""
        raise NotImplementedError

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, a piece at a time. Raises blobs.Missing, blobs.Away."""
        return iter([bytes(self.data)]) if self.data is not None else blobs.pieces(self.sha256)

    def part(self, start: int, end: int) -> Iterator[bytes]:
        """Its bytes from `start` to before `end`, a piece at a time. Raises as `pieces`."""
        if self.data is not None:
            return iter([bytes(self.data)[start:end]])
        return blobs.part(self.sha256, start, end)

    def is_whole(self) -> bool:
        """Whether its bytes are there, and are what they were. Raises blobs.Away."""
        if self.data is not None:
            return sha256(bytes(self.data)).hexdigest() == self.sha256
        return blobs.is_whole(self.sha256)


class KeptBytes(models.BinaryField):
    """Bytes that are given with a row and kept beside it: the column stays empty.

    They are kept before the row is written, whatever writes it. A fixture has them in its row, in
    base64, and so stands for itself. The model is a `ByHash`.
    """

    def get_db_prep_save(self, value: Any, connection: Any) -> None:
        """Keeps the bytes. Raises OSError where there is no room for them, blobs.Away."""
        if value is not None:
            blobs.keep(bytes(value))

    def value_from_object(self, obj: Any) -> bytes:
        """For a fixture. Raises blobs.Missing, blobs.Altered, blobs.Away."""
        data = super().value_from_object(obj)
        if data is not None:
            return bytes(data)
        try:
            return blobs.read(obj.sha256)
        except (blobs.Missing, blobs.Altered) as gone:
            raise type(gone)(f"{obj.whose()} ({gone})") from None
