"""Collect a repair from the database into a case file; nothing is judged here, only copied."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from processes.repair import casefile_terms
from processes.repair.case_facts import CASE
from processes.repair.models import RemovalLine, RepairCase, RepairItem
from workflow import clock
from workflow.casefile import archive, canonical, chain
from workflow.documents.models import Document, Letter
from workflow.journal.models import Chain, Event


def collect(case: RepairCase, *, redacted: bool = False) -> archive.CaseFile:
    """Return everything a case file of this case says, as of one instant of the database.

    A redacted copy withholds personal values and the bytes of documents; the rest is the same.
    """
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _collected(case, clock.now(), redacted=redacted)


def _collected(case: RepairCase, asked_at: dt.datetime, *, redacted: bool) -> archive.CaseFile:
    items = list(case.items.select_related("record").order_by("pk"))
    chains = [case.chain_id, *dict.fromkeys(item.record.chain_id for item in items)]
    rows = Event.objects.filter(chain_id__in=chains).order_by("id").prefetch_related("leaves")
    events = [(row, canonical.loads(row.canonical.encode())) for row in rows]
    until = max([asked_at, *(row.at for row, _ in events)])
    decisions = list(_decisions(case, items))
    deadlines = list(casefile_terms.deadlines(case))
    names = dict(Chain.objects.filter(pk__in=chains).values_list("pk", "name"))
    used = casefile_terms.cited([body for _, body in events], decisions, deadlines)
    return archive.CaseFile(
        case=case.number,
        number=Event.objects.order_by("-id").values_list("id", flat=True)[0],
        exported_at=until,
        until=until,
        chains=[(str(key), names[key]) for key in chains],
        calendars=casefile_terms.calendars(deadlines),
        rules=list(casefile_terms.rules(used)),
        documents=list(_documents(case, [body for _, body in events], redacted=redacted)),
        letters=[_letter(letter, redacted=redacted) for letter in _letters(case)],
        decisions=decisions,
        deadlines=deadlines,
        events=[_event(row, redacted=redacted) for row, _ in events],
    )


def _event(row: Event, *, redacted: bool) -> archive.Event:
    leaves = {
        leaf.name: archive.Leaf.of(leaf.name, leaf.value, bytes.fromhex(leaf.salt))
        for leaf in ([] if redacted else row.leaves.all())
    }
    return archive.Event(text=row.canonical.encode(), sha256=row.sha256, sm3=row.sm3, leaves=leaves)


def _letters(case: RepairCase) -> Iterable[Letter]:
    found = Letter.objects.filter(case_table=CASE, case_id=case.pk)
    return found.select_related("department", "pdf").order_by("reserved_at", "number")


def _letter(letter: Letter, *, redacted: bool) -> archive.Paper:
    issued = letter.rendered_at
    facts = {
        "number": letter.number,
        "template": f"{letter.template}/{letter.template_version}",
        "department": letter.department.code,
        "reserved_at": archive.instant(letter.reserved_at),
        "issued_at": archive.instant(issued) if issued else None,
        "check_code": hashlib.sha256(letter.check_code.encode()).hexdigest(),
        "document": str(letter.pdf_id) if letter.pdf_id else None,
    }
    leaf = _leaf("addressee", letter.addressee, str(letter.pk), redacted=redacted)
    return archive.Paper(facts=facts, leaves={"addressee": leaf})


def _documents(
    case: RepairCase, events: Iterable[Mapping[str, Any]], *, redacted: bool
) -> Iterator[archive.Paper]:
    labels = {str(each.pdf_id): f"letter {each.number}" for each in _letters(case) if each.pdf_id}
    for number, proof in enumerate(case.proofs.order_by("pk"), 1):
        labels.setdefault(str(proof.document_id), f"proof {number} {proof.kind}")
    lines = RemovalLine.objects.filter(item__case=case)
    for number, key in enumerate(
        lines.order_by("pk").values_list("receipt_document", flat=True), 1
    ):
        if key is not None:
            labels.setdefault(str(key), f"receipt {number}")
    for body in events:
        for each in body["documents"]:
            labels.setdefault(each["id"], f"document {each['id']}")
    for document in Document.objects.filter(pk__in=labels).order_by("uploaded_at", "pk"):
        yield _document(document, labels[str(document.pk)], redacted=redacted)


def _document(document: Document, label: str, *, redacted: bool) -> archive.Paper:
    facts = {
        "id": str(document.pk),
        "label": label.replace("/", "-").replace("\\", "-"),
        "sha256": document.sha256,
        "size": document.size,
        "media_type": document.media_type,
        "stored_at": archive.instant(document.uploaded_at),
    }
    leaf = _leaf("name", document.name, str(document.pk), redacted=redacted)
    content = None if redacted else document.read()
    return archive.Paper(facts=facts, leaves={"name": leaf}, content=content)


def _leaf(name: str, value: Any, key: str, *, redacted: bool) -> archive.Leaf:
    salt = chain.derived_salt(settings.SECRET_KEY.encode(), "casefile", key, name)
    return archive.Leaf.of(name, value, salt, disclosed=not redacted)


def _decisions(case: RepairCase, items: Sequence[RepairItem]) -> Iterator[dict[str, Any]]:
    for item in items:
        for site, found in sorted((item.decision or {}).get("sites", {}).items()):
            yield {
                "name": f"{item.record.decision_number} {site}",
                "as_of": str(case.submitted_on),
                "rule_set": found["rule_set"],
                "verdict": found["verdict"],
                "conditions": [
                    {
                        "code": each["code"],
                        "met": each["met"],
                        "found": each["found"],
                        "provision": each["provision"]["id"],
                        "version": each["provision"]["version"],
                    }
                    for each in found["conditions"]
                ],
            }
