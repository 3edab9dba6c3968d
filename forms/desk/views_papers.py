"""Proof, letters and receipts as bytes; every one that is opened is noted."""

import uuid
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forms.access import for_offices
from forms.desk import opening, papers, previews, standing
from processes.repair.case_facts import CASE
from processes.repair.models import Proof, RemovalLine, RepairCase
from workflow.documents.models import Document, Letter

INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})


def served(document: Document) -> HttpResponse:
    """Return a document: shown by the browser if it is of a harmless kind, else downloaded."""
    inline = document.media_type in INLINE
    kind = document.media_type if inline else "application/octet-stream"
    response = HttpResponse(document.read(), content_type=kind)
    way = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(document.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _proof(request: HttpRequest, number: str, proof_id: int) -> Proof:
    case, items = opening.case_of(request, number, action="proof")
    found = next((p for p in papers.proofs_of(case, items) if p.pk == proof_id), None)
    if found is None:
        raise Http404
    return found


@require_safe
@for_offices
def proof(request: HttpRequest, number: str, proof_id: int) -> HttpResponse:
    """One document of proof."""
    return served(_proof(request, number, proof_id).document)


@require_safe
@for_offices
def proof_page(request: HttpRequest, number: str, proof_id: int, page: int) -> HttpResponse:
    """A picture of one page of it, for the viewer."""
    document = _proof(request, number, proof_id).document
    if not 1 <= page <= previews.page_count(document):
        raise Http404
    try:
        return HttpResponse(previews.page_image(document, page), content_type="image/png")
    except previews.NotDrawn:
        raise Http404 from None


@require_safe
@for_offices
def letter(request: HttpRequest, letter_id: uuid.UUID) -> HttpResponse:
    """An issued letter of a case or an order that is mine to see."""
    found = get_object_or_404(Letter, pk=letter_id, pdf__isnull=False)
    if found.case_table != CASE:
        raise Http404
    line = RemovalLine.objects.filter(order_letter=found).select_related("item__case").first()
    if line is not None and opening.may_see_line(request, line):
        standing.note(request, "letter", "documents_letter", found.pk)
    else:
        opening.case_of(request, _number(found), action="letter")
    return served(found.pdf)


def _number(found: Letter) -> str:
    return RepairCase.objects.values_list("number", flat=True).get(pk=found.case_id)


@require_safe
@for_offices
def receipt(request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
    """The proof a keeper gave for a removal."""
    line = opening.line_of(request, line_id, action="receipt")
    if line.receipt_document is None:
        raise Http404(_("No document was given."))
    return served(line.receipt_document)
