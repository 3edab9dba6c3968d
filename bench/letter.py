"""A one-page letter against WeasyPrint alone on the same page."""

from collections.abc import Callable, Iterator

from weasyprint import HTML

from bench.figures import Figure, median_ms
from bench.stage import Stage
from notifications.letters import rendering, typeface
from tests.world import league
from workflow.documents.models import Letter

BAR = 2.0


def measure(*, quick: bool) -> Iterator[Figure]:
    """Measure the acceptance notice, from its frozen snapshot to PDF bytes."""
    rounds = 5 if quick else 25
    stage = Stage()
    try:
        with stage.prepared():
            league().accepted()
            letter = Letter.objects.get(template="repair-acceptance")
            rendering.render(letter)
            ours = median_ms(lambda: rendering.render(letter) for _ in range(rounds))
            alone = _alone(letter)
            alone()
            floor = median_ms(alone for _ in range(rounds))
    finally:
        stage.close()
    yield Figure("one-page-letter", ours, floor, "ms", BAR, "lower", "bin/bench one-page-letter")


def _alone(letter: Letter) -> Callable[[], object]:
    """Return WeasyPrint's own work on the same HTML and the same parsed sheets, nothing else."""
    html = rendering.as_html(letter)
    fonts, sheets = rendering._sheets(rendering._sheet_names(letter), typeface.stylesheet())
    return lambda: HTML(string=html).write_pdf(stylesheets=list(sheets), font_config=fonts)
