"""Uploads are looked at before they are kept: type, size, and anything that could run.

``settings.XINFU_DOCUMENT_SCANNERS`` names the scanners, called in order as
``scanner(content, media_type)``; each answers a word for the record or raises
:class:`DocumentRefused`. A virus scanner joins by adding its path.
"""

import io
import re
import zipfile
from collections.abc import Callable
from itertools import islice

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from workflow.documents import sniffing
from workflow.errors import BadInput

Scanner = Callable[[bytes, str], str]

DEFAULT_SCANNERS = ("workflow.documents.scanning.builtin",)
SIZE_LIMIT = 20 * 1024 * 1024
PIXEL_LIMIT = 100_000_000
PDF_OBJECT_LIMIT = 50_000
UNPACKED_LIMIT = 200 * 1024 * 1024
ENTRY_LIMIT = 5_000

_ACTIVE_PDF_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMedia"})
_ACTIVE_PDF_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/GoToE"}
)
_ACTIVE_OFFICE_PART = re.compile(
    r"vbaProject|vbaData|macrosheets?/|activeX/|embeddings/|oleObject|customUI", re.IGNORECASE
)
_OUTSIDE_PART = re.compile(
    rb"(attachedTemplate|oleObject|frame|subDocument|externalLink)[^>]*TargetMode\s*=\s*.External"
    rb"|TargetMode\s*=\s*.External[^>]*(attachedTemplate|oleObject|frame|subDocument|externalLink)"
)


class DocumentRefused(BadInput):
    """The file is not kept; ``code`` and the message say why, in words for who sent it."""

    code = "file-refused"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(str(message), code=code, field="file")


def scan(content: bytes, media_type: str) -> dict[str, str]:
    """Let every configured scanner look; answer what each found, by its name.

    :raises DocumentRefused: one of them will not have it.
    """
    paths = getattr(settings, "XINFU_DOCUMENT_SCANNERS", DEFAULT_SCANNERS)
    return {path.rpartition(".")[2]: import_string(path)(content, media_type) for path in paths}


def builtin(content: bytes, media_type: str) -> str:
    """Size, type and active content, without any outside program."""
    if not content:
        raise DocumentRefused("empty", _("The file is empty."))
    limit = getattr(settings, "XINFU_UPLOAD_LIMIT", SIZE_LIMIT)
    if len(content) > limit:
        raise DocumentRefused(
            "too-large", _("The file is larger than %(mb)d MB.") % {"mb": limit // 1024 // 1024}
        )
    look = _LOOKS.get(media_type)
    if look is None:
        raise DocumentRefused(
            "type-not-accepted",
            _("This kind of file is not accepted. Send PDF, OFD, JPG, PNG, DOCX or XLSX."),
        )
    look(content)
    return "clean"


def _look_at_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise DocumentRefused(
                "encrypted", _("The PDF is protected by a password and cannot be checked.")
            )
        for thing in _pdf_objects(reader):
            _refuse_if_active(thing)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as fault:
        raise DocumentRefused("damaged", _("The PDF is damaged and cannot be read.")) from fault


def _pdf_objects(reader: PdfReader):
    """Every object of the file, reached by number, so that hidden ones are seen as well."""
    numbers = {(n, g) for g, table in reader.xref.items() for n in table if n}
    numbers |= {(n, 0) for n in reader.xref_objStm}
    if len(numbers) > PDF_OBJECT_LIMIT:
        raise DocumentRefused("too-complex", _("The PDF has too many parts to be checked."))
    yield reader.trailer
    for number, generation in numbers:
        yield reader.get_object(IndirectObject(number, generation, reader))


def _refuse_if_active(thing) -> None:
    waiting = [thing]
    while waiting:
        here = waiting.pop()
        if isinstance(here, DictionaryObject):
            if _is_active(here):
                raise DocumentRefused(
                    "active-content",
                    _(
                        "The PDF carries a script, an attachment or an action. Print it to a new PDF."
                    ),
                )
            waiting += [v for v in here.values() if not isinstance(v, IndirectObject)]
        elif isinstance(here, ArrayObject):
            waiting += [v for v in here if not isinstance(v, IndirectObject)]


def _is_active(entry: DictionaryObject) -> bool:
    if isinstance(entry, StreamObject) and entry.get("/Type") == "/ObjStm":
        return False
    if entry.get("/S") in _ACTIVE_PDF_ACTIONS or entry.get("/Subtype") == "/RichMedia":
        return True
    return any(entry.raw_get(key) is not None for key in _ACTIVE_PDF_KEYS if key in entry)


def _look_at_image(content: bytes) -> None:
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as fault:
        raise DocumentRefused("damaged", _("The image is damaged and cannot be read.")) from fault
    if width * height > PIXEL_LIMIT:
        raise DocumentRefused("too-complex", _("The image has too many pixels."))


def _look_at_package(content: bytes) -> None:
    """A zipped office format: no bomb, no macro, no embedded object, nothing fetched from afar."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        if len(entries) > ENTRY_LIMIT or sum(e.file_size for e in entries) > UNPACKED_LIMIT:
            raise DocumentRefused("too-complex", _("The file unpacks to too much."))
        active = any(_ACTIVE_OFFICE_PART.search(e.filename) for e in entries)
        relations = (e for e in entries if e.filename.endswith(".rels"))
        if active or any(_points_outside(package, e) for e in islice(relations, ENTRY_LIMIT)):
            raise DocumentRefused(
                "active-content",
                _("The file carries a macro, an embedded object or an outside template."),
            )


def _points_outside(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    try:
        with package.open(entry) as part:
            return bool(_OUTSIDE_PART.search(part.read(4 * 1024 * 1024)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as fault:
        raise DocumentRefused("damaged", _("The file is damaged and cannot be read.")) from fault


_LOOKS: dict[str, Callable[[bytes], None]] = {
    sniffing.PDF: _look_at_pdf,
    sniffing.PNG: _look_at_image,
    sniffing.JPEG: _look_at_image,
    sniffing.DOCX: _look_at_package,
    sniffing.XLSX: _look_at_package,
    sniffing.OFD: _look_at_package,
}
