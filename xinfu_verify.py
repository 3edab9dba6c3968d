#!/usr/bin/env python3
"""Verify a Xinfu case file 信复案件卷宗 offline: python3 xinfu_verify.py FILE [--key FILE|HEX] ...

Exit 0: whole, in order, signed by a trusted key, every deadline right. Exit 1: it can be read but
is wrong; the first damaged step is named. Exit 2: missing or unreadable. Needs Python >= 3.11 only.

Get program and key from the authority, never with the file: who forges it would forge them too.
Trusted are the keys in ``xinfu_keys.txt`` beside this program, of ``--key`` (a public key or its
SHA-256), and of ``--anchor`` (a signed head given out earlier: shows a shortened history).

The file is a row of lines. Each *section* is one line of canonical JSON (RFC 8785); under it stand
its *openings*, one line for each salted personal value and for a document's bytes, ``null`` where
this copy withholds them. Then come an index (SHA-256, length and name of every section), the head
(JSON), and a last line with the head's length and its Ed25519 signature. The head holds the Merkle
root (RFC 6962) of the index and the end of every chain, so redacted and full copies share one head.
"""

import argparse
import base64
import datetime as dt
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO

MAX_SECTION, MAX_HEAD = 1 << 20, 4 << 20
CHUNK = 1 << 20  # of base64
ONE = dt.timedelta(days=1)
DISORDER = dt.timedelta(seconds=60)  # an act takes its time, then waits for its turn in the chain
SHANGHAI = dt.timedelta(hours=8)  # no summer time since 1991
HEX = re.compile(r"[0-9a-f]{64}")
TRAILER, TRAILER_LENGTH = re.compile(rb"ed25519 [0-9]{10} [0-9a-f]{128}\n"), 148
INDEX_LINE = re.compile(rb"([0-9a-f]{64}) ([1-9][0-9]{0,5}) ([^\n]{1,1900})\n")

# Each shape with its exact keys. A trailing ? allows null. s text, i integer >= 0, b truth value,
# d day, t instant, h 64 hexadecimal digits, p text that is no path, l list, o object, m object of
# hashes, x anything.
SHAPES = """
head: format=s version=i number=i case=s until=t chains=l sections=i index_length=i root=h \
 public_key=h fingerprint=h
anchor: format=s version=i number=i at=t chains=l root=h public_key=h fingerprint=h
chain end: id=s seq=i sha256=h sm3=h
chain: id=s name=s
header: type=s format=s version=i case=s exported_at=t until=t chains=l
calendar: type=s year=i version=s source=s holidays=o make_up=l
rule: type=s provision=s version=s until=s? instrument=s article=s? quote=s? source=s? \
 confidence=s value=x unit=s?
document: type=s id=s label=p sha256=h size=i media_type=s stored_at=t leaves=m
letter: type=s number=s template=s department=s reserved_at=t issued_at=t? check_code=h \
 document=s? leaves=m
decision: type=s name=s as_of=d rule_set=s verdict=s conditions=l
condition: code=s met=b found=s provision=s? version=s?
deadline: type=s name=s provision=s? version=s? start=d value=i unit=s roll=b suspensions=l \
 state=s due=d? provisional=b suspended=b remaining=i? earliest=d? latest=d? calendar=s proof=l
day: date=d counted=b ground=s source=s?
event: type=s event=o sha256=h sm3=h
event text: schema=i chain=s seq=i kind=s at=t day=d actor=o object=o? basis=l law=s calendar=s \
 data=o documents=l leaves=m
actor: id=s? capacity=s office=s?
object: table=s id=s version=i from=s? to=s
basis: provision=s version=s instrument=s article=s? confidence=s
document reference: id=s sha256=h
"""
FIELDS = {
    shape: dict(pair.split("=") for pair in fields.split())
    for shape, fields in (line.split(":") for line in SHAPES.strip().splitlines())
}
# The sections in their order, by the step that each is called.
STEPS = """header / calendar {year} / rule {provision} since {version} / document {label} /
letter {number} / decision {name} / deadline {name} / event {seq} {kind} in {chain}"""
NAMES = {step.split()[0]: step.strip() for step in STEPS.split("/")}
KINDS = list(NAMES)
TALLIES = ["values open", "values withheld", "documents with bytes", "changes told elsewhere"]
PATTERNS = {
    "h": HEX,
    "p": re.compile(r"(?!\.{0,2}$)[^/\\\x00-\x1f]+"),
    "d": re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]"),
    "t": re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"),
}
TYPES: dict[str, Any] = {"s": str, "i": int, "b": bool, "l": list, "o": dict}


class Damage(Exception):
    """A reason why the file is not as the exporter would have written it, and in which step."""


def require(condition: object, reason: str) -> None:
    if not condition:
        raise Damage(reason)


def printable(text: object) -> str:
    """Return a text that cannot steer a terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(text))[:200]


def _integer(text: str) -> int:
    plain = text.lstrip("-").isdigit() and len(text) <= 17 and abs(int(text)) < 2**53
    require(plain, f"a number that is no integer below 2^53: {text[:20]}")
    return int(text)


_DECODER = json.JSONDecoder(parse_float=_integer, parse_int=_integer, parse_constant=_integer)
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse(line: bytes) -> Any:
    """Read one line of canonical JSON; any other spelling of the same value is refused."""
    require(line.endswith(b"\n"), "a line is cut short or too long")
    try:
        text = line[:-1].decode("utf-8")
        value = _DECODER.decode(text)
        same = _ENCODER.encode(value) == text
    except (ValueError, RecursionError) as error:
        raise Damage("not readable as JSON in UTF-8") from error
    require(same, "not in canonical form (RFC 8785), or a key occurs twice")
    return value


def _fits(kind: str, value: Any) -> bool:
    if kind in PATTERNS:
        return type(value) is str and PATTERNS[kind].fullmatch(value) is not None
    if kind == "m":
        return type(value) is dict and all(_fits("h", each) for each in value.values())
    return kind == "x" or (type(value) is TYPES[kind] and (kind != "i" or value >= 0))


def shaped(value: Any, shape: str) -> Any:
    """Require exactly the keys of a shape, each of its kind, and return the value."""
    fields = FIELDS[shape]
    require(type(value) is dict and value.keys() == fields.keys(), f"not the fields of a {shape}")
    for key, kind in fields.items():
        fits = (value[key] is None and kind[-1] == "?") or _fits(kind[0], value[key])
        require(fits, f"the field {key} of a {shape} is not of its kind")
    return value


def _rotate(word: int, by: int) -> int:
    return (word << by % 32 | word >> -by % 32) & 0xFFFFFFFF


def slow_sm3(data: bytes) -> bytes:
    """Return SM3 (GB/T 32905) without OpenSSL."""
    iv = "7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e"
    state = [int(iv[i : i + 8], 16) for i in range(0, 64, 8)]
    padded = data + b"\x80" + bytes((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        w = [int.from_bytes(padded[i : i + 4], "big") for i in range(start, start + 64, 4)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ _rotate(w[j - 3], 15)
            w.append(x ^ _rotate(x, 15) ^ _rotate(x, 23) ^ _rotate(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            early = j < 16
            ss1 = _rotate(a, 12) + e + _rotate(0x79CC4519 if early else 0x7A879D8A, j)
            ss1 = _rotate(ss1 & 0xFFFFFFFF, 7)
            ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if early else (e & f) | (~e & g)
            tt1 = (ff + d + (ss1 ^ _rotate(a, 12)) + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            tt2 = (gg + h + ss1 + w[j]) & 0xFFFFFFFF
            a, b, c, d = tt1, a, _rotate(b, 9), c
            e, f, g, h = tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17), e, _rotate(f, 19), g
        state = [old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
    return b"".join(word.to_bytes(4, "big") for word in state)


def sm3(data: bytes) -> bytes:
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        return slow_sm3(data)


Point = tuple[int, int, int, int]
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT_OF_MINUS_ONE = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _point(data: bytes) -> Point:
    """Read a point; a spelling that RFC 8032 does not allow is a damage."""
    odd, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT_OF_MINUS_ONE % P
    on_curve = y < P and (x * x - square) % P == 0 and not (x == 0 and odd) and len(data) == 32
    require(on_curve, "not a point of the curve")
    x = P - x if x & 1 != odd else x
    return (x, y, 1, x * y % P)


BASE = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether an Ed25519 signature (RFC 8032) is that of this raw public key."""
    s = int.from_bytes(signature[32:], "little")
    key, r = _point(public), _point(signature[:32])
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    k = int.from_bytes(digest, "little") % ORDER
    minus_key = (P - key[0], key[1], 1, P - key[3])
    choices, point = (None, BASE, minus_key, _add(BASE, minus_key)), (0, 1, 1, 0)
    for bit in range(255, -1, -1):  # s * BASE - k * key, both multiplications in one pass
        point = _add(point, point)
        if choice := choices[(s >> bit & 1) + 2 * (k >> bit & 1)]:
            point = _add(point, choice)
    x, y, z, _ = point
    return len(signature) == 64 and s < ORDER and (x - r[0] * z) % P == (y - r[1] * z) % P == 0


def merkle_root(entries: Iterable[bytes]) -> tuple[str, int]:
    """Return the tree head of RFC 6962 over lines, and their number, in logarithmic memory."""
    pending, number = list[tuple[int, bytes]](), 0
    for number, entry in enumerate(entries, 1):  # noqa: B007
        height, node = 0, hashlib.sha256(b"\x00" + entry).digest()
        while pending and pending[-1][0] == height:
            node = hashlib.sha256(b"\x01" + pending.pop()[1] + node).digest()
            height += 1
        pending.append((height, node))
    root = pending.pop()[1] if pending else hashlib.sha256().digest()
    while pending:
        root = hashlib.sha256(b"\x01" + pending.pop()[1] + root).digest()
    return root.hex(), number


class Deadline:
    """A deadline 期限, counted again from its facts and the calendar alone."""

    def __init__(self, fact: Any, years: dict[int, Any]) -> None:
        self.fact, self.years, self.guess = fact, years, ""
        self.by_working_day = fact["unit"] == "working_day"
        require(fact["unit"] in ("working_day", "day", "month", "year"), "an unknown unit")
        self.pauses = []
        require(len(fact["suspensions"]) <= 64, "too many suspensions")
        for each in fact["suspensions"]:
            require(type(each) is list and len(each) == 2, "a malformed suspension")
            begin, end = (day and dt.date.fromisoformat(day) for day in each)
            require(end is None or begin <= end, "a suspension that ends before it begins")
            self.pauses.append((begin, end))

    def check(self) -> None:
        """Compare the result and every day of the proof."""
        try:
            due, left, days = self.term()
            found = (due, False, due is None, left, None, None)
            stated = [(shaped(each, "day")["date"], each["counted"]) for each in self.fact["proof"]]
            days = [(str(day), counted) for day, counted in days]
            require((stated if due else stated[: len(days)]) == days, "the proof differs")
        except LookupError:
            found = (None, True, *self.bounds())
        keys = ["due", "provisional", "suspended", "remaining", "earliest", "latest"]
        for key, value in zip(keys, found, strict=True):
            same = str(self.fact[key]) == str(value)
            require(same, f"{key} recomputed is {value}, not {self.fact[key]}")

    def term(self, roll: bool = True) -> tuple[Any, Any, list[Any]]:
        """Return the due day (None while suspended), what is left, and the days that passed."""
        day = dt.date.fromisoformat(self.fact["start"])
        left, passed = self.days_after(day), list[tuple[dt.date, bool]]()
        while left:
            day += ONE
            ends = [end for begin, end in self.pauses if begin <= day and not (end and end <= day)]
            if None in ends:
                return None, left, passed
            counted = not ends and (not self.by_working_day or self.is_working(day))
            passed.append((day, counted))
            left -= counted
            require(len(passed) < len(self.fact["proof"]) + 800, "longer than its proof")
        while roll and self.fact["roll"] and not self.by_working_day and not self.is_working(day):
            passed += [] if passed else [(day, False)]
            day += ONE
            passed.append((day, False))
        return day, None, passed

    def days_after(self, start: dt.date) -> int:
        """Return the length in days; months end on the corresponding day, else on the last."""
        value, unit = self.fact["value"], self.fact["unit"]
        if unit in ("working_day", "day"):
            return int(value)
        months = start.month - 1 + value * (12 if unit == "year" else 1)
        first = dt.date(start.year + months // 12, months % 12 + 1, 1)
        ends = (first + (start.day - 1 - back) * ONE for back in range(4))
        return (next(end for end in ends if end.month == first.month) - start).days

    def is_working(self, day: dt.date) -> bool:
        if day.year in self.years:
            holidays, make_up = self.years[day.year]
            return day in make_up if day.weekday() > 4 else day not in holidays
        if not self.guess or day.year < min(self.years, default=9999):
            raise LookupError
        weekend, number = day.weekday() > 4, min(day.timetuple().tm_yday, 60)
        rank = sum(((day - i * ONE).weekday() > 4) == weekend for i in range(number))
        if self.guess == "most":
            return not weekend or rank <= 12
        return not weekend and rank > 23

    def bounds(self) -> tuple[Any, ...]:
        """Return suspended, remaining, earliest and latest of an end in an unpublished year."""
        pause = next((begin for begin, end in self.pauses if end is None), dt.date.max)
        try:
            if not self.by_working_day:
                end = self.term(roll=False)[0]
                return False, None, end, end + 10 * ONE
            self.pauses, ends = [each for each in self.pauses if each[1]], []
            for self.guess in ("most", "least"):
                ends.append(self.term()[0])
            return pause <= ends[0], None, *ends
        except LookupError:
            raise Damage("a needed day lies before the first calendar year") from None


class CaseFile:
    """A file under examination; ``damages`` are (reason, step), the first damaged step first."""

    def __init__(self, path: str, trusted: set[str], anchors: Sequence[Any] = ()) -> None:
        ends = [end for anchor in anchors for end in anchor["chains"]]
        self.anchored = {(end["id"], end["seq"]): end["sha256"] for end in ends}
        self.counts = dict.fromkeys([*KINDS, *TALLIES], 0)
        self.rank, self.names, self.chains = 0, set[str](), dict[str, Any]()
        self.years, self.objects = dict[int, Any](), dict[Any, Any]()
        self.rules, self.documents = {(None, None)}, {None: None}
        self.damages, self.header = list[tuple[str, str]](), dict[str, Any]()
        with open_file(path) as self.file, open_file(path) as self.index:
            if self.holds(self.read_head):
                if self.holds(self.check_sections):
                    self.holds(self.check_ends)
                self.holds(check_signature, self.head, self.line, self.signature)
                self.holds(self.check_trust, trusted, anchors)

    def take(self, name: str, line: bytes) -> None:
        """Check one section and its openings, which follow it."""
        value = parse(line)
        require(type(value) is dict and value.get("type") in KINDS, "a section of unknown type")
        kind = str(shaped(value, value["type"])["type"])
        require(KINDS.index(kind) >= self.rank, f"a {kind} out of its place")
        require((kind == "header") == (not self.header), "not exactly one header, first")
        self.rank = KINDS.index(kind)
        self.counts[kind] += 1
        expected = getattr(self, f"_{kind}")(value, line) or NAMES[kind].format(**value)
        require(name == expected, f"the index has it under another name than {expected}")
        if kind != "event":
            require(name not in self.names, "a second step of this name")
            self.names.add(name)
        leaves = value["event"]["leaves"] if kind == "event" else value.get("leaves", {})
        for leaf in sorted(leaves):
            self._leaf(leaf, leaves[leaf])
        if kind == "document":
            self._bytes(value)

    def _header(self, value: Any, line: bytes) -> None:
        require((value["format"], value["version"]) == ("xinfu-casefile", 1), "an unknown format")
        self.header = value
        for each in value["chains"]:
            require(shaped(each, "chain")["id"] not in self.chains, "a chain named twice")
            self.chains[each["id"]] = [each["name"], 0, bytes(32), bytes(32), None]

    def _calendar(self, value: Any, line: bytes) -> None:
        pair = [{dt.date.fromisoformat(d) for d in value[key]} for key in ("holidays", "make_up")]
        require({day.year for day in pair[0] | pair[1]} <= {value["year"]}, "days of another year")
        self.years[value["year"]] = pair

    def _rule(self, value: Any, line: bytes) -> None:
        self.rules.add((value["provision"], value["version"]))

    def _document(self, value: Any, line: bytes) -> None:
        require(value["id"] not in self.documents, "a document listed twice")
        self.documents[value["id"]] = value["sha256"]

    def _letter(self, value: Any, line: bytes) -> None:
        require(value["document"] in self.documents, "its document is not in the file")

    def _decision(self, value: Any, line: bytes) -> None:
        met = [self._known_rule(shaped(each, "condition"))["met"] for each in value["conditions"]]
        require(value["verdict"] != "eligible" or all(met), "eligible with an unmet condition")

    def _deadline(self, value: Any, line: bytes) -> None:
        Deadline(self._known_rule(value), self.years).check()

    def _known_rule(self, value: Any) -> Any:
        known = (value["provision"], value["version"]) in self.rules
        require(known, f"rests on {value['provision']}, whose text is missing")
        return value

    def _event(self, value: Any, line: bytes) -> str:
        event = shaped(value["event"], "event text")
        known = event["chain"] in self.chains and event["schema"] == 1
        require(known, "of an unknown chain or schema")
        chain = self.chains[event["chain"]]
        require(event["seq"] == chain[1] + 1, f"follows event {chain[1]} of its chain")
        text = line[len(b'{"event":') : -len(b',"sha256":"","sm3":"","type":"event"}\n') - 128]
        links = hashlib.sha256(chain[2] + text).digest(), sm3(chain[3] + text)
        require(links[0].hex() == value["sha256"], "does not fit its SHA-256 chain")
        require(links[1].hex() == value["sm3"], "does not fit its SM3 chain")
        anchored = self.anchored.pop((event["chain"], event["seq"]), value["sha256"])
        require(anchored == value["sha256"], "is not the event that was anchored")
        at = dt.datetime.fromisoformat(event["at"][:-1])
        at_last = chain[4] or at
        require(at >= at_last - DISORDER, "lies before the event that it follows")
        require(event["at"] <= self.header["until"], "lies after the time the file is complete to")
        require(event["day"] == str((at + SHANGHAI).date()), "its legal day is another")
        chain[1:] = [event["seq"], *links, max(at, at_last)]
        shaped(event["actor"], "actor")
        for each in event["basis"]:
            self._known_rule(shaped(each, "basis"))
        for each in event["documents"]:
            known = self.documents.get(shaped(each, "document reference")["id"])
            require(known == each["sha256"], "names a document that is missing or another one")
        if event["object"] is not None:
            self._state_change(shaped(event["object"], "object"))
        return NAMES["event"].format(**{**event, "chain": chain[0]})

    def _state_change(self, change: Any) -> None:
        key = (change["table"], change["id"])
        version, state = self.objects.get(key, (0, None))
        follows = change["version"] == version + 1 and change["from"] == state
        elsewhere = change["version"] > version + 1  # told in a chain that is not of this case
        require(follows or elsewhere, f"does not follow version {version}, state {state}")
        self.counts["changes told elsewhere"] += elsewhere
        self.objects[key] = (change["version"], change["to"])

    def _leaf(self, name: str, digest: str) -> None:
        opening = parse(self.file.readline(MAX_SECTION))
        self.counts["values withheld" if opening is None else "values open"] += 1
        if opening is None:
            return
        fits = type(opening) is list and len(opening) == 3 and opening[0] == name
        require(fits and _fits("h", opening[1]), f"the opening of {name} is malformed")
        text = b"\x00" + bytes.fromhex(opening[1]) + _ENCODER.encode([name, opening[2]]).encode()
        found = hashlib.sha256(text).hexdigest()
        require(found == digest, f"the value of {name} is not the one committed to")
        if name == "name" and KINDS[self.rank] == "document":
            require(_fits("p", opening[2]), "a name that could be a path")

    def _bytes(self, value: Any) -> None:
        first, digest, left = self.file.read(1), hashlib.sha256(), -(-value["size"] // 3) * 4
        if first == b"n" and self.file.read(4) == b"ull\n":
            return
        require(first == b'"', "its bytes are neither there nor withheld")
        while left:
            part = self.file.read(min(left, CHUNK))
            content = base64.b64decode(part, validate=True)
            require(part and base64.b64encode(content) == part, "its bytes are cut or misspelt")
            digest.update(content)
            left -= len(part)
        require(self.file.read(2) == b'"\n', "its bytes are not of its size")
        require(digest.hexdigest() == value["sha256"], "its bytes are not those of its digest")
        self.counts["documents with bytes"] += 1

    def holds(self, check: Callable[..., None], *arguments: Any) -> bool:
        try:
            check(*arguments)
        except Damage as damage:
            self.damages.append((*damage.args, "head")[:2])
            return False
        return True

    def read_head(self) -> None:
        self.head, self.end, self.line, self.signature = read_signed(self.file, "head")
        self.start = self.end - self.head["index_length"]
        require(self.start >= 0, "the index's length is impossible")
        signed = (self.head["root"], self.head["sections"])
        require(merkle_root(self.index_lines()) == signed, "the index has not the signed root")

    def index_lines(self) -> Iterator[bytes]:
        self.index.seek(self.start)
        while self.index.tell() < self.end:
            line = self.index.readline(2048)
            whole = INDEX_LINE.fullmatch(line) and self.index.tell() <= self.end
            require(whole, "the index is damaged")
            yield line

    def check_sections(self) -> None:
        self.file.seek(0)
        for entry in self.index_lines():
            digest, length, step = entry.decode("utf-8", "replace")[:-1].split(" ", 2)
            try:
                line = self.file.read(int(length))
                require(hashlib.sha256(line).hexdigest() == digest, "its bytes were changed")
                self.take(step, line)
                require(self.file.tell() <= self.start, "its last bytes are missing")
            except (Damage, TypeError, ValueError, OverflowError) as error:
                raise Damage(str(error), step) from error
        require(self.file.tell() == self.start, "bytes of no step stand before the index")

    def check_ends(self) -> None:
        header, head, chains = self.header, self.head, self.chains
        same = header and (header["case"], header["until"]) == (head["case"], head["until"])
        require(same, "head and header are not of one case and time")
        found = [(key, each[1], each[2].hex(), each[3].hex()) for key, each in chains.items()]
        signed = [(end["id"], end["seq"], end["sha256"], end["sm3"]) for end in head["chains"]]
        require(found == signed, "a chain does not end where the head says")
        for chain, seq in self.anchored:
            require(chain not in chains, f"a chain ends before event {seq}, which was anchored")

    def check_trust(self, trusted: set[str], anchors: Sequence[Any]) -> None:
        key, number = self.head["fingerprint"], self.head["number"]
        known = {key, self.head["public_key"]} & trusted
        require(known, f"signed by key {key}, which is not trusted here")
        for anchor in anchors:
            older = number < anchor["number"] or self.head["until"] < anchor["at"]
            require(not older, f"head {number} is older than the anchor's {anchor['number']}")


def read_signed(file: BinaryIO, shape: str) -> tuple[Any, int, bytes, bytes]:
    """Return the signed JSON at the end of a file, where it begins, its bytes and signature."""
    start = os.fstat(file.fileno()).st_size - TRAILER_LENGTH
    require(start >= 0, "the file is cut short")
    file.seek(start)
    trailer = file.read(TRAILER_LENGTH)
    require(TRAILER.fullmatch(trailer), "the last line is damaged, or other bytes follow it")
    length, signature = int(trailer[8:18]), bytes.fromhex(trailer[19:-1].decode())
    start -= length
    require(length <= MAX_HEAD and start >= 0, "the length of the head is impossible")
    file.seek(start)
    line = file.read(length)
    value = shaped(parse(line), shape)
    known = (value["format"], value["version"]) == (f"xinfu-casefile-{shape}", 1)
    require(known, "an unknown format")
    for each in value["chains"]:
        shaped(each, "chain end")
    return value, start, line, signature


def check_signature(value: Any, line: bytes, signature: bytes) -> None:
    domain, public = f"{value['format']}-v1\n".encode(), bytes.fromhex(value["public_key"])
    require(hashlib.sha256(public).hexdigest() == value["fingerprint"], "not the key's fingerprint")
    require(signed_by(public, domain + line, signature), "the signature does not hold")


def open_file(path: str) -> BinaryIO:
    """Open a regular file; a device or a pipe could go on for ever."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise OSError(f"{path}: not a regular file")
    return open(path, "rb")


def read_keys(source: str) -> set[str]:
    """Return public keys and fingerprints from a file of lines, or from the word itself."""
    if HEX.fullmatch(source.lower()):
        return {source.lower()}
    with open_file(source) as file:
        lines = file.read(MAX_SECTION).decode("utf-8", "replace").splitlines()
    words = {line.split("#")[0].strip().lower() for line in lines} - {""}
    if not all(HEX.fullmatch(word) for word in words):
        raise OSError(f"{source}: not a list of keys of 64 hexadecimal digits")
    return words


def read_anchor(source: str) -> Any:
    """Return a signed head that was handed over earlier; having it is reason to trust its key."""
    try:
        with open_file(source) as file:
            anchor, start, line, signature = read_signed(file, "anchor")
        require(start == 0, "other bytes stand before it")
        check_signature(anchor, line, signature)
    except Damage as damage:
        raise OSError(f"{source}: not an anchor: {damage}") from damage
    return anchor


def main(arguments: list[str] | None = None, keys: Iterable[str] = ()) -> int:
    """Verify one file and return the exit status; ``keys`` are trusted beside the usual ones."""
    parser = argparse.ArgumentParser(description="Verify a Xinfu case file offline.")
    parser.add_argument("file")
    parser.add_argument("--key", action="append", default=[], metavar="FILE|HEX")
    parser.add_argument("--anchor", action="append", default=[], metavar="FILE")
    options = parser.parse_args(arguments)
    shipped = os.path.join(os.path.dirname(os.path.abspath(__file__)), "xinfu_keys.txt")
    try:
        sources = [*options.key, *([shipped] if os.path.exists(shipped) else [])]
        anchors = [read_anchor(source) for source in options.anchor]
        trusted = set(keys).union(*map(read_keys, sources), (a["fingerprint"] for a in anchors))
        case = CaseFile(options.file, trusted, anchors)
    except (OSError, ValueError) as error:
        print(f"cannot be read 无法读取: {printable(error)}", file=sys.stderr)
        return 2
    if not case.damages:
        head, counts = case.head, case.counts
        print(f"OK 完整可信: case 案件 {printable(head['case'])}\nkey 密钥: {head['fingerprint']}")
        print(f"head 头编号: {head['number']}\ncomplete until 完整至: {head['until']}")
        print("holds 内容:", ", ".join(f"{kind}: {count}" for kind, count in counts.items()))
    for number, (reason, step) in enumerate(case.damages):
        word = "also 另有" if number else "first damaged step 首个受损环节"
        print(f"{word}: {printable(step)}: {printable(reason)}")
    return 1 if case.damages else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main())
