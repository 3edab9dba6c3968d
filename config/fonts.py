"""Whether letters can be set here: Chinese fonts, and the library that makes it fast."""

import ctypes.util
import functools
import shutil
import subprocess

FONTS = {"Noto Serif CJK SC": "fonts-noto-cjk", "Noto Sans CJK SC": "fonts-noto-cjk"}
LIBRARIES = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0"}
SUBSETTER = {"harfbuzz-subset": "libharfbuzz-subset0"}


@functools.cache
def missing_fonts() -> tuple[str, ...]:
    """Return the fonts that letters need and this machine lacks."""
    lister = shutil.which("fc-list")
    if lister is None:
        return tuple(FONTS)
    command = [lister, "--format", "%{family}\n"]
    families = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return tuple(font for font in FONTS if font not in families)


@functools.cache
def missing_libraries() -> tuple[str, ...]:
    """Return the Debian packages of the libraries without which no letter can be made."""
    return tuple(package for name, package in LIBRARIES.items() if not _found(name))


@functools.cache
def slow_path() -> bool:
    """Return whether the font subsetter is missing: a page then takes five seconds, not 0.06."""
    return not _found("harfbuzz-subset")


def missing_parts() -> list[str]:
    """Return everything that is missing, by the name of its Debian package."""
    packages = [FONTS[font] for font in missing_fonts()] + list(missing_libraries())
    return sorted({*packages, *(SUBSETTER.values() if slow_path() else ())})


def _found(library: str) -> bool:
    for name in (f"lib{library}.so.0", ctypes.util.find_library(library)):
        if name is None:
            continue
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False
