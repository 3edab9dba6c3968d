"""Compare decision numbers (文号) as their authors mean them; show them as they were written."""

import re

from workflow.identifiers import compact

_BRACKETS = re.compile(r"[〔〕\[\]【】()（）［］〖〗﹝﹞{}<>〈〉「」『』]")
_DIGIT = re.compile(r"[0-9〇零一二三四五六七八九十]")
_STATUTE = re.compile(r"《[^》]+》|第[0-9一二三四五六七八九十百零]+条")


def decision_number_key(number: str) -> str:
    """Return the same key for two spellings that differ only in brackets, blanks or width.

    Everything else distinguishes: 第…号, a missing 号, leading zeros, the authority's prefix.
    """
    return _BRACKETS.sub("", compact(number))


def is_decision_number(number: str) -> bool:
    """Say whether the text has a number in it at all."""
    return bool(_DIGIT.search(compact(number)))


def looks_like_statute(text: str) -> bool:
    """Say whether a cell cites a provision, which a decision number never does."""
    return bool(_STATUTE.search(compact(text)))
