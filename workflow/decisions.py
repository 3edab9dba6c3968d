"""Explained yes and no: a decision is its reasons, and each reason cites its provision."""

from dataclasses import dataclass
from typing import Any, NoReturn


@dataclass(frozen=True)
class Basis:
    """The provision a reason or an act rests on, in the version that was in force.

    ``article`` is None where nobody has seen its number; ``confidence`` is H, M, L or X.
    """

    provision: str
    version: str
    instrument: str
    instrument_en: str
    article: str | None
    confidence: str

    def as_dict(self) -> dict[str, str | None]:
        """Return what an answer shows."""
        return {
            "id": self.provision,
            "instrument": self.instrument,
            "article": self.article,
            "confidence": self.confidence,
            "version": self.version,
        }

    def as_event(self) -> dict[str, str | None]:
        """Return what the journal keeps (event schema 1)."""
        return {
            "provision": self.provision,
            "version": self.version,
            "instrument": self.instrument,
            "article": self.article,
            "confidence": self.confidence,
        }


@dataclass(frozen=True)
class Reason:
    """One condition of the law, whether the facts meet it, and the fact found, in two languages."""

    code: str
    met: bool
    found: str
    found_en: str
    basis: Basis

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "met": self.met,
            "found": self.found,
            "found_en": self.found_en,
            "provision": self.basis.as_dict(),
        }


@dataclass(frozen=True)
class Decision:
    """What the law says of the facts: granted when every reason is met.

    It refuses ``bool()``: ``if decision`` would ask whether there is one, or what it says.
    """

    reasons: tuple[Reason, ...]

    @property
    def granted(self) -> bool:
        return all(reason.met for reason in self.reasons)

    @property
    def unmet(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if not reason.met)

    @property
    def bases(self) -> tuple[Basis, ...]:
        """Return the provisions used, each once, in the order of the reasons."""
        return tuple(dict.fromkeys(reason.basis for reason in self.reasons))

    def as_dict(self) -> dict[str, Any]:
        return {"granted": self.granted, "conditions": [each.as_dict() for each in self.reasons]}

    def __bool__(self) -> NoReturn:
        raise TypeError("Ask a decision what it says (granted, verdict), not whether it is.")
