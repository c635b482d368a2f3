"""Time stamps (RFC 3161): asking an authority for one, and verifying what it answered.

The address of an authority is the operator's setting, so it may be anywhere, this machine too.
"""

from __future__ import annotations

import datetime as dt
import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

SECONDS, BYTES = 20.0, 64 * 1024
"""What an answer may take: it is some kilobytes, and nobody waits for it."""


class Unstamped(ValueError):
    """There is no stamp: the authority was not reached, or what it says is none of this."""


@dataclass(frozen=True, slots=True)
class Stamped:
    token: bytes
    """The whole answer (DER), as `openssl ts` reads it."""
    at: dt.datetime
    """As the authority says, UTC."""


def ask(authority: str, data: bytes, certificates: Sequence[Certificate] = ()) -> Stamped:
    """Have the SHA-256 of the data stamped. Raises Unstamped."""
    request = (
        TimestampRequestBuilder()
        .data(data)
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    token = _post(authority, request.as_bytes())
    return verified(token, data, certificates, nonce=request.nonce)


def verified(
    token: bytes, data: bytes, certificates: Sequence[Certificate] = (), nonce: int | None = None
) -> Stamped:
    """What the stamp says, if it is one of this data, signed below one of the certificates.

    Without certificates its signature is not asked about. Raises Unstamped.
    """
    try:
        answer = decode_timestamp_response(token)
        info = answer.tst_info
        if info.message_imprint.message != sha256(data).digest():
            raise Unstamped("It stamps something else.")
        if nonce is not None and info.nonce != nonce:
            raise Unstamped("It answers another request.")
        if certificates:
            builder = VerifierBuilder(roots=list(certificates), nonce=nonce)
            builder.build().verify_message(answer, data)
    except VerificationError as why:
        raise Unstamped(f"It is not signed as it should be: {why}") from why
    except Unstamped:
        raise
    except ValueError as why:  # what was answered cannot be read, or says that it refuses
        raise Unstamped(f"The authority gave no stamp: {why}") from why
    return Stamped(token, info.gen_time.astimezone(dt.UTC))


def certificates_in(pem: bytes) -> list[Certificate]:
    """Those of a PEM file. Raises ValueError where it holds none."""
    return load_pem_x509_certificates(pem)


def _post(authority: str, body: bytes) -> bytes:
    parts = urlsplit(authority)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"Content-Type": "application/timestamp-query"}
            connection.request("POST", path, body, headers)
            with connection.getresponse() as answer:
                data = _read(answer)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as why:
        raise Unstamped(f"The authority does not answer: {type(why).__name__}") from why
    if answer.status != 200:
        raise Unstamped(f"The authority answers {answer.status}.")
    return data


def _read(answer: http.client.HTTPResponse) -> bytes:
    """All of a small answer. Raises ValueError for one that is large, or does not end."""
    until, data = time.monotonic() + SECONDS, b""
    while piece := answer.read1(4096):
        data += piece
        if len(data) > BYTES or time.monotonic() > until:
            raise ValueError("It is too long.")
    return data
