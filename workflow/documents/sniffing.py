"""What a file is, told from its bytes. Names and browsers' claims are not evidence."""

import io
import zipfile

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
OLE = "application/x-ole-storage"
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
_INSIDE_ZIP = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("OFD.xml", OFD))


def media_type_of(content: bytes) -> str:
    """The media type that the content itself shows, ``application/octet-stream`` if none."""
    if content.startswith(b"%PDF-"):
        return PDF
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _inside_zip(content)
    return UNKNOWN


def _inside_zip(content: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return UNKNOWN
    return next((kind for name, kind in _INSIDE_ZIP if name in names), ZIP)
