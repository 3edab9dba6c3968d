"""Named points at which a test may kill the process, to prove that nothing is lost or doubled."""

import os
import signal

VARIABLE = "XINFU_FAULT_POINT"
POINTS: dict[str, str] = {
    "act.after-lock": "the rows are locked, nothing is written",
    "act.after-move": "the new states are saved, their events are not",
    "act.before-commit": "everything is written, nothing is committed",
    "act.after-commit": "committed, the caller has not heard of it",
    "outbox.before-send": "the message is leased, its channel has not been asked",
    "outbox.after-send": "the channel has taken it, we have not noted it",
    "letter.before-store": "the letter is rendered, its bytes are not stored",
    "letter.after-store": "the bytes are stored, the letter does not know them",
    "deadline.rung-claimed": "the rung is claimed, its effect has not been applied",
    "import.after-batch": "a batch of rows is committed, the next has not begun",
}


def point(name: str) -> None:
    """Die here by SIGKILL when the environment names this point; otherwise do nothing.

    :raises KeyError: the point is not in ``POINTS``; every point is listed so that tests can
        try all of them.
    """
    POINTS[name]
    if os.environ.get(VARIABLE) == name:
        os.kill(os.getpid(), signal.SIGKILL)
