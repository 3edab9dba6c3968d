"""The keys of this house, read from the settings once."""

import functools

from django.conf import settings

from workflow.crypto import KeyRing


@functools.cache
def key_ring() -> KeyRing:
    """Return the keys for identity numbers.

    :raises BadKey: ``XINFU_ID_KEYS`` or ``XINFU_INDEX_KEY`` cannot be used; says what to set.
    """
    return KeyRing.parse(id_keys=settings.XINFU_ID_KEYS, index_key=settings.XINFU_INDEX_KEY)
