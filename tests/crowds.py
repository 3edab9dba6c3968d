"""Many at once, over connections of their own."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import OperationalError, connection, connections

CONNECT_SECONDS, GATHER_SECONDS, WORK_SECONDS = 60, 10, 100


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all of it at once and return each result, or the exception, in their order.

    Everyone connects first and then waits for the others; a server that is too full for all
    lets the rest in as the first leave.
    """
    answers: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(position: int) -> None:
        try:
            _connect()
            _gather(gate)
            answers[position] = works[position]()
        except BaseException as fault:  # noqa: BLE001 - an answer like any other
            answers[position] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(len(works))]
    for thread in threads:
        thread.start()
    end = time.monotonic() + WORK_SECONDS
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    assert not any(thread.is_alive() for thread in threads), "some never came back"
    return answers


def _connect() -> None:
    end = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _gather(gate: threading.Barrier) -> None:
    try:
        gate.wait(GATHER_SECONDS)
    except threading.BrokenBarrierError:
        return


def failures(answers: Sequence[Any]) -> list[BaseException]:
    """Return the answers that are exceptions."""
    return [answer for answer in answers if isinstance(answer, BaseException)]
