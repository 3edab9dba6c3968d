"""Justify Chinese: WeasyPrint widens spaces only, and Chinese has none.

The one place that reaches into WeasyPrint, whose version is pinned for it; a test measures that
full lines end at the right edge of the type area.
"""

import functools
import unicodedata

MOST = 0.35
"""A line is never widened by more than this share of an em per character."""


def _is_wide(text: str) -> bool:
    return any(unicodedata.east_asian_width(c) in "WF" for c in text)


@functools.cache
def install() -> None:
    """Teach WeasyPrint's layout to widen Chinese lines between characters, once per process."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline

    widen_spaces = inline.justify_line

    def texts(box):
        if isinstance(box, boxes.TextBox):
            yield box
        elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
            for child in box.children:
                yield from texts(child)

    def widen(context, box, each, shift):
        """Add ``each`` after every character; answer how far the next box moves."""
        if isinstance(box, boxes.TextBox):
            box.position_x += shift
            box.style = box.style.copy()
            before = box.style["letter_spacing"]
            box.style["letter_spacing"] = each + (0 if before == "normal" else before)
            box.pango_layout = inline.create_layout(box.text, box.style, context, None, 0)
            box.pango_layout.deactivate()
            box.width += each * len(box.text)
            return shift + each * len(box.text)
        if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
            start, box.position_x = shift, box.position_x + shift
            for child in box.children:
                if child.is_in_normal_flow():
                    shift = widen(context, child, each, shift)
            box.width += shift - start
            return shift
        box.translate(shift, 0)
        return shift

    def justify_line(context, line, extra_width):
        written = "".join(box.text for box in texts(line))
        if not _is_wide(written):
            widen_spaces(context, line, extra_width)
            return
        each = extra_width / max(len(written) - 1, 1)
        if each <= MOST * line.style["font_size"]:
            widen(context, line, each, 0)

    inline.justify_line = justify_line
