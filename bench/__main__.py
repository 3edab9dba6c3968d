"""``bin/bench [NAME …] [--quick] [--json]``."""

import argparse
import os
import sys
import warnings
from collections.abc import Callable, Iterator

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"


def main() -> int:
    """Run the figures that were asked for; exit 1 when one misses its bar."""
    names = figure_names()
    parser = argparse.ArgumentParser(prog="bin/bench", description="Print figures as ratios.")
    parser.add_argument("names", nargs="*", choices=[[], *names], metavar="NAME", help=str(names))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, rougher figures")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    wanted = parser.parse_args()
    held = True
    for module, ours in SUITES.items():
        chosen = set(wanted.names or ours) & set(ours)
        if not chosen:
            continue
        for figure in _measure(module, quick=wanted.quick):
            if figure.name in chosen:
                print(figure.as_json() if wanted.json else figure.as_text(), flush=True)
                held = held and figure.ok
    return 0 if held else 1


SUITES: dict[str, tuple[str, ...]] = {
    "act": ("audited-act", "act-beside-viewflow"),
    "letter": ("one-page-letter",),
}


def figure_names() -> list[str]:
    """Return every figure that can be asked for."""
    return [name for names in SUITES.values() for name in names]


def _measure(module: str, *, quick: bool) -> Iterator:
    import importlib

    from tests import environment  # noqa: F401 - the same settings as the tests

    import django

    django.setup()
    warnings.simplefilter("ignore", ResourceWarning)
    measure: Callable = importlib.import_module(f"bench.{module}").measure
    return measure(quick=quick)


if __name__ == "__main__":
    sys.exit(main())
