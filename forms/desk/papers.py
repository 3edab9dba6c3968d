"""Proof and letters as officials open them: by their own addresses, each look noted."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from forms import tones, words
from forms.papers import proof_kinds
from forms.parts import Paper
from processes.repair.case_facts import CASE
from processes.repair.models import Proof, RepairCase
from workflow.documents.models import Letter
from workflow.documents.verification import shown_code


def letters_of(case: RepairCase, *, on: dt.date) -> list[Paper]:
    """Return every letter of a case, newest first."""
    found = Letter.objects.filter(case_table=CASE, case_id=case.pk)
    return [letter_paper(each, on=on) for each in found.order_by("-reserved_at", "-serial")]


def letter_paper(letter: Letter, *, on: dt.date) -> Paper:
    """One letter: number, addressee, code, and its PDF once it is issued."""
    issued = letter.rendered_at
    state = "held" if letter.held_reason else "preparing"
    meta = [letter.number, str(letter.addressee.get("name", ""))]
    if issued:
        meta.append(words.moment(issued, this_year=on.year))
        meta.append(_("check code %(code)s") % {"code": shown_code(letter.check_code)})
    href = reverse("forms:desk-letter", args=[letter.pk]) if issued else ""
    return Paper(
        name=letter.title if words.in_chinese() else letter.title_en,
        href=href,
        meta=meta,
        state=None if issued else tones.look("letter", state),
        download=href,
        is_letter=True,
    )


def proofs_of(case: RepairCase, item_ids: frozenset[uuid.UUID]) -> list[Proof]:
    """Return the proof for these items and for the whole case, in the order in which it came."""
    kept = Proof.objects.filter(Q(item=None) | Q(item__in=item_ids), case=case, withdrawn_at=None)
    return list(kept.select_related("document__uploaded_by", "item__record").order_by("pk"))


def proof_name(proof: Proof) -> str:
    """What a proof is called."""
    return proof_kinds().get(proof.kind, proof.kind)


def chosen(proofs: Sequence[Proof], wanted: str) -> Proof | None:
    """Return the proof that is open in the viewer: the wanted one, else the first."""
    first = proofs[0] if proofs else None
    return next((proof for proof in proofs if str(proof.pk) == wanted), first)
