"""Justify Chinese: WeasyPrint widens spaces only, and Chinese has none.

The one place that reaches into WeasyPrint, whose version is pinned for it; a test measures that
full lines end at the right edge of the type area.
"""

import functools
import unicodedata
from collections.abc import Iterator

MOST = 0.35
"""A line is never widened by more than this share of an em per character."""


def _is_wide(text: str) -> bool:
    return any(unicodedata.east_asian_width(c) in "WF" for c in text)


@functools.cache
def install() -> None:
    """Teach WeasyPrint's layout to widen Chinese lines between characters, once per process."""
    from weasyprint.layout import inline

    inline.justify_line = functools.partial(_justify_line, inline.justify_line)


def _justify_line(widen_spaces, context, line, extra_width: float) -> None:
    written = "".join(_texts(line))
    if not _is_wide(written):
        widen_spaces(context, line, extra_width)
        return
    each = extra_width / max(len(written) - 1, 1)
    if each <= MOST * line.style["font_size"]:
        _widen(context, line, each, 0)


def _texts(box) -> Iterator[str]:
    if hasattr(box, "text"):
        yield box.text
    elif _is_inline(box):
        for child in box.children:
            yield from _texts(child)


def _widen(context, box, each: float, shift: float) -> float:
    """Add ``each`` after every character; answer how far the next box moves."""
    if hasattr(box, "text"):
        return _widen_text(context, box, each, shift)
    if not _is_inline(box):
        box.translate(shift, 0)
        return shift
    start, box.position_x = shift, box.position_x + shift
    for child in box.children:
        if child.is_in_normal_flow():
            shift = _widen(context, child, each, shift)
    box.width += shift - start
    return shift


def _widen_text(context, box, each: float, shift: float) -> float:
    from weasyprint.text.line_break import create_layout

    before = box.style["letter_spacing"]
    box.position_x += shift
    box.style = box.style.copy()
    box.style["letter_spacing"] = each + (0 if before == "normal" else before)
    box.pango_layout = create_layout(box.text, box.style, context, None, 0)
    box.pango_layout.deactivate()
    box.width += each * len(box.text)
    return shift + each * len(box.text)


def _is_inline(box) -> bool:
    from weasyprint.formatting_structure import boxes

    return isinstance(box, (boxes.LineBox, boxes.InlineBox))
