"""Pictures of PDF pages, so that proof stands beside the form without an embedded viewer.

The file is foreign: it is drawn by another process with little memory and little time, and what
cannot be drawn is offered as a link to the document itself.
"""

import io
import subprocess

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from workflow.documents.models import Document

MEMORY = 768 * 1024 * 1024
SECONDS = 8
WIDTH = 1000
DRAWN = ("application/pdf",)
SHOWN = ("image/png", "image/jpeg")


class NotDrawn(Exception):
    """The page could not be drawn; open the document itself."""


def page_count(document: Document) -> int:
    """Return how many pages there are to draw; none for what is no PDF or cannot be read."""
    if document.media_type not in DRAWN:
        return 0
    try:
        return len(PdfReader(io.BytesIO(document.read())).pages)
    except (PyPdfError, ValueError, KeyError, RecursionError):
        return 0


def page_image(document: Document, number: int) -> bytes:
    """Draw one page as PNG.

    :raises NotDrawn: there is no such page, or drawing failed or took too long.
    """
    place = str(number)
    command = ["prlimit", f"--as={MEMORY}", f"--cpu={SECONDS}", "pdftoppm", "-png", "-singlefile"]
    command += ["-f", place, "-l", place, "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "-"]
    try:
        drawn = subprocess.run(
            command, input=document.read(), capture_output=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as failure:
        raise NotDrawn(str(number)) from failure
    if not drawn.stdout.startswith(b"\x89PNG"):
        raise NotDrawn(place)
    return drawn.stdout
