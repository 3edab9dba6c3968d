"""A letter's frozen snapshot becomes a PDF, the same bytes from the same input.

Templates and sheets lie under ``templates/letters`` by name and version and are never edited once
a letter was issued from them. Nothing is fetched: all a letter shows is in its snapshot.
"""

import functools
import hashlib
import warnings
from pathlib import Path

import segno
from django.conf import settings
from django.template import Context, Engine
from django.template.base import Template
from django.template.loader_tags import ExtendsNode
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from notifications.letters import glyphs, justify, typeface
from workflow import clock
from workflow.documents.models import Letter

FOLDER = Path(settings.ROOT) / "templates" / "letters"
VARIANT = "pdf/a-3u"


def render(letter: Letter) -> bytes:
    """Set a letter as PDF/A.

    :raises MissingGlyphs: a character cannot be drawn; nothing is produced.
    """
    html = as_html(letter)
    glyphs.require(strip_tags(html.partition("</head>")[2]))
    return _set(html, _sheet_names(letter), identifier=_identifier(letter))


def as_html(letter: Letter) -> str:
    """The letter as markup, also shown in the page before it is signed."""
    issued_on = clock.local_day(letter.reserved_at)
    context = {
        **letter.snapshot,
        "letter": letter,
        "title": letter.title,
        "addressee": letter.addressee,
        "issued_on": issued_on,
        "verify_address": letter.verify_url.partition("?")[0],
        "qr": qr(letter.verify_url),
    }
    return _template(letter.template, letter.template_version).render(Context(context))


def qr(address: str) -> str:
    """A QR code as inline SVG, one path, without size: the sheet gives it."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=1, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - drawn here from our own address


def _identifier(letter: Letter) -> bytes:
    """The file's identity, from the letter's: never random, or no two renderings would agree."""
    named = f"{letter.number}/{letter.template}/{letter.template_version}/{letter.check_code}"
    return hashlib.sha256(named.encode()).hexdigest()[:32].encode()


@functools.cache
def _engine() -> Engine:
    return Engine(
        dirs=[FOLDER],
        libraries={"letters": "notifications.letters.tags"},
        builtins=["notifications.letters.tags"],
        loaders=[
            ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
        ],
    )


@functools.cache
def _template(name: str, version: int) -> Template:
    return _engine().get_template(f"{name}/{version}.html")


def _sheet_names(letter: Letter) -> tuple[str, ...]:
    """The sheet of the layout that the template extends, then the template's own if it has one."""
    template = _template(letter.template, letter.template_version)
    parent = template.nodelist.get_nodes_by_type(ExtendsNode)[0].parent_name.var
    names = (str(parent), f"{letter.template}/{letter.template_version}.html")
    sheets = (str(Path(name).with_suffix(".css")) for name in names)
    return tuple(name for name in sheets if (FOLDER / name).exists())


def _set(html: str, sheet_names: tuple[str, ...], *, identifier: bytes) -> bytes:
    from weasyprint import HTML

    justify.install()
    fonts, sheets = _sheets(sheet_names, typeface.stylesheet())
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its sRGB profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        return HTML(string=html, url_fetcher=_refuse_to_fetch).write_pdf(
            stylesheets=list(sheets),
            font_config=fonts,
            pdf_variant=VARIANT,
            pdf_identifier=identifier,
        )


@functools.cache
def _sheets(names: tuple[str, ...], families: str):
    """Parsed sheets and the font configuration they belong to, kept for the next letter."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    texts = [families, *((FOLDER / name).read_text(encoding="utf-8") for name in names)]
    return fonts, tuple(CSS(string=text, font_config=fonts) for text in texts)


def _refuse_to_fetch(url: str, *_arguments, **_more):
    raise ValueError(f"a letter fetches nothing, but its template asks for {url}")
