"""Pages by cursor: the next screen begins after the last row of this one."""

import base64
import datetime as dt
import json
import uuid
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
SCREEN = 20


def page_of(
    rows: QuerySet[M], request: HttpRequest, *, by: tuple[str, str], size: int = SCREEN
) -> tuple[list[M], str]:
    """Return a screen of rows sorted downwards by two columns, and the address of the next one.

    A cursor that cannot be read begins at the beginning.
    """
    cursor = _read(request.GET.get("after", ""))
    if cursor is not None:
        first, second = by
        before, key = cursor
        rows = rows.filter(
            Q(**{f"{first}__lt": before}) | Q(**{first: before, f"{second}__lt": key})
        )
    found = list(rows[: size + 1])
    if len(found) <= size:
        return found, ""
    query = request.GET.copy()
    query["after"] = _write(found[size - 1], by)
    return found[:size], f"{request.path}?{query.urlencode()}"


def _write(row: Model, by: tuple[str, str]) -> str:
    first, second = (getattr(row, name) for name in by)
    return base64.urlsafe_b64encode(json.dumps([first.isoformat(), str(second)]).encode()).decode()


def _read(text: str) -> tuple[dt.date, uuid.UUID] | None:
    try:
        first, second = json.loads(base64.urlsafe_b64decode(text.encode()))
        return _moment(first), uuid.UUID(second)
    except (ValueError, TypeError, AttributeError):
        return None


def _moment(text: Any) -> dt.date:
    at_day = len(text) == len("2026-11-25")
    return dt.date.fromisoformat(text) if at_day else dt.datetime.fromisoformat(text)
