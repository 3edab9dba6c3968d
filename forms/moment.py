"""The moment of a request, asked of the one clock once and then told to everything below."""

import datetime as dt

from django.http import HttpRequest

from workflow import clock


def at(request: HttpRequest) -> dt.datetime:
    """Return the instant at which this request acts; the same however often it is asked."""
    moment = getattr(request, "_xinfu_at", None)
    if moment is None:
        moment = clock.now()
        request._xinfu_at = moment  # noqa: SLF001  (kept with the request it belongs to)
    return moment


def on(request: HttpRequest) -> dt.date:
    """Return the legal day on which this request acts."""
    return clock.local_day(at(request))
