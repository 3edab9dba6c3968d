"""What the public may read: the visibility view, with the rights of the public and no more.

A search finds by credit code, by decision number, or by the beginning of a name. Every query runs
under ``public_reads``: a mistake here meets a refusal of the database, not a person's record.
"""

import dataclasses
import datetime as dt
import json
import unicodedata
import uuid

from django.db import connection

from workflow.public import public_reads

SCREEN = 10
SHORTEST_NAME = 4
COLUMNS = """record_id, subject_name, subject_code, decision_number, decided_on, severity,
       contested, unit_name, types, content, facts, basis, violation"""
SELECT = f"""SELECT {COLUMNS}, min(published_from), max(earliest_end), max(latest_end),
       array_agg(site_name ORDER BY site_name), array_agg(site_name_en ORDER BY site_name)
FROM public_publication WHERE """  # noqa: S608 - only our own constants are put together
GROUP = f" GROUP BY {COLUMNS} ORDER BY decided_on DESC, record_id DESC LIMIT %s"
FIND = "(subject_code = %s OR decision_number = %s OR starts_with(subject_name, %s))"


@dataclasses.dataclass(frozen=True, slots=True)
class Published:
    """One record as the public sees it, on all sites where it is shown today."""

    record_id: uuid.UUID
    subject_name: str
    subject_code: str
    decision_number: str
    decided_on: dt.date
    severity: str
    contested: bool
    unit_name: str
    types: list[str]
    content: str
    facts: str
    basis: str
    violation: str
    published_from: dt.date
    earliest_end: dt.date | None
    latest_end: dt.date
    sites: list[str]
    sites_en: list[str]

    @property
    def cursor(self) -> str:
        """Where the next screen begins."""
        return f"{self.decided_on}_{self.record_id}"


@dataclasses.dataclass(frozen=True, slots=True)
class Screen:
    """One screen of results; ``after`` is the cursor of the next one, if there is more."""

    found: list[Published]
    after: str = ""


def tidy(query: str) -> str:
    """Return a search as it is compared: full-width letters folded, brackets as in 文号."""
    joined = "".join(unicodedata.normalize("NFKC", query).split())
    return joined.translate(str.maketrans({"[": "〔", "]": "〕"}))


def find(query: str, *, after: str = "") -> Screen:
    """Return what is published now and fits a search, newest decision first."""
    wanted = tidy(query)
    if not wanted:
        return Screen([])
    name = wanted if len(wanted) >= SHORTEST_NAME else "\x01"
    where, values = FIND, [wanted.upper(), wanted, name]
    if position := parse_cursor(after):
        where += " AND (decided_on, record_id) < (%s, %s)"
        values += position
    rows = _read(where, [*values, SCREEN + 1])
    more = rows[SCREEN - 1].cursor if len(rows) > SCREEN else ""
    return Screen(rows[:SCREEN], more)


def one(record_id: uuid.UUID) -> Published | None:
    """Return a record if it is published today; nothing of it otherwise."""
    rows = _read("record_id = %s", [record_id, 1])
    return rows[0] if rows else None


def parse_cursor(text: str) -> list[object] | None:
    """Return the day and key of a cursor; a broken one begins at the beginning."""
    day, _separator, key = text.partition("_")
    try:
        return [dt.date.fromisoformat(day), uuid.UUID(key)]
    except ValueError:
        return None


def _read(where: str, values: list[object]) -> list[Published]:
    with public_reads(), connection.cursor() as cursor:
        cursor.execute(SELECT + where + GROUP, values)
        return [_published(row) for row in cursor.fetchall()]


def _published(row: tuple) -> Published:
    found = Published(*row)
    return dataclasses.replace(found, types=_listed(found.types), content=found.content or "")


def _listed(value: object) -> list[str]:
    """Types as a list, however the driver hands out the JSON of a raw query."""
    return list(json.loads(value) if isinstance(value, str) else value or [])
