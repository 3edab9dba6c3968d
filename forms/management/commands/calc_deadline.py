"""``bin/xinfu calc-deadline < in.jsonl > out.jsonl``."""

from forms.management.lines import LinesCommand


class Command(LinesCommand):
    """See the module's own docstring."""

    help = "Say when each term ends, with its day-by-day proof (JSON Lines in, JSON Lines out)."
    command = "calc-deadline"
