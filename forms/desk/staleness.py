"""Notice that somebody else acted since a page was shown, and say what changed."""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from forms import happenings, words
from forms.acting import role_words
from workflow.errors import Stale
from workflow.offices.actors import CapacityKind


def mark(versions: Iterable[int]) -> str:
    """Return the mark of what was seen: versions only ever grow, so their sum tells them apart."""
    return str(sum(versions))


def require_fresh(seen: str, now: str, *, chain_id: uuid.UUID) -> None:
    """Compare what was seen with what is.

    :raises Stale: it has changed; the message says what was done last, by whom and when.
    """
    if seen == now:
        return
    told = happenings.of_chain(chain_id, officials_named=True)
    if not told:
        raise Stale(_("This was changed after you opened it. Look at it as it is now."))
    by_itself = role_words(CapacityKind.SYSTEM)
    together = [each for each in told if each.at == told[0].at]
    latest = next((each for each in together if each.who != by_itself), told[0])
    raise Stale(
        _("After you opened this page: %(what)s (%(who)s, %(at)s). Look at it as it is now.")
        % {"what": latest.words, "who": latest.who, "at": words.moment(latest.at)}
    )
