"""The wording as template filters."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from notifications.letters import wording
from workflow.documents.verification import shown_code

register = template.Library()
for name in ("day", "numeral", "cite", "cite_all", "ground", "you", "clause", "authorities"):
    register.filter(name, getattr(wording, name))
register.filter("code", shown_code)


@register.filter
def severity(value: str | None) -> str:
    """轻微、一般、严重, or a dash while it is not determined."""
    return wording.SEVERITY.get(value or "", "—")


@register.filter
def removal(value: str) -> str:
    """What is removed, as a verb and its object."""
    return wording.REMOVAL[value]


@register.filter
def outcome(value: str) -> str:
    """How a removal ended."""
    return wording.OUTCOME[value]


@register.filter
def breakable(value: str) -> SafeString:
    """A long code that may be broken after its hyphens, and nowhere else."""
    return mark_safe(str(escape(value)).replace("-", "-<wbr>"))  # noqa: S308 - escaped just now
