"""``bin/xinfu publish-key``: let ``xinfu_verify.py`` trust this installation's signing key."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

import xinfu_verify
from workflow.casefile import signing

KEYS = Path(xinfu_verify.__file__).with_name("xinfu_keys.txt")


class Command(BaseCommand):
    """Writes ``xinfu_keys.txt`` beside the program, to be published together with it."""

    help = "Make the signing key if there is none, and list it as trusted beside xinfu_verify.py."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        key = signing.load_or_create(settings.XINFU_SIGNING_KEY)
        known = xinfu_verify.read_keys(str(KEYS)) if KEYS.exists() else set()
        if not known & {key.public.hex(), key.fingerprint}:
            with KEYS.open("a", encoding="ascii") as file:
                file.write(signing.public_line(key))
        if options["verbosity"]:
            self.stdout.write(key.fingerprint)
