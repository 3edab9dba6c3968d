"""Which typefaces letters use, and which files these are on this machine.

GB/T 9704 asks for 小标宋 in titles and 仿宋 in the body. Both are licensed; where they are not
installed the CJK serif stands in. ``settings.XINFU_LETTER_FONTS`` overrides a role's families.
"""

import functools
import subprocess
from dataclasses import dataclass

from django.conf import settings

FALLBACK = "Noto Serif CJK SC"
FAMILIES: dict[str, tuple[str, ...]] = {
    "song": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", FALLBACK),
    "fang": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", FALLBACK),
}


@dataclass(frozen=True)
class FontFile:
    """A font in a file; collections hold several."""

    path: str
    index: int


def families(role: str) -> tuple[str, ...]:
    """The families of a role, best first; the fallback is always the last."""
    chosen = tuple(getattr(settings, "XINFU_LETTER_FONTS", {}).get(role) or FAMILIES[role])
    return chosen if FALLBACK in chosen else (*chosen, FALLBACK)


def stylesheet() -> str:
    """The families as CSS variables, for the frozen sheets to use."""
    lines = (
        f"--{role}: {', '.join(f'{chr(34)}{name}{chr(34)}' for name in families(role))};"
        for role in FAMILIES
    )
    return f":root {{ {' '.join(lines)} }}"


@functools.cache
def files(names: tuple[str, ...]) -> tuple[FontFile, ...]:
    """The files behind family names; a family that is not installed has none."""
    return tuple(found for name in names if (found := _file(name)))


def _file(family: str) -> FontFile | None:
    """Ask fontconfig, which answers with *some* font for any name: only the named one counts."""
    answer = subprocess.run(
        ["fc-match", "--format=%{file}\t%{index}\t%{family}", family],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    path, index, known_as = answer.split("\t")
    if family not in known_as.split(","):
        return None
    return FontFile(path, int(index))
