"""A bucket of S3, or of a service like it, as the storage of kept bytes (`BLOBS_URL`).

django-storages knows what can be said of a bucket, and with which keys. Here, too, bytes are read
as they come, from any place in them, where it would first read all of them into memory; and a
server that does not answer, or refuses, is `blobs.Away`, and within seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from annotations.blobs import Away

CONNECT_SECONDS, ANSWER_SECONDS = 3, 20
"""How long a connection is waited for, and each answer."""
TRIES = 2
"""How often one thing is asked for before the server counts as away."""


class Bucket(S3Storage):
    """django-storages' own, with bytes that are read as they come, and errors that say so."""

    client_config: Any

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = self.client_config.merge(
            Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=ANSWER_SECONDS,
                retries={"mode": "standard", "total_max_attempts": TRIES},
                # Services like S3 do not all know the sums of S3's own; the SHA-256 is ours.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            )
        )
        # A part after the other: with threads, ten parts of a file are in memory at once.
        self.transfer_config = TransferConfig(use_threads=False)

    @property
    def bucket(self) -> Any:
        """Of this thread's own connection: what is made of one is not shared between threads."""
        return self.connection.Bucket(self.bucket_name)

    def exists(self, name: str) -> bool:
        with _answered():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _answered():
            super().delete(name)

    def _save(self, name: str, content: Any) -> str:
        with _answered():
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> Remote:
        assert mode == "rb", "what is kept is only read"
        return Remote(self.connection.Object(self.bucket_name, self._normalize_name(name)))


class Remote(File):
    """The bytes of an object from where they are asked for, as they come.

    Nothing is asked before it is read: FileNotFoundError and Away are raised then.
    """

    def __init__(self, stored: Any) -> None:
        self._object = stored
        self._at = 0
        self._coming: Any = None

    def seek(self, offset: int, whence: int = 0) -> int:
        assert whence == 0, "counted from the beginning"
        self.close()
        self._at = offset
        return offset

    def read(self, size: int = -1) -> bytes:
        with _answered():
            if self._coming is None:
                span = {"Range": f"bytes={self._at}-"} if self._at else {}
                self._coming = self._object.get(**span)["Body"]
            piece = bytes(self._coming.read(None if size < 0 else size))
        self._at += len(piece)
        return piece

    def close(self) -> None:
        if self._coming is not None:
            self._coming.close()
            self._coming = None


@contextmanager
def _answered() -> Iterator[None]:
    """Raises FileNotFoundError where the object is not there, Away for whatever else is wrong."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") == "NoSuchKey":
            raise FileNotFoundError from error
        raise Away(str(error)) from error
    except (BotoCoreError, Boto3Error) as error:
        raise Away(str(error)) from error
