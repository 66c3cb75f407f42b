"""Reads settings from the environment; says of each bad one what it should be, all of them at once."""

import importlib.util
import ipaddress
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environs import Env, EnvError, EnvValidationError

HOST_NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*", re.I
)
USER_NAME = re.compile(r"[\w.@+-]{1,150}")
SHORTEST_KEY = 50  # Django's own check asks for as many

# What SQLite needs under several processes: readers beside a writer, and writers that queue
# from their first statement instead of failing at the second one. SQLite lets the queue in by chance, not in order:
# of eight editors who save without a pause on a busy machine, one waited longer than twenty seconds once.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


class InvalidSettings(ImproperlyConfigured):
    """Bad settings, as {name: what it should be}; its text is made for the person who set them."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        lines = [f"  {name}: {problem}" for name, problem in self.problems.items()]
        super().__init__("\n".join(["These settings, read from the environment, cannot be used:", *lines]))


class Environment(Env):
    """Env with the parsers below; a variable that is set to nothing counts as not set."""

    def __init__(self) -> None:
        super().__init__(eager=False)
        for parser in PARSERS:
            self.add_parser(parser.__name__, parser)

    def _get_value(self, env_key, default):
        return super()._get_value(env_key, default) or default

    def finish(self) -> None:
        """Raise InvalidSettings if any variable read so far was bad."""
        try:
            self.seal()
        except EnvValidationError as error:
            raise InvalidSettings(
                {name: "; ".join(said) for name, said in error.error_messages.items()}
            ) from None


def should_be(what: str, value: str | None = None) -> EnvError:
    """The error of one variable. Leave the value out where it may hold a password."""
    return EnvError(f"should be {what}" + (f", not {value!r}" if value is not None else ""))


def directory(value: str, *, base: Path) -> Path:
    path = base / Path(value).expanduser()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise should_be(f"a directory that exists or can be made ({error.strerror})", value) from None
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise should_be("a directory that this user may write to", value)
    return path


def switch(value: str) -> bool:
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise should_be("1 or 0", value)


def whole_number(value: str, *, least: int, most: int) -> int:
    if value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most:
        return int(value)
    raise should_be(f"a whole number from {least} to {most}", value)


def host(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        if HOST_NAME.fullmatch(value):
            return value
    raise should_be("an address or name of this machine, such as 127.0.0.1, 0.0.0.0 or localhost", value)


def site_url(value: str) -> str:
    """The address without a slash at its end; an empty string if none is given."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host(parts.hostname or "")
        port_is_good = parts.port != 0
    except (ValueError, EnvError):
        raise should_be("an address such as https://www.example.org", value) from None
    if parts.scheme not in {"http", "https"} or parts.username is not None or not port_is_good:
        raise should_be(
            "an address that starts with http:// or https:// and a host, such as https://www.example.org",
            value,
        )
    if parts.path.rstrip("/") or parts.query or parts.fragment:
        raise should_be("an address without a path: the site lives at the top of its host", value)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def host_names(value: str) -> list[str]:
    names = [name.strip().lower() for name in value.split(",") if name.strip()]
    for name in names:
        bare = name.removeprefix(".").removeprefix("[").removesuffix("]")
        try:
            name == "*" or host(bare)
        except EnvError:
            raise should_be(
                "host names, separated by commas, without http:// and port, such as example.org,.example.com",
                name,
            ) from None
    return [f"[{name}]" if ":" in name and not name.startswith("[") else name for name in names]


def networks(value: str) -> list[str]:
    names = [name.strip() for name in value.split(",") if name.strip()]
    for name in names:
        try:
            ipaddress.ip_network(name)
        except ValueError:
            raise should_be(
                "addresses or networks, separated by commas, such as 10.0.0.5,192.168.0.0/24", name
            ) from None
    return names


def user_name(value: str) -> str:
    if USER_NAME.fullmatch(value):
        return value
    raise should_be("at most 150 letters, digits and the signs @ . + - _", value)


def email_address(value: str) -> str:
    try:
        value and validate_email(value)
    except ValidationError:
        raise should_be("an email address such as editors@example.org", value) from None
    return value


def key(value: str) -> str:
    if value and (len(value) < SHORTEST_KEY or len(set(value)) < 5):
        raise should_be(
            f"at least {SHORTEST_KEY} random characters; unset it, and one is made and kept in DATA_DIR"
        )
    return value


def database(value: str, *, base: Path) -> dict:
    """Django's description of a database; an empty one if no address is given."""
    if not value:
        return {}
    try:
        config = dj_database_url.parse(value, conn_max_age=600, conn_health_checks=True)
    except ValueError:
        config = {"ENGINE": None}
    if config["ENGINE"] == "django.db.backends.sqlite3" and config["NAME"] != ":memory:":
        return sqlite(existing_place(base / config["NAME"]))
    if config["ENGINE"] != "django.db.backends.postgresql":
        raise should_be("postgresql://user:password@host:5432/name or sqlite:////path/of/a/file")
    required("psycopg")
    return config


def existing_place(path: Path) -> Path:
    if not path.parent.is_dir():
        raise EnvError(f"names a file in {path.parent}, which is no directory")
    return path


def sqlite(path: Path) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": None,  # opening a file costs more than keeping it open
    }


def cache(value: str) -> dict:
    scheme, _, rest = value.partition("://")
    if scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": rest}
    if scheme in {"redis", "rediss", "unix"} and rest:
        required("redis")
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}
    raise should_be(
        "redis://host:6379/0, rediss:// for an encrypted connection, or locmem:// for this process's memory"
    )


def mail(value: str) -> dict:
    """Django's EMAIL_ settings by name."""
    try:
        config = dj_email_url.parse(value)
    except ValueError:
        config = {}
    if "EMAIL_BACKEND" not in config or ("smtp" in config["EMAIL_BACKEND"] and not config["EMAIL_HOST"]):
        raise should_be("submission://user:password@host:587, smtp://host:25 or console://")
    return config


def required(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise EnvError(f"needs the library {module}: install requirements/optional.txt")


PARSERS: Sequence[Callable] = (
    cache,
    database,
    directory,
    email_address,
    host,
    host_names,
    key,
    mail,
    networks,
    site_url,
    switch,
    user_name,
    whole_number,
)
