"""The views of the queue and the capacities it can be narrowed to."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forms.acting import role_words
from forms.desk import reading
from workflow.offices.models import Capacity


def tabs(held: Sequence[Capacity], me: uuid.UUID, *, view: str, role: str) -> list[dict[str, Any]]:
    """The views of the queue with how much is in each, counted to a hundred."""
    names = {
        "all": _("Everything open"),
        "mine": _("Taken by me"),
        "free": _("Unclaimed"),
        "others": _("Waits for others"),
    }
    found = []
    for key, name in names.items():
        rows = reading.narrowed(reading.work(held, key, me), role=role)
        count = reading.bounded_count(rows)
        query = {"view": key} | ({"role": role} if role else {})
        found.append(
            {
                "name": name,
                "count": count,
                "shown": f"{count}+" if count >= reading.ENOUGH else str(count),
                "href": reverse("forms:queue", query=query),
                "here": key == view,
                "key": key,
            }
        )
    return found


def chips(held: Sequence[Capacity], *, view: str, role: str) -> list[dict[str, Any]]:
    """The capacities one holds, to narrow the queue to one of them."""
    kinds = list(dict.fromkeys(each.role for each in held))
    if len(kinds) < 2:
        return []
    every = [("", _("All my capacities")), *((kind, role_words(kind)) for kind in kinds)]
    return [
        {
            "name": name,
            "href": reverse("forms:queue", query={"view": view} | ({"role": kind} if kind else {})),
            "here": kind == role,
        }
        for kind, name in every
    ]
