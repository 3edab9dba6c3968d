"""Letters and proof as the list of documents shows them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from forms import tones, words
from forms.parts import Paper
from processes.repair.models import Proof
from workflow.documents.models import Letter
from workflow.documents.verification import shown_code


def letter_paper(letter: Letter, *, year: int, read: bool = False) -> Paper:
    """A letter to the subject: when it was issued, its number and code."""
    issued = letter.rendered_at
    state = "preparing" if issued is None else "read" if read else "delivered"
    if issued is None and letter.held_reason:
        state = "held"
    meta = [letter.number]
    if issued is not None:
        meta.append(words.moment(issued, this_year=year))
        meta.append(_("check code %(code)s") % {"code": shown_code(letter.check_code)})
    return Paper(
        name=letter.title if words.in_chinese() else letter.title_en,
        href=reverse("forms:letter", args=[letter.pk]) if issued else "",
        meta=meta,
        state=tones.look("letter", state),
        download=reverse("forms:letter-pdf", args=[letter.pk]) if issued else "",
        is_letter=True,
    )


def proof_kinds() -> dict[str, str]:
    """What a proof can prove."""
    return {
        "proof-of-correction": _("Proof of correction"),
        "proof-of-performance": _("Proof that duties were performed"),
    }


def proof_papers(proofs: Iterable[Proof], *, removable: bool = False) -> list[Paper]:
    """The documents an applicant has given, each with the way to look at it."""
    kinds = proof_kinds()
    return [
        Paper(
            name=kinds.get(proof.kind, proof.kind),
            href=reverse("forms:proof", args=[proof.case.number, proof.pk]),
            meta=[proof.document.name, words.file_size(proof.document.size)],
            digest=proof.document.sha256,
            remove_name="remove" if removable else "",
            remove_value=str(proof.pk) if removable else "",
        )
        for proof in proofs
    ]
