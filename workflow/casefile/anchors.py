"""Anchors: signed tree heads that another body keeps, so that no history is shortened later."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, BinaryIO, NamedTuple

from workflow.casefile import archive, canonical, chain, signing

FORMAT = "xinfu-casefile-anchor"
VERSION = 1


class ChainEnd(NamedTuple):
    """Where a chain ended when the anchor was signed."""

    id: str
    seq: int
    sha256: str
    sm3: str


def write(
    out: BinaryIO,
    *,
    number: int,
    at: dt.datetime,
    ends: Iterable[ChainEnd],
    key: signing.SigningKey,
) -> dict[str, Any]:
    """Write a signed head over the ends of chains; chains without an event are left out."""
    chains = [each._asdict() for each in sorted(ends) if each.seq]
    anchor = {
        "format": FORMAT,
        "version": VERSION,
        "number": number,
        "at": archive.instant(at),
        "chains": chains,
        "root": chain.merkle_root(canonical.dumps(each) for each in chains).hex(),
    }
    archive.write_signed(out, anchor, key)
    return anchor
