"""Reads plain YAML values into the dataclasses of this package and collects every fault on the way."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from .regimes import MonthDay
from .sentences import Sentence
from .sentences import sentence as _

Kind = TypeVar("Kind")
BAD: Any = object()
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]
    """YAML that refuses a key written twice, which would otherwise win in silence."""


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _value in node.value]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise yaml.MarkedYAMLError(
                problem=f"“{key}” hai lần", problem_mark=node.value[index][0].start_mark
            )
    return {
        key: loader.construct_object(value, deep=True)
        for key, (_k, value) in zip(keys, node.value, strict=True)
    }


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load_yaml(path: Path, faults: list[Sentence]) -> Any:
    """The file's plain values, or `BAD` with the reason in `faults`."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)  # noqa: S506 - a safe loader made stricter
    except (yaml.YAMLError, UnicodeDecodeError, TypeError) as error:
        faults.append(
            _("%(file)s: không đọc được: %(why)s", file=path.name, why=" ".join(str(error).split()))
        )
        return BAD


def read(kind: type[Kind], data: object, where: str, faults: list[Sentence]) -> Kind | None:
    """One dataclass out of plain values; `None` when anything is wrong, with every reason in `faults`."""
    value = _read(kind, data, where, faults)
    return None if value is BAD else value


def _read(hint: Any, data: object, where: str, faults: list[Sentence]) -> Any:
    if is_dataclass(hint):
        return _object(hint, data, where, faults)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = next(arg for arg in args if arg is not type(None))
        return None if data is None else _read(inner, data, where, faults)
    if origin is Literal:
        return (
            data
            if data in args
            else _bad(where, _("một trong: %(of)s", of=", ".join(map(str, args))), faults)
        )
    if origin is tuple:
        return _row(args[0], data, where, faults)
    if origin in (dict, Mapping):
        return _table(args[0], args[1], data, where, faults)
    return _plain(hint, data, where, faults)


def _bad(where: str, wanted: Sentence, faults: list[Sentence]) -> Any:
    faults.append(_("%(where)s: phải là %(wanted)s", where=where, wanted=wanted))
    return BAD


def _object(hint: Any, data: object, where: str, faults: list[Sentence]) -> Any:
    if not isinstance(data, dict):
        return _bad(where, _("một nhóm “khoá: giá trị”"), faults)
    known, hints = _fields(hint)
    before = len(faults)
    strange = [key for key in data if key not in known]
    faults.extend(_("%(where)s: khoá lạ “%(key)s”", where=where, key=key) for key in strange)
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in data:
            values[name] = _read(hints[name], data[name], f"{where} › {name}", faults)
        elif field.default is MISSING and field.default_factory is MISSING:
            faults.append(_("%(where)s: thiếu “%(key)s”", where=where, key=name))
    return BAD if len(faults) > before else hint(**values)


@cache
def _fields(hint: Any) -> tuple[dict[str, Field[Any]], dict[str, Any]]:
    return {it.name: it for it in fields(hint)}, get_type_hints(hint)


def _row(hint: Any, data: object, where: str, faults: list[Sentence]) -> Any:
    if get_origin(hint) is tuple and isinstance(data, dict):  # pairs are written as a mapping
        key_hint, value_hint = get_args(hint)
        return tuple(_table(key_hint, value_hint, data, where, faults).items())
    if not isinstance(data, list):
        return _bad(where, _("một danh sách"), faults)
    read_rows = [
        _read(hint, it, f"{where} › {_name(it, number)}", faults) for number, it in enumerate(data, 1)
    ]
    return tuple(row for row in read_rows if row is not BAD)


def _name(row: object, number: int) -> object:
    return row.get("code", number) if isinstance(row, dict) else number


def _table(key_hint: Any, hint: Any, data: object, where: str, faults: list[Sentence]) -> Any:
    if not isinstance(data, dict):
        return _bad(where, _("một nhóm “khoá: giá trị”"), faults)
    table = {}
    for key, it in data.items():
        read_key = _read(key_hint, key, f"{where} › {key}", faults)
        value = _read(hint, it, f"{where} › {key}", faults)
        if read_key is not BAD and value is not BAD:
            table[read_key] = value
    return table


def _plain(hint: Any, data: object, where: str, faults: list[Sentence]) -> Any:
    wanted, turn = _PLAIN[hint]
    try:
        return turn(data)
    except (TypeError, ValueError, ZeroDivisionError):
        return _bad(where, wanted, faults)


def _text(data: object) -> str:
    if not isinstance(data, str) or not data.strip():
        raise TypeError
    return data


def _whole(data: object) -> int:
    if not isinstance(data, int) or isinstance(data, bool):
        raise TypeError
    return data


def _flag(data: object) -> bool:
    if not isinstance(data, bool):
        raise TypeError
    return data


def _day(data: object) -> date:
    if not isinstance(data, date) or isinstance(data, datetime):
        raise TypeError
    return data


def _month_day(data: object) -> MonthDay:
    day, month = _text(data).split("/")
    return MonthDay(month=date(2000, int(month), int(day)).month, day=int(day))


def _exact(data: object) -> Fraction:
    return Fraction(_text(data)) if isinstance(data, str) else Fraction(_whole(data))


_PLAIN: dict[Any, tuple[Sentence, Callable[[object], Any]]] = {
    str: (_("chữ, không để trống (mã số đặt trong dấu nháy)"), _text),
    int: (_("số nguyên"), _whole),
    bool: (_("true hoặc false"), _flag),
    date: (_("ngày dạng 2026-05-22"), _day),
    MonthDay: (_("ngày/tháng dạng '30/04'"), _month_day),
    Fraction: (_("số nguyên hoặc phân số dạng '3/4'"), _exact),
}
