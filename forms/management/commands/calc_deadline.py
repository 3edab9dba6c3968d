"""``bin/xinfu calc-deadline < in.jsonl > out.jsonl``."""

from forms.management.lines import LinesCommand
from workflow.calc_deadline import answer


class Command(LinesCommand):
    """See the module's own docstring."""

    help = "Say when each term ends, with its day-by-day proof (JSON Lines in, JSON Lines out)."
    answer = staticmethod(answer)
