"""What a figure is, and how it is printed."""

import dataclasses
import json
import statistics
import time
from collections.abc import Callable, Iterable


@dataclasses.dataclass(frozen=True)
class Figure:
    """One ratio. ``bar`` bounds it from above or below, as ``better`` says; None: no bar is set."""

    name: str
    ours: float
    floor: float
    unit: str
    bar: float | None
    better: str
    how: str
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        """Return ours over the floor."""
        return self.ours / self.floor

    @property
    def ok(self) -> bool:
        """Say whether the bar is held; a figure without one is."""
        if self.bar is None:
            return True
        return self.ratio <= self.bar if self.better == "lower" else self.ratio >= self.bar

    def as_json(self) -> str:
        """Return the line that ``--json`` prints."""
        return json.dumps(
            {
                "name": self.name,
                "ours": round(self.ours, 4),
                "floor": round(self.floor, 4),
                "unit": self.unit,
                "ratio": round(self.ratio, 3),
                "bar": self.bar,
                "better": self.better,
                "ok": self.ok,
                "how": self.how,
            },
            ensure_ascii=False,
        )

    def as_text(self) -> str:
        """Return the line for people, with its notes below."""
        bar = f"bar {self.bar:g}" if self.bar is not None else "no bar"
        line = (
            f"{self.name:<24} ours {self.ours:9.3f} {self.unit}   floor {self.floor:9.3f} "
            f"{self.unit}   ratio {self.ratio:6.2f}   {bar}   {'ok' if self.ok else 'MISSED'}"
        )
        return "\n".join([line, *(f"    {note}" for note in self.notes)])


def median_ms(calls: Iterable[Callable[[], object]]) -> float:
    """Return the median time of calls, each made once, in milliseconds."""
    times = []
    for call in calls:
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
