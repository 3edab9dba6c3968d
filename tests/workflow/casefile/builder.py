"""A realistic case file from plain data, and knives to damage it with."""

import datetime as dt
import hashlib
import io
import json
from dataclasses import replace
from typing import Any

from workflow.calendar import CALENDAR
from workflow.casefile import archive, canonical, chain, signing
from workflow.periods import Suspension, Term, Unit, reckon
from workflow.proofs import proof

CASE = "XF-152500-2026-000012"
CASE_CHAIN = "11111111-1111-4111-8111-111111111111"
RECORD_CHAIN = "22222222-2222-4222-8222-222222222222"
ITEM = "33333333-3333-4333-8333-333333333333"
PROOF = "44444444-4444-4444-8444-444444444444"
LETTER = "55555555-5555-4555-8555-555555555555"
PDF = b"%PDF-1.7 \xe5\x87\x86\xe4\xba\x88\xe4\xbf\xa1\xe7\x94\xa8\xe4\xbf\xae\xe5\xa4\x8d"
RECEIPT = bytes(range(256)) * 3
UNTIL = dt.datetime(2026, 11, 21, 1, 0, tzinfo=dt.UTC)
BASIS = {
    "provision": "G22.accept",
    "version": "2025-06-22",
    "instrument": "国办发〔2025〕22号",
    "article": None,
    "confidence": "H",
}
STORY = [
    (RECORD_CHAIN, "record.imported", None, {}),
    (CASE_CHAIN, "repair-item.drafted", "draft", {"actor-name": "乌兰"}),
    (CASE_CHAIN, "repair-item.submitted", "submitted", {"actor-name": "乌兰", "note": "已缴清😀"}),
    (CASE_CHAIN, "repair-item.accepted", "accepted", {}),
    (RECORD_CHAIN, "publication.marked", None, {}),
    (CASE_CHAIN, "letter.issued", None, {}),
]


def salt(number: int) -> bytes:
    return bytes([number]) * 32


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Journal:
    """Builds chains as ``workflow.journal`` does."""

    def __init__(self) -> None:
        self.ends = {CASE_CHAIN: chain.FIRST, RECORD_CHAIN: chain.FIRST}
        self.lengths = {CASE_CHAIN: 0, RECORD_CHAIN: 0}
        self.state: str | None = None
        self.version = 0
        self.events: list[archive.Event] = []

    def append(self, key: str, kind: str, to: str | None, values: dict[str, str], **changes: Any):
        self.lengths[key] += 1
        at = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
        at += dt.timedelta(minutes=len(self.events))
        leaves = {name: archive.Leaf.of(name, value, salt(0xAB)) for name, value in values.items()}
        body = {
            "schema": 1,
            "chain": key,
            "seq": self.lengths[key],
            "kind": kind,
            "at": archive.instant(at),
            "day": "2026-11-20",
            "actor": {"id": None, "capacity": "system", "office": None},
            "object": self._change(to),
            "basis": [BASIS],
            "law": "ab12",
            "calendar": CALENDAR.version,
            "data": {"site": "credit-china"},
            "documents": [],
            "leaves": {name: leaf.hash for name, leaf in leaves.items()},
        }
        if kind == "letter.issued":
            body["documents"] = [{"id": LETTER, "sha256": sha256(PDF)}]
        text = canonical.dumps(body | changes)
        link = self.ends[key] = chain.link(self.ends[key], text)
        self.events.append(
            archive.Event(text=text, sha256=link.sha256.hex(), sm3=link.sm3.hex(), leaves=leaves)
        )

    def _change(self, to: str | None) -> dict[str, Any] | None:
        if to is None:
            return None
        before, self.state = self.state, to
        self.version += 1
        return {
            "table": "repair_repairitem",
            "id": ITEM,
            "version": self.version,
            "from": before,
            "to": to,
        }


def calendar_facts(year: int) -> dict[str, Any]:
    facts = CALENDAR._years[year]
    return {
        "year": year,
        "version": CALENDAR.version,
        "source": facts.source,
        "holidays": {day.isoformat(): name for day, name in facts.holidays.items()},
        "make_up": sorted(day.isoformat() for day in facts.make_up),
    }


def deadline_facts(name: str, term: Term) -> dict[str, Any]:
    found = reckon(term, CALENDAR)
    return {
        "name": name,
        "provision": "G22.accept",
        "version": "2025-06-22",
        "start": str(term.start),
        "value": term.value,
        "unit": term.unit.value,
        "roll": term.roll,
        "suspensions": [
            [str(each.first), each.resumes and str(each.resumes)] for each in term.suspensions
        ],
        "state": "running",
        "due": found.due and str(found.due),
        "provisional": found.provisional,
        "suspended": found.suspended,
        "remaining": found.remaining,
        "earliest": found.earliest and str(found.earliest),
        "latest": found.latest and str(found.latest),
        "calendar": found.calendar_version,
        "proof": [day.as_dict() for day in proof(found, CALENDAR)],
    }


def documents() -> list[archive.Paper]:
    facts = {"media_type": "application/pdf", "stored_at": archive.instant(UNTIL)}
    stored = (
        (PROOF, "proof 1", RECEIPT, "缴款凭证.pdf", 1),
        (LETTER, "letter 1", PDF, "准予信用修复决定书.pdf", 2),
    )
    return [
        archive.Paper(
            facts={
                **facts,
                "id": key,
                "label": label,
                "sha256": sha256(content),
                "size": len(content),
            },
            leaves={"name": archive.Leaf.of("name", name, salt(number))},
            content=content,
        )
        for key, label, content, name, number in stored
    ]


def letter() -> archive.Paper:
    facts = {
        "number": "朔市监〔2026〕12号",
        "template": "repair-granted",
        "department": "11152500MB1234567X",
        "reserved_at": archive.instant(UNTIL),
        "issued_at": None,
        "check_code": sha256(b"K7M2QRTX"),
        "document": LETTER,
    }
    return archive.Paper(
        facts=facts, leaves={"addressee": archive.Leaf.of("addressee", {"name": "某公司"}, salt(3))}
    )


def rule() -> dict[str, Any]:
    return {
        **BASIS,
        "until": None,
        "quote": "3个工作日内",
        "source": "gov.cn",
        "value": 3,
        "unit": "working_day",
    }


def decision() -> dict[str, Any]:
    condition = {
        "code": "minimum-publication",
        "met": True,
        "found": "2026-08-28 起公示",
        "provision": "G22.accept",
        "version": "2025-06-22",
    }
    return {
        "name": "pre-check 1",
        "as_of": "2026-11-20",
        "rule_set": "CC-2026",
        "verdict": "eligible",
        "conditions": [condition],
    }


def accepting(**changes: Any) -> Term:
    facts = {"start": dt.date(2026, 9, 24), "value": 10, "unit": Unit.WORKING_DAY}
    pause = Suspension(dt.date(2026, 9, 28), dt.date(2026, 10, 8))
    return Term(**(facts | {"suspensions": (pause,)} | changes))


def journal() -> Journal:
    told = Journal()
    for each in STORY:
        told.append(*each)
    return told


def casefile(**changes: Any) -> archive.CaseFile:
    whole = archive.CaseFile(
        case=CASE,
        number=42,
        exported_at=UNTIL,
        until=UNTIL,
        chains=[(CASE_CHAIN, f"case {CASE}"), (RECORD_CHAIN, "record 朔市监罚〔2026〕12号")],
        calendars=[calendar_facts(2026)],
        rules=[rule()],
        documents=documents(),
        letters=[letter()],
        decisions=[decision()],
        deadlines=[deadline_facts("accept", accepting())],
        events=journal().events,
    )
    return replace(whole, **changes)


def small(**changes: Any) -> archive.CaseFile:
    """A file of every kind of section in few bytes, for tests that touch each of them."""
    short = {
        "calendars": [
            {**calendar_facts(2026), "holidays": {"2026-09-25": "中秋节"}, "make_up": []}
        ],
        "deadlines": [deadline_facts("accept", accepting(value=1, suspensions=()))],
        "events": journal().events[:4],
    }
    return casefile(**(short | changes))


def written(file: archive.CaseFile, key: signing.SigningKey) -> bytes:
    out = io.BytesIO()
    archive.write(out, file, key)
    return out.getvalue()


def trailer_length() -> int:
    return len(b"ed25519 0000000000 \n") + 128


def parts(content: bytes) -> tuple[bytes, list[tuple[str, int, str]], dict[str, Any]]:
    """Return the body, the index (digest, length, name) and the head of a written file."""
    signed = content[: -trailer_length()]
    length = int(content[-trailer_length() :].split()[1])
    head = json.loads(signed[-length:])
    index_start = len(signed) - length - head["index_length"]
    lines = signed[index_start : len(signed) - length].decode().splitlines()
    index = [
        (line[:64], int(line[65:].split(" ", 1)[0]), line[65:].split(" ", 1)[1]) for line in lines
    ]
    return signed[:index_start], index, head


def step_of_each_byte(content: bytes) -> list[str]:
    """Return, for every offset, the step it belongs to: found by digest, not as the verifier does."""
    body, index, _ = parts(content)
    starts, at = [], 0
    for digest, length, name in index:
        while hashlib.sha256(body[at : at + length]).hexdigest() != digest:
            at = body.index(b"\n", at) + 1
        starts.append((at, name))
        at += length
    steps: list[str] = []
    ends = [start for start, _ in starts[1:]] + [len(body)]
    for (start, name), end in zip(starts, ends, strict=True):
        assert start == len(steps)
        steps += [name] * (end - start)
    return steps + ["head"] * (len(content) - len(body))


def sealed(
    sections: list[tuple[str, bytes, bytes]], head: dict[str, Any], key: signing.SigningKey
) -> bytes:
    """Write sections (name, line, openings) as an insider with the platform's key could."""
    index = [f"{sha256(line)} {len(line)} {name}\n".encode() for name, line, _ in sections]
    out = io.BytesIO(b"".join(line + openings for _, line, openings in sections))
    out.seek(0, io.SEEK_END)
    out.writelines(index)
    new = {"sections": len(index), "index_length": sum(map(len, index))}
    archive.write_signed(out, head | new | {"root": chain.merkle_root(index).hex()}, key)
    return out.getvalue()


def unsealed(content: bytes) -> list[tuple[str, bytes, bytes]]:
    """Return the sections of a written file, each with its name, line and openings."""
    body, index, _ = parts(content)
    steps = step_of_each_byte(content)
    return [
        (
            name,
            body[steps.index(name) :][:length],
            body[steps.index(name) : _after(steps, name)][length:],
        )
        for _, length, name in index
    ]


def _after(steps: list[str], name: str) -> int:
    return len(steps) - steps[::-1].index(name)
