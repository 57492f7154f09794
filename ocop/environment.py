"""Settings read from the environment, or from `var/env` where it is silent; a bad value stops the start."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
UNSET = object()


class BadSetting(SystemExit):
    """A setting that nobody could mean: the sentence is printed and the process ends with code 1."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}")


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


_file = _read_env_file(Path(os.environ.get("OCOP_ENV_FILE", BASE_DIR / "var" / "env")))


def text(name: str, default: Any = UNSET) -> Any:
    """The value of `name`, from the environment, from the file `NAME_FILE` points at, or from var/env."""
    if name in os.environ:
        return os.environ[name]
    if secret_file := os.environ.get(f"{name}_FILE"):
        return Path(secret_file).read_text(encoding="utf-8").strip()
    if name in _file:
        return _file[name]
    if default is UNSET:
        raise BadSetting(name, "is not set; start with bin/run, which writes var/env, or set it.")
    return default


def flag(name: str, *, default: bool) -> bool:
    """True or False, in these words."""
    value = text(name, str(default))
    if value not in ("True", "False"):
        raise BadSetting(name, f"is {value!r}; use 'True' or 'False'.")
    return bool(value == "True")


def whole(name: str, default: int, *, least: int = 0) -> int:
    """A whole number, not below `least`."""
    value = text(name, str(default))
    if not str(value).lstrip("-").isdigit() or int(value) < least:
        raise BadSetting(name, f"is {value!r}; use a whole number from {least} up.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str, default: Any = UNSET) -> dict[str, Any]:
    """A Django database from `postgresql://user:password@host:port/name?host=/socket/folder`."""
    value = text(name, default)
    url = urlsplit(value)
    if url.scheme not in ("postgres", "postgresql") or not url.path.strip("/"):
        raise BadSetting(
            name, "is not a PostgreSQL address; write postgresql://user:password@host:port/name."
        )
    query = {key: values[-1] for key, values in parse_qs(url.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", None) or url.hostname or "",
        "PORT": str(query.pop("port", None) or url.port or ""),
        "OPTIONS": query,
    }


def redis_urls(name: str, default: str) -> tuple[str, str]:
    """The address as Celery's broker wants it and as redis-py wants it (they name sockets differently)."""
    value = text(name, default)
    url = urlsplit(value)
    if url.scheme in ("redis", "rediss"):
        return value, value
    if url.scheme in ("redis+socket", "unix"):
        return f"redis+socket://{url.path}", f"unix://{url.path}"
    raise BadSetting(name, f"is {value!r}; write redis://host:port/0 or redis+socket:///path.")
