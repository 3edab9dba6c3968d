"""What came by post: the inbox, a message, a letter on A4, its PDF; and one's own proof."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forms import acting, moment, papers, words
from forms.access import for_applicants
from forms.applicant import reading
from forms.keyset import page_of
from forms.parts import Pager
from workflow.documents.models import Document, Letter, Message
from workflow.documents.services import mark_read
from workflow.offices.actors import Actor

SHOWN_IN_PLACE = {"application/pdf", "image/png", "image/jpeg"}


@require_safe
@for_applicants
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything the subject was told, newest first, with read receipts."""
    actor, on = acting.actor(request), moment.on(request)
    reading.subject_of(actor, on=on)
    screen, more = page_of(reading.messages_of(actor), request, by=("created_at", "pk"))
    unread = sum(message.read_at is None for message in screen)
    rows = [{"message": message, **told(message)} for message in screen]
    context = {"rows": rows, "unread": unread, "pager": Pager(_("Newest first"), next=more)}
    return render(request, "applicant/inbox.html", context)


def told(message: Message) -> dict[str, str]:
    """The words of a message in the reader's language, as far as they were given."""
    said, chinese = message.snapshot, words.in_chinese()
    title, body = said.get("title", ""), said.get("body", "")
    if chinese:
        return {"title": title, "body": body, "language": ""}
    english = said.get("title_en")
    if not english:
        return {"title": title, "body": body, "language": "zh-Hans"}
    return {"title": english, "body": said.get("body_en") or "", "language": ""}


@require_safe
@for_applicants
def message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """One message; opening it is its receipt."""
    actor, at = acting.actor(request), moment.at(request)
    reading.subject_of(actor, on=moment.on(request))
    found = reading.messages_of(actor).filter(pk=message_id).first()
    if found is None:
        raise Http404
    mark_read(message_id=found.pk, by=actor, at=at)
    found.refresh_from_db()
    letter = found.letter if found.letter and found.letter.pdf_id else None
    paper = papers.letter_paper(letter, year=moment.on(request).year, read=True) if letter else None
    context = {"message": found, "papers": [paper] if paper else [], **told(found)}
    return render(request, "applicant/message.html", context)


@require_safe
@for_applicants
def letter(request: HttpRequest, letter_id: uuid.UUID) -> HttpResponse:
    """A letter on A4, from its frozen snapshot; opening it is its receipt."""
    actor = acting.actor(request)
    reading.subject_of(actor, on=moment.on(request))
    found = reading.letter_of(actor, letter_id)
    receive(found, actor, request)
    context = {"letter": found, "sheet": sheet(found), "title": title(found)}
    return render(request, "applicant/letter.html", context)


def receive(found: Letter, actor: Actor, request: HttpRequest) -> None:
    """Note that the letter was opened, on every message that brought it."""
    waiting = reading.messages_of(actor).filter(letter=found, read_at=None)
    for key in waiting.values_list("pk", flat=True):
        mark_read(message_id=key, by=actor, at=moment.at(request))


def title(found: Letter) -> str:
    """What the letter is called, in the reader's language."""
    return found.title if words.in_chinese() else found.title_en


def sheet(found: Letter) -> str:
    """The letter's body as the post room set it; its words were escaped there."""
    html = import_string(settings.XINFU_LETTER_HTML)(found)
    return mark_safe(html.partition("<body>")[2].rpartition("</body>")[0])  # noqa: S308


@require_safe
@for_applicants
def letter_pdf(request: HttpRequest, letter_id: uuid.UUID) -> HttpResponse:
    """The issued bytes."""
    actor = acting.actor(request)
    reading.subject_of(actor, on=moment.on(request))
    found = reading.letter_of(actor, letter_id)
    receive(found, actor, request)
    return file_response(found.pdf, download=True)


@require_safe
@for_applicants
def proof(request: HttpRequest, number: str, proof_id: int) -> HttpResponse:
    """A document the applicant gave."""
    actor = acting.actor(request)
    reading.subject_of(actor, on=moment.on(request))
    case = reading.case_of(actor, number)
    found = get_object_or_404(case.proofs.select_related("document"), pk=proof_id)
    return file_response(found.document)


def file_response(document: Document, *, download: bool = False) -> HttpResponse:
    """Send the stored bytes, checked against their digest; nothing in them can run in our pages."""
    response = HttpResponse(document.read(), content_type=document.media_type)
    attach = download or document.media_type not in SHOWN_IN_PLACE
    response["Content-Disposition"] = content_disposition_header(attach, document.name)
    response["X-Content-Type-Options"] = "nosniff"
    if document.media_type != "application/pdf":  # a sandbox keeps Chromium's viewer from opening
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
