"""Clean a cell without changing what it says."""

import re

from workflow.identifiers import plain_blanks

# What people write where they have nothing to write.
_PLACEHOLDERS = frozenset(
    {
        "无",
        "空",
        "暂无",
        "不详",
        "-",
        "--",
        "---",
        "—",
        "——",
        "———",
        "－",
        "/",
        "//",
        "\\",
        "、",
        ".",
        "。",
    }
    | {"NULL", "NONE", "N/A", "NA", "NIL"}
)
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSTORABLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffd-\\uffff]"
)
_BLANK_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}（）()]) +| +(?=[{_CJK}（）()])")
_BLANKS = re.compile(r" {2,}")
_ESCAPED_BREAK = re.compile(r"_x000[dDaA]_", re.ASCII)


def plain(cell: str) -> str:
    """Strip a cell and turn odd blanks inside it into plain ones; line feeds stay.

    A placeholder (无, ——, /) is an empty cell.
    """
    if not cell:
        return ""
    if cell.isascii() and cell.isalnum():
        return "" if cell.upper() in _PLACEHOLDERS else cell
    text = _ESCAPED_BREAK.sub("\n", cell).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_plain_blanks(line) for line in text.split("\n"))
    text = "\n".join(line for line in lines if line)
    return "" if text.upper() in _PLACEHOLDERS else text


def name(cell: str) -> str:
    """Clean a name: one line, no blanks beside Chinese characters, one between Latin words."""
    if not cell:
        return ""
    text = _BLANK_BESIDE_CJK.sub("", plain(cell).replace("\n", " "))
    return "" if text.upper() in _PLACEHOLDERS else text


def storable(cell: str) -> bool:
    """Say whether a cell holds only characters that a database can keep and people can read."""
    return not _UNSTORABLE.search(cell)


def _plain_blanks(line: str) -> str:
    # Only blanks are narrowed: full-width letters and brackets of a text stay as written.
    return _BLANKS.sub(" ", plain_blanks(line)).strip()
