"""Kill a process at the n-th time it meets a named point, and compare what it left behind.

The process is a fork of the test's own, so that every act can be tried at every point in seconds;
``tests/faults/test_house.py`` does the same to the real web, worker and beat.
"""

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

from workflow import faults

KILLED, WHOLE, FAILED = -9, 0, 1


def run_to(point: str, act: Callable[[], Any], *, meeting: int = 1) -> int:
    """Run an act in a process that dies at a point; return how it ended.

    ``WHOLE`` means that the point was met fewer times than that.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        _run_and_leave(point, act, meeting)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _run_and_leave(point: str, act: Callable[[], Any], meeting: int) -> None:
    """Never return: whatever happens here, pytest goes on in the parent alone."""
    code = FAILED
    try:
        os.environ[faults.VARIABLE] = point
        _survive_until(meeting)
        act()
        code = WHOLE
    except BaseException:  # noqa: BLE001 - said, and then this process ends
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _survive_until(meeting: int) -> None:
    """Let the first meetings pass: the point itself calls ``os.kill`` and knows no count."""
    met, kill = iter(range(1, meeting)), os.kill

    def spare(process: int, signal: int) -> None:
        if next(met, None) is None:
            kill(process, signal)

    os.kill = spare


# What the clock or chance decides, or what grows by itself, and is no trace of an act.
_IGNORED = frozenset({"django_migrations", "django_content_type", "django_session"})


def tables() -> list[str]:
    """Return every table of the house."""
    with connection.cursor() as cursor:
        found = connection.introspection.table_names(cursor)
    return sorted(set(found) - _IGNORED)


def fingerprint() -> dict[str, tuple[int, str]]:
    """Return what every table holds, to the last byte."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(
                f"SELECT count(*), md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{table}\" t"
            )
            found[table] = cursor.fetchone()
    return found


def outline() -> dict[str, Any]:
    """Return what two runs of the same act have in common: everything but keys and secrets."""
    found: dict[str, Any] = {table: count for table, (count, _) in fingerprint().items()}
    questions = {
        "states": "SELECT object_table, object_version, from_state, to_state FROM journal_event",
        "told": "SELECT kind, capacity FROM journal_event",
        "letters": "SELECT template, number FROM documents_letter",
        "work": "SELECT node, standing, due_on FROM engine_workitem",
        "limits": "SELECT kind, state, due_on FROM deadlines_deadline",
        "outbox": "SELECT topic, count(*) FROM outbox_outboxmessage GROUP BY 1",
    }
    with connection.cursor() as cursor:
        for name, question in questions.items():
            cursor.execute(question)
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found
