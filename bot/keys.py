"""The secret of a service: what is hashed, sealed or signed with it can only be read or made by its processes."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

_LEAST = 16


def identity_key(setting: str, folder: Path) -> bytes:
    """The key in the setting, or the one in a file of the data folder that only its owner may read, made if missing.

    Several machines on one store need the same key, so there it must be set.
    """
    if setting:
        if len(setting) < _LEAST:
            raise ValueError(f"IDENTITY_KEY must have {_LEAST} characters or more")
        return setting.encode()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "identity.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    key = secrets.token_hex(32).encode()
    with os.fdopen(handle, "wb") as file:
        file.write(key)
    return key


def derived(key: bytes, purpose: str) -> bytes:
    """A key of 256 bits for one purpose: what is known of one tells nothing about the others."""
    return hmac.new(key, f"faxian {purpose}".encode(), hashlib.sha256).digest()
