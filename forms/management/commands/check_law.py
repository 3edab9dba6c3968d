"""``bin/xinfu check-law``: has every provision exactly one text on every day it ever applied?"""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from processes.statutes import STATUTES
from workflow.law.texts import Provision, Text

VERIFIED = "H"


class Command(BaseCommand):
    """Fails for a gap in the law; lists what nobody has confirmed against the gazette yet."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--release", action="store_true", help="fail for unconfirmed texts too")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [gap for provision in STATUTES.history.values() for gap in gaps(provision)]
        doubtful = [each for provision in STATUTES.history.values() for each in doubts(provision)]
        if options["verbosity"] > 1 or options["release"]:
            self.stdout.write("\n".join(doubtful))
        self.stdout.write(
            f"{len(STATUTES.history)} provisions, {len(found)} gaps, "
            f"{len(doubtful)} texts not confirmed."
        )
        if found or (options["release"] and doubtful):
            raise CommandError("\n".join(found) or "Confirm the texts above against the gazette.")


def gaps(provision: Provision) -> Iterator[str]:
    """Tell the days between two texts of one place on which none answers."""
    for place in sorted({text.place for text in provision.texts}):
        dated = [text for text in provision.texts if text.place == place and text.since]
        for before, after in pairwise(sorted(dated, key=_begins)):
            if before.until != after.since:
                yield f"{provision.code}: no text from {before.until} until {after.since}"


def doubts(provision: Provision) -> Iterator[str]:
    """Tell which texts rest on anything but the published text."""
    for text in provision.texts:
        if text.confidence != VERIFIED or text.since is None or text.needs_review:
            yield f"{provision.code} ({text.version}): {text.instrument}, {text.confidence}"


def _begins(text: Text) -> dt.date:
    return text.since or dt.date.min
