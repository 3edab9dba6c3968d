"""What people choose for themselves; nothing here is a fact of any case."""

import uuid

from workflow.offices.models import User


def set_shortcuts(*, user_id: uuid.UUID, enabled: bool) -> None:
    """Switch the single-letter keys of the desk on or off for one person (WCAG 2.1.4)."""
    User.objects.filter(pk=user_id).update(shortcuts_enabled=enabled)
