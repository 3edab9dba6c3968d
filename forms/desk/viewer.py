"""The viewer of proof beside the form: tabs, one open document, and what is known of it."""

import dataclasses
import uuid
from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from forms import words
from forms.desk import papers, previews
from forms.parts import Link
from processes.repair.models import Proof, RepairCase


@dataclasses.dataclass(frozen=True, slots=True)
class Viewer:
    """One open proof with the way to the others and to its other pages."""

    tabs: Sequence[Link]
    name: str
    file: str
    picture: str
    number: int
    pages: int
    previous: str
    next: str
    original: str
    digest: str
    about: str


def viewer(
    case: RepairCase, item_ids: frozenset[uuid.UUID], asked: Mapping[str, str]
) -> Viewer | None:
    """Return the viewer, or None when nothing was given."""
    proofs = papers.proofs_of(case, item_ids)
    proof = papers.chosen(proofs, asked.get("proof", ""))
    if proof is None:
        return None
    pages = previews.page_count(proof.document)
    number = _page(asked.get("page", ""), pages)
    original = reverse("forms:desk-proof", args=[case.number, proof.pk])
    tabs = [
        Link(f"{place} {papers.proof_name(each)}", _at(each, 1), "here" if each == proof else "")
        for place, each in enumerate(proofs, 1)
    ]
    return Viewer(
        tabs=tabs,
        name=papers.proof_name(proof),
        file=proof.document.name,
        picture=_picture(case, proof, number, pages, original),
        number=number,
        pages=pages,
        previous=_at(proof, number - 1) if number > 1 else "",
        next=_at(proof, number + 1) if number < pages else "",
        original=original,
        digest=proof.document.sha256,
        about=_about(proof),
    )


def _page(asked: str, pages: int) -> int:
    wanted = int(asked) if asked.isdecimal() and len(asked) < len("10000") else 1
    return min(max(wanted, 1), max(pages, 1))


def _at(proof: Proof, number: int) -> str:
    return f"?proof={proof.pk}&page={number}"


def _picture(case: RepairCase, proof: Proof, number: int, pages: int, original: str) -> str:
    if proof.document.media_type in previews.SHOWN:
        return original
    if not pages:
        return ""
    return reverse("forms:desk-proof-page", args=[case.number, proof.pk, number])


def _about(proof: Proof) -> str:
    document = proof.document
    by = document.uploaded_by.display_name if document.uploaded_by else ""
    parts = [
        words.file_size(document.size),
        _("given on %(at)s by %(who)s") % {"at": words.moment(document.uploaded_at), "who": by},
        proof.item.record.decision_number if proof.item else _("for the whole case"),
    ]
    return " · ".join(parts)
