"""Write a case file 案件卷宗; ``xinfu_verify.py`` describes the format and is its only reader.

What is written is a plain copy of facts: nothing is judged or repaired here. Whether the whole
holds together is the verifier's word, and the exporter asks it before it hands a file out.
"""

import base64
import dataclasses
import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, BinaryIO

from workflow.casefile import canonical, chain, signing

FORMAT = "xinfu-casefile"
HEAD_FORMAT = "xinfu-casefile-head"
VERSION = 1
MAX_SECTION = 999_999
_SPOOL = 16 << 20
_CHUNK = 3 << 18


class NotWritable(ValueError):
    """The case file cannot be written in the form that the verifier reads."""


@dataclasses.dataclass(frozen=True, slots=True)
class Leaf:
    """A personal value: always its hash; salt and value only where this copy discloses them."""

    hash: str
    salt: bytes | None = None
    value: Any = None

    @classmethod
    def of(cls, name: str, value: Any, salt: bytes, *, disclosed: bool = True) -> "Leaf":
        """Commit to a value, and open it in this copy or withhold it."""
        digest = chain.leaf_hash(name, value, salt)
        return cls(digest, salt, value) if disclosed else cls(digest)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A journal event as the journal keeps it, with those of its leaves that still exist."""

    text: bytes
    sha256: str
    sm3: str
    leaves: Mapping[str, Leaf] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document or a letter: its facts, its personal values and, where disclosed, its bytes."""

    facts: Mapping[str, Any]
    leaves: Mapping[str, Leaf] = dataclasses.field(default_factory=dict)
    content: bytes | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything a case file says; the shapes of the facts are those of ``xinfu_verify.SHAPES``."""

    case: str
    number: int
    exported_at: dt.datetime
    until: dt.datetime
    chains: Sequence[tuple[str, str]]
    events: Iterable[Event]
    calendars: Sequence[Mapping[str, Any]] = ()
    rules: Sequence[Mapping[str, Any]] = ()
    documents: Iterable[Paper] = ()
    letters: Iterable[Paper] = ()
    decisions: Iterable[Mapping[str, Any]] = ()
    deadlines: Iterable[Mapping[str, Any]] = ()


def instant(at: dt.datetime) -> str:
    """Return a time as the journal writes it: UTC, with microseconds."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write(out: BinaryIO, casefile: CaseFile, key: signing.SigningKey) -> dict[str, Any]:
    """Write and sign a case file, and return its head.

    Memory does not grow with the number of events.

    :raises NotWritable: two chains of one id, an event of no chain, or a section too long.
    :raises NotCanonical: a fact that has no canonical form.
    """
    ends = {each: {"id": each, "seq": 0, "sha256": "", "sm3": ""} for each, _ in casefile.chains}
    if len(ends) != len(casefile.chains):
        message = "a chain is named twice"
        raise NotWritable(message)
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as index:
        sections = _sections(casefile, ends)
        entries = _written(out, sections, index)
        root = chain.merkle_root(entries)
        head = {
            "format": HEAD_FORMAT,
            "version": VERSION,
            "number": casefile.number,
            "case": casefile.case,
            "until": instant(casefile.until),
            "chains": [_end(each) for each in ends.values()],
            "sections": _copy_lines(index, out),
            "index_length": index.tell(),
            "root": root.hex(),
        }
    write_signed(out, head, key)
    return head


def write_signed(out: BinaryIO, value: dict[str, Any], key: signing.SigningKey) -> None:
    """Add the key to a head or an anchor and write it with its signature as the last lines."""
    value |= {"public_key": key.public.hex(), "fingerprint": key.fingerprint}
    line = canonical.dumps(value) + b"\n"
    signature = key.sign(f"{value['format']}-v1\n".encode(), line)
    out.write(line)
    out.write(f"ed25519 {len(line):010d} {signature.hex()}\n".encode())


@dataclasses.dataclass(frozen=True, slots=True)
class _Section:
    name: str
    line: bytes
    leaves: Mapping[str, Leaf] = dataclasses.field(default_factory=dict)
    content: bytes | None = None
    has_content: bool = False


def _sections(casefile: CaseFile, ends: dict[str, dict[str, Any]]) -> Iterator[_Section]:
    names = dict(casefile.chains)
    header = {
        "format": FORMAT,
        "version": VERSION,
        "case": casefile.case,
        "exported_at": instant(casefile.exported_at),
        "until": instant(casefile.until),
        "chains": [{"id": key, "name": name} for key, name in casefile.chains],
    }
    yield _plain("header", "header", header)
    for each in casefile.calendars:
        yield _plain("calendar", f"calendar {each['year']}", each)
    for each in casefile.rules:
        yield _plain("rule", f"rule {each['provision']} since {each['version']}", each)
    for paper in casefile.documents:
        yield _paper("document", f"document {paper.facts['label']}", paper)
    for paper in casefile.letters:
        yield _paper("letter", f"letter {paper.facts['number']}", paper)
    for each in casefile.decisions:
        yield _plain("decision", f"decision {each['name']}", each)
    for each in casefile.deadlines:
        yield _plain("deadline", f"deadline {each['name']}", each)
    for event in casefile.events:
        yield _event(event, names, ends)


def _plain(kind: str, name: str, facts: Mapping[str, Any]) -> _Section:
    return _Section(name, canonical.dumps({"type": kind, **facts}) + b"\n")


def _paper(kind: str, name: str, paper: Paper) -> _Section:
    hashes = {leaf: each.hash for leaf, each in paper.leaves.items()}
    section = _plain(kind, name, {**paper.facts, "leaves": hashes})
    is_document = kind == "document"
    return dataclasses.replace(
        section, leaves=paper.leaves, content=paper.content, has_content=is_document
    )


def _event(event: Event, names: dict[str, str], ends: dict[str, dict[str, Any]]) -> _Section:
    body = canonical.loads(event.text)
    if body["chain"] not in ends:
        message = f"event {body['seq']} {body['kind']} belongs to no chain of this file"
        raise NotWritable(message)
    end = {"seq": body["seq"], "sha256": event.sha256, "sm3": event.sm3}
    ends[body["chain"]].update(end)
    known = {name: event.leaves.get(name, Leaf(digest)) for name, digest in body["leaves"].items()}
    name = f"event {body['seq']} {body['kind']} in {names[body['chain']]}"
    digests = f',"sha256":"{event.sha256}","sm3":"{event.sm3}","type":"event"}}\n'
    return _Section(name, b'{"event":' + event.text + digests.encode(), known)


def _written(out: BinaryIO, sections: Iterator[_Section], index: IO[bytes]) -> Iterator[bytes]:
    for each in sections:
        if len(each.line) > MAX_SECTION or not each.name.isprintable():
            message = f"{each.name!r} is too long for a case file, or has an unprintable name"
            raise NotWritable(message)
        out.write(each.line)
        out.writelines(_opening(name, each.leaves[name]) for name in sorted(each.leaves))
        if each.has_content:
            _write_content(out, each.content)
        digest = hashlib.sha256(each.line).hexdigest()
        entry = f"{digest} {len(each.line)} {each.name}\n".encode()
        index.write(entry)
        yield entry


def _opening(name: str, leaf: Leaf) -> bytes:
    if leaf.salt is None:
        return b"null\n"
    return canonical.dumps([name, leaf.salt.hex(), leaf.value]) + b"\n"


def _write_content(out: BinaryIO, content: bytes | None) -> None:
    if content is None:
        out.write(b"null\n")
        return
    out.write(b'"')
    out.writelines(
        base64.b64encode(content[start : start + _CHUNK])
        for start in range(0, len(content), _CHUNK)
    )
    out.write(b'"\n')


def _end(end: dict[str, Any]) -> dict[str, Any]:
    empty = chain.GENESIS.hex()
    return {**end, "sha256": end["sha256"] or empty, "sm3": end["sm3"] or empty}


def _copy_lines(index: IO[bytes], out: BinaryIO) -> int:
    index.seek(0)
    lines = 0
    for line in index:
        out.write(line)
        lines += 1
    return lines
