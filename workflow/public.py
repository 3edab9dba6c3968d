"""Reading as the public does: with rights on the published views and on nothing else.

A mistake in a public page then meets a refusal of the database and not a personal record.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def public_reads() -> Iterator[None]:
    """Run queries with the rights of the public; needs only what ``PUBLIC_VIEWS`` names.

    The rights end with the block, also when it fails; evaluate every query inside it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE xinfu_public")
        yield
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
