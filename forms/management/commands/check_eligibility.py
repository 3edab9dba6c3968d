"""``bin/xinfu check-eligibility < in.jsonl > out.jsonl``."""

from forms.management.lines import LinesCommand
from processes.repair.check_eligibility import answer


class Command(LinesCommand):
    """See the module's own docstring."""

    help = "Say whether each record may be repaired, and why (JSON Lines in, JSON Lines out)."
    answer = staticmethod(answer)
