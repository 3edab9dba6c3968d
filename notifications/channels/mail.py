"""E-mail: a short note that something waits in the portal, and never what it says of a case."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from notifications.channels.outcomes import Delivered, Outcome
from workflow.documents.models import Message
from workflow.outbox.models import OutboxMessage


def send(message: OutboxMessage, *, at: dt.datetime) -> Outcome:
    """Tell the reader of a portal message by e-mail.

    The ``Message-ID`` is the outbox row's, so that a repeat after a crash is recognised as one.
    """
    told = Message.objects.select_related("user").get(pk=message.payload["message_id"])
    reader = told.user
    if reader is None or not reader.is_active or not reader.email:
        return Delivered("nobody to write to")
    with translation.override(reader.language or settings.LANGUAGE_CODE):
        subject, body = _words(told)
    mail = EmailMessage(subject, body, to=[reader.email])
    mail.extra_headers["Message-ID"] = f"<{message.pk}@{_house()}>"
    mail.extra_headers["Date"] = message.created_at.strftime("%a, %d %b %Y %H:%M:%S +0000")
    mail.send(fail_silently=False)
    return Delivered(f"e-mail {mail.extra_headers['Message-ID']}")


def _words(told: Message) -> tuple[str, str]:
    english = (translation.get_language() or "").startswith("en")
    chosen = "title_en" if english and told.snapshot.get("title_en") else "title"
    context = {
        "title": told.snapshot[chosen],
        "name": told.user.display_name,
        "address": settings.XINFU_PUBLIC_URL + (told.snapshot.get("link") or "/"),
    }
    name = "mail/message.en.txt" if english else "mail/message.txt"
    return " ".join(context["title"].split()), render_to_string(name, context)


def _house() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
