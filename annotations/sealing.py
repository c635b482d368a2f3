"""Words that only this site can read: whoever has the database, or a backup of it, has not these.

They are sealed with keys made from SECRET_KEY (Fernet: AES-128-CBC and HMAC-SHA256), each purpose
with a key of its own. A site that changes its SECRET_KEY names the old one in SECRET_KEY_FALLBACKS
for as long as anything is sealed with it.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """The words were sealed under a SECRET_KEY that is not among those of today."""


def seal(words: str, purpose: str) -> str:
    """The words, sealed for this purpose: letters, digits, `-`, `_` and `=`."""
    return _cipher(purpose).encrypt(words.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """What `seal` was given. Raises Unreadable."""
    try:
        return _cipher(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as wrong:
        raise Unreadable(purpose) from wrong


def _cipher(purpose: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_key(secret, purpose) for secret in keys])


def _key(secret: str | bytes, purpose: str) -> Fernet:
    digest = salted_hmac("annotations.accounts", purpose, secret, algorithm="sha256")
    return Fernet(base64.urlsafe_b64encode(digest.digest()))
