"""Compile gettext catalogues without gettext, so that a bare machine speaks Chinese.

Reads the plain subset of the PO format that ``makemessages`` writes: comments, ``msgctxt``,
``msgid``, ``msgid_plural``, ``msgstr`` and ``msgstr[n]`` with continued lines. Fuzzy and
untranslated entries are left out, as msgfmt does.
"""

import ast
import dataclasses
import struct
from collections.abc import Iterator

MAGIC = 0x950412DE
HEADER_WORDS = 7


@dataclasses.dataclass
class Entry:
    """One message: its fields by keyword, in the order the file gave them."""

    fuzzy: bool = False
    fields: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        """The lookup key of the compiled file: context, singular and plural joined."""
        key = self.fields.get("msgid", "")
        if "msgctxt" in self.fields:
            key = f"{self.fields['msgctxt']}\x04{key}"
        if "msgid_plural" in self.fields:
            key = f"{key}\x00{self.fields['msgid_plural']}"
        return key

    @property
    def value(self) -> str:
        """The translation; plural forms joined in their order."""
        forms = [name for name in self.fields if name.startswith("msgstr")]
        return "\x00".join(self.fields[name] for name in sorted(forms))

    @property
    def is_translated(self) -> bool:
        """True when every form has words."""
        return all(part for part in self.value.split("\x00"))


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a catalogue; obsolete ones (``#~``) are comments."""
    entry, current = Entry(), ""
    for raw in [*text.splitlines(), ""]:
        line = raw.strip()
        if not line:
            if entry.fields:
                yield entry
            entry, current = Entry(), ""
        elif line.startswith("#"):
            entry.fuzzy = entry.fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line.startswith('"'):
            entry.fields[current] += ast.literal_eval(line)
        else:
            current, _, quoted = line.partition(" ")
            entry.fields[current] = ast.literal_eval(quoted)


def compile_catalogue(text: str) -> bytes:
    """Return the binary catalogue that ``gettext`` reads."""
    found = {e.key: e.value for e in entries(text) if e.is_translated and not e.fuzzy}
    keys = sorted(found, key=str.encode)
    originals = [key.encode() for key in keys]
    translations = [found[key].encode() for key in keys]
    index = 4 * HEADER_WORDS
    start = index + 16 * len(keys)
    table, blob = [], b""
    for strings in (originals, translations):
        for string in strings:
            table += [len(string), start + len(blob)]
            blob += string + b"\x00"
    head = [MAGIC, 0, len(keys), index, index + 8 * len(keys), 0, start]
    return struct.pack(f"<{len(head) + len(table)}I", *head, *table) + blob
