"""The secret key of this installation: made once, kept in a file that only its owner may read."""

import os
import secrets
from pathlib import Path

from shanghai_tech.environment import SHORTEST_KEY, InvalidSettings


def kept(path: Path) -> str:
    """The key in the file, made on the first call; of several processes at once, one makes it."""
    try:
        if not path.exists():
            make(path)
        secret = path.read_text().strip()
    except OSError as error:
        raise InvalidSettings({"SECRET_KEY": f"cannot be kept in {path} ({error.strerror})"}) from None
    if len(secret) < SHORTEST_KEY:
        raise InvalidSettings(
            {"SECRET_KEY": f"is cut short in {path}; remove that file, and a new one is made"}
        )
    return secret


def make(path: Path) -> None:
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(SHORTEST_KEY))
    try:
        os.link(fresh, path)  # unlike a rename, it never replaces the key of a process that was first
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
