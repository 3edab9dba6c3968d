"""What can be refused, in words that name the reason; the screens answer each kind once."""


class Refusal(Exception):
    """Base of every refusal: ``code`` is stable, ``str()`` is for people."""

    code = "refused"

    def __init__(self, message: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.field = field


class NotAllowed(Refusal):
    """This person, in this capacity, may not do this (403)."""

    code = "not-allowed"


class NotPossible(Refusal):
    """The state or the rule does not allow it now, whoever asks (409)."""

    code = "not-possible"


class Stale(Refusal):
    """Someone else changed the thing since it was read (409)."""

    code = "stale"


class BadInput(Refusal):
    """A field is missing or wrong; ``field`` names it (400)."""

    code = "bad-input"
