"""Tags and filters of every screen: icons, states, dates and numbers as people write them."""

import datetime as dt
import functools
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from forms import tones, words

register = template.Library()
SPRITE = Path(__file__).resolve().parent.parent / "icons.svg"
SYMBOL = re.compile(r'<symbol id="i-([\w-]+)" viewBox="([\d ]+)">(.*?)</symbol>', re.DOTALL)


@functools.cache
def icons() -> dict[str, str]:
    """Return every icon of the sprite as a drawing that can stand in a page."""
    return {
        name: f'<svg class="i" viewBox="{box}" aria-hidden="true" focusable="false">{paths}</svg>'
        for name, box, paths in SYMBOL.findall(SPRITE.read_text(encoding="utf-8"))
    }


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon. It is hidden from readers: words always stand beside it."""
    return mark_safe(icons()[name])  # noqa: S308  (our own file)


@register.simple_tag
def state_tag(kind: str, state: str | None) -> SafeString:
    """Draw one state as icon and words in its tone."""
    return look_tag(tones.look(kind, state))


@register.simple_tag
def state_look(kind: str, state: str | None) -> tones.Look:
    """Return how a state is shown, where other words than its own are needed."""
    return tones.look(kind, state)


@register.simple_tag
def look_tag(look: tones.Look) -> SafeString:
    """Draw a look that is already known."""
    drawn = icon(look.icon)
    return format_html('<span class="tag" data-tone="{}">{}{}</span>', look.tone, drawn, look.words)


@register.filter
def state_words(state: str | None, kind: str) -> str:
    """The words of a state without its tag."""
    return str(tones.look(kind, state).words)


def _year(context: Context) -> int | None:
    today = context.get("today")
    return today.year if isinstance(today, dt.date) else None


@register.simple_tag(takes_context=True)
def day(context: Context, value: dt.date | None) -> SafeString | str:
    """A day, without the year when it is this one: 11月25日."""
    return _time(value, words.day(value, this_year=_year(context))) if value else ""


@register.simple_tag(takes_context=True)
def weekday(context: Context, value: dt.date | None) -> SafeString | str:
    """A day as people say it: 11月25日（周三）."""
    return _time(value, words.weekday(value, this_year=_year(context))) if value else ""


@register.simple_tag(takes_context=True)
def moment(context: Context, value: dt.datetime | None) -> SafeString | str:
    """A day and time in Shanghai: 11月25日 15:20."""
    return _time(value, words.moment(value, this_year=_year(context))) if value else ""


@register.simple_tag(takes_context=True)
def when(context: Context, value: dt.date | None) -> SafeString | str:
    """A moment when there is a time of day, else a day."""
    return moment(context, value) if isinstance(value, dt.datetime) else day(context, value)


def _time(value: dt.date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', words.local(value).isoformat(), text)


@register.filter
def dense(value: dt.date | None) -> str:
    """A day for a dense table: 11-25."""
    return words.dense(value) if value else ""


@register.filter
def money(yuan: Decimal | None) -> str:
    """An amount: 3 万元 / CNY 30,000."""
    return words.money(yuan)


@register.filter
def masked(identifier: str | None) -> str:
    """An identifier with all but its end hidden."""
    return words.masked(identifier or "")


@register.filter
def masked_name(name: str | None) -> str:
    """A natural person's name with all but its beginning hidden."""
    return words.masked_name(name or "")


@register.filter
def short_digest(digest: str | None) -> str:
    """The two ends of a digest."""
    return words.short_digest(digest or "")


@register.filter
def grouped_digest(digest: str | None) -> str:
    """A digest in groups of eight."""
    return words.grouped_digest(digest or "")


@register.filter
def file_size(size: int | None) -> str:
    """A size people can read."""
    return words.file_size(size or 0)


@register.filter
def zh(text: Any) -> SafeString:
    """Mark words that are Chinese whatever the page speaks."""
    if words.in_chinese() or not text:
        return conditional_escape(text or "")
    return format_html('<span lang="zh-Hans">{}</span>', text)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """Look a key up; nothing when it is absent."""
    return mapping.get(key)
