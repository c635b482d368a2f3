"""What a stranger needs to see that a document is as old as is said: one archive of small files.

Nothing of ours is needed to check it: `verify.sh` in it uses sha256sum and openssl alone, and
docs/proofs.md says what it does.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .merkle import Step

NAMES = ("checked", "decided", "approved")
"""Under which an edition lists the names of people."""

VERIFY = """#!/bin/sh
# Shows that `document` is in the tree whose root is `root`, and what each authority says of when
# that root was there. Give the certificates of the authority as the argument: sh verify.sh ca.pem
set -eu
cd "$(dirname "$0")"

hex() { sha256sum | cut -c1-64; }
bytes() { # hexadecimal digits as bytes
    for byte in $(printf '%s' "$1" | sed 's/../& /g'); do
        printf "\\\\$(printf '%03o' "0x$byte")"
    done
}

digest=$(hex < document)
found=$(bytes "00$digest" | hex)
while read -r side hash; do
    case $side in
        left) found=$(bytes "01$hash$found" | hex) ;;
        right) found=$(bytes "01$found$hash" | hex) ;;
    esac
done < path.txt

bytes "$found" | cmp -s - root || { echo "The document does not lead to the root." >&2; exit 1; }
echo "The document is in the tree of $(cat day.txt)."

for stamp in stamp-*.tsr; do
    [ -e "$stamp" ] || { echo "No authority has stamped this root."; break; }
    if [ $# -gt 0 ]; then openssl ts -verify -data root -in "$stamp" -CAfile "$1"; fi
    openssl ts -reply -in "$stamp" -text 2>/dev/null | grep "Time stamp:"
done
"""

README = """{document}

SHA-256: {digest}
It is in the tree of hashes of {day} (UTC), whose root is {root}.

document    the bytes themselves
path.txt    the hashes on the way from the document to the root, each with its side
root        the root: 32 bytes
day.txt     the last day, in UTC, that the tree covers
stamp-N.tsr what a time-stamping authority (RFC 3161) answered to the root, if one was asked
verify.sh   checks all this with sha256sum and openssl: sh verify.sh [certificates.pem]

The tree is that of RFC 6962, section 2.1, over the SHA-256 of each document.
The roots of all days stand at {roots}
"""


@dataclass(frozen=True, slots=True)
class Proof:
    """What leads from a document to a stamped root."""

    day: str
    """The last day (UTC) that the tree covers, as YYYY-MM-DD."""
    digest: str
    root: str
    path: Sequence[Step]
    stamps: Sequence[bytes]
    """What authorities answered, as they answered it (DER)."""


def edition_bytes(content: Mapping[str, Any]) -> bytes:
    """An edition as bytes that are the same each time: sorted, without spaces, in UTF-8.

    Names of people are left out, and how many there are is said: a name may be taken out later, as
    the law asks, and the proof still holds.
    """
    plain = json.dumps(
        without_names(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return plain.encode()


def without_names(held: Any) -> Any:
    """The same without names, as the database compares editions (guards.sql)."""
    if isinstance(held, Mapping):
        return {key: _unnamed(key, value) for key, value in held.items()}
    if isinstance(held, list):
        return [without_names(each) for each in held]
    return held


def _unnamed(key: str, value: Any) -> Any:
    if key in NAMES and isinstance(value, list):
        return len(value)
    if key == "left" and isinstance(value, str):
        return None
    return without_names(value)


def archive(proof: Proof, document: Iterable[bytes], called: str, roots: str) -> bytes:
    """The archive (ZIP). `called` is what the document is, `roots` the address of all roots."""
    said = README.format(
        document=called, digest=proof.digest, day=proof.day, root=proof.root, roots=roots
    )
    path = "".join(
        f"{'left' if step.is_left else 'right'} {step.hash.hex()}\n" for step in proof.path
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in {
            "README.txt": said.encode(),
            "path.txt": path.encode(),
            "root": bytes.fromhex(proof.root),
            "day.txt": f"{proof.day}\n".encode(),
            "verify.sh": VERIFY.encode(),
            **{f"stamp-{n}.tsr": token for n, token in enumerate(proof.stamps, 1)},
        }.items():
            opened.writestr(_entry(name), data)
        with opened.open(_entry("document"), "w", force_zip64=True) as entry:
            for piece in document:
                entry.write(piece)
    return file.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Of no moment, so that the same proof is the same bytes."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
