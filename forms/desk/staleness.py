"""Notice that somebody else acted since a page was shown, and say what changed."""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from forms import happenings, words
from workflow.errors import Stale


def mark(versions: Iterable[int]) -> str:
    """Return the mark of what was seen: versions only ever grow, so their sum tells them apart."""
    return str(sum(versions))


def require_fresh(seen: str, now: str, *, chain_id: uuid.UUID) -> None:
    """Compare what was seen with what is.

    :raises Stale: it has changed; the message says what was done last, by whom and when.
    """
    if seen == now:
        return
    latest = next(iter(happenings.of_chain(chain_id, officials_named=True)), None)
    if latest is None:
        raise Stale(_("This was changed after you opened it. Look at it as it is now."))
    raise Stale(
        _("After you opened this page: %(what)s (%(who)s, %(at)s). Look at it as it is now.")
        % {"what": latest.words, "who": latest.who, "at": words.moment(latest.at)}
    )
