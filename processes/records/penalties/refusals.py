"""What stops a cell, or a whole file, from being read."""

from typing import Literal

from processes.records.penalties.wording import FILE_WORDING


class Unreadable(ValueError):
    """A cell cannot be read without guessing; ``code`` says why, ``params`` go into its words."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class UnreadableFile(Exception):
    """The file as a whole cannot be read; ``code`` is stable, ``message()`` is for people."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(FILE_WORDING[code][0].format(detail=detail))
        self.code = code
        self.detail = detail

    def message(self, language: Literal["zh", "en"] = "zh") -> str:
        """Say what the uploader can do about it."""
        chinese, english = FILE_WORDING[self.code]
        return (chinese if language == "zh" else english).format(detail=self.detail)
