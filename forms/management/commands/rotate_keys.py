"""``bin/xinfu rotate-keys``: bring identity numbers under the first key of XINFU_ID_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from processes.records.rotation import rotate_identities
from workflow.crypto import CryptoError


class Command(BaseCommand):
    """Run it until it says 0; then the retired key may go."""

    help = "Re-encrypt and re-index stored identity numbers under the current keys."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = rotate_identities()
        except CryptoError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{changed} changed")
