"""One line of JSON per event, without personal data.

Names, numbers and addresses of people never belong into a log. Code logs codes and keys; what
libraries say is cut down to that here.
"""

import logging.config
import re

from pythonjsonlogger.json import JsonFormatter

from config.requests import current_id

PERSONAL = [
    (re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])"), "[identity number]"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "[phone]"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[e-mail]"),
    (re.compile(r"(Key|DETAIL|FETCHED)[^\n]*\([^\n]*", re.IGNORECASE), "[values]"),
]
QUERY = re.compile(r"\?[^\s\"']*")


def without_personal_data(text: str) -> str:
    """Return a text in which identity numbers, phones, addresses and row values are cut out."""
    for pattern, replacement in PERSONAL:
        text = pattern.sub(replacement, text)
    return QUERY.sub("?…", text)


class Clean(logging.Filter):
    """Cut personal data out of every record and add the request's number."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_personal_data(record.getMessage())
        record.args = ()
        record.request_id = current_id.get()
        for name in ("request", "server_time", "status_code", "data"):
            record.__dict__.pop(name, None)
        return True


class CleanJson(JsonFormatter):
    """JSON whose tracebacks are cleaned as well: an error message may quote a value."""

    def formatException(self, ei):
        return without_personal_data(logging.Formatter.formatException(self, ei))


class CleanText(logging.Formatter):
    """The same for human eyes."""

    def formatException(self, ei):
        return without_personal_data(logging.Formatter.formatException(self, ei))


def configure(wanted: dict[str, str]) -> None:
    """Send everything to standard error in the form asked for: ``json`` or ``text``."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"clean": {"()": Clean}},
            "formatters": {
                "json": {
                    "()": CleanJson,
                    "fmt": "%(levelname)s %(name)s %(message)s %(request_id)s",
                    "rename_fields": {"levelname": "level", "name": "from"},
                    "timestamp": "at",
                },
                "text": {"()": CleanText, "format": "%(levelname)s %(name)s: %(message)s"},
            },
            "handlers": {
                "out": {
                    "class": "logging.StreamHandler",
                    "filters": ["clean"],
                    "formatter": wanted["form"],
                }
            },
            "root": {"handlers": ["out"], "level": wanted["level"]},
            "loggers": {
                "celery": {"level": "WARNING"},
                "django.server": {"propagate": True, "handlers": []},
                "fontTools": {"level": "WARNING"},
                "weasyprint": {"level": "ERROR"},
            },
        }
    )
