"""What stops a cell, or a whole file, from being read."""


class Unreadable(ValueError):
    """A cell cannot be read without guessing; ``code`` says why, ``params`` go into its words."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class UnreadableFile(Exception):
    """The file as a whole cannot be read; ``code`` is stable, the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
