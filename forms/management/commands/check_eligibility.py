"""``bin/xinfu check-eligibility < in.jsonl > out.jsonl``."""

from forms.management.lines import LinesCommand


class Command(LinesCommand):
    """See the module's own docstring."""

    help = "Say whether each record may be repaired, and why (JSON Lines in, JSON Lines out)."
    command = "check-eligibility"
