"""``bin/xinfu represent USERNAME CODE``: enter for whom a person may act, as the desk confirmed."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from processes.records.models import CreditSubject, Representation
from workflow import clock
from workflow.identifiers import compact
from workflow.offices.models import User


class Command(BaseCommand):
    """Enters one representation; the same one twice changes nothing."""

    help = "Let a person act for a subject, from a day and until a day (exclusive)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("code", help="unified social credit code of the subject")
        parser.add_argument("--kind", default="agent", choices=Representation.Kind.values)
        parser.add_argument("--since", type=dt.date.fromisoformat, help="YYYY-MM-DD; today")
        parser.add_argument("--until", type=dt.date.fromisoformat, help="YYYY-MM-DD; open")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError(f"username: nobody signs in as {options['username']}")
        subject = CreditSubject.objects.filter(code=compact(options["code"]).upper()).first()
        if subject is None:
            raise CommandError(f"code: no subject has the code {options['code']}")
        entered, created = Representation.objects.get_or_create(
            user=user,
            subject=subject,
            since=options["since"] or clock.today(),
            defaults={"kind": options["kind"], "until": options["until"]},
        )
        self.stdout.write(f"{entered}{'' if created else ' (known already)'}")
