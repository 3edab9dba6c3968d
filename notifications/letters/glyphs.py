"""No letter goes out with an empty box where a name should be."""

import functools
import unicodedata

from fontTools.ttLib import TTFont

from notifications.letters import typeface

_INVISIBLE = frozenset({"Cc", "Zl", "Zp"})


class MissingGlyphs(Exception):
    """Characters of the letter that no configured font can draw; names each of them."""

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        named = "、".join(f"{c}（U+{ord(c):04X}）" for c in characters)
        super().__init__(
            f"字体缺字：{named}。文书已保留文号，暂不签发；请安装含有这些字的字体后重新发送。"
        )


def require(text: str) -> None:
    """Refuse a text that has a character which some role of the letter's type cannot draw.

    :raises MissingGlyphs: naming the characters, once each, in order of appearance.
    """
    drawable = frozenset.intersection(
        *(_drawable(typeface.families(role)) for role in typeface.FAMILIES)
    )
    missing = [c for c in dict.fromkeys(text) if ord(c) not in drawable and not _draws_nothing(c)]
    if missing:
        raise MissingGlyphs(missing)


def _draws_nothing(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE


@functools.cache
def _drawable(families: tuple[str, ...]) -> frozenset[int]:
    """Every code point that one of the families has a glyph for."""
    covered: set[int] = set()
    for file in typeface.files(families):
        with TTFont(file.path, fontNumber=file.index, lazy=True) as font:
            covered.update(font.getBestCmap())
    return frozenset(covered)
