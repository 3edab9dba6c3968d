"""Officials of the small league, signed in and acting in their first capacity."""

from collections.abc import Callable

import pytest
from django.test import Client

from forms.acting import SESSION_KEY
from tests.world import FILED_AT, League, league
from workflow.clock.services import move_to
from workflow.offices.models import Capacity

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db) -> League:
    """The league, on the morning on which applications are filed."""
    found = league()
    move_to(instant=FILED_AT)
    return found


@pytest.fixture
def sign_in(world) -> Callable[..., Client]:
    """Sign somebody in: ``sign_in("desk")``."""

    def signed_in(name: str, *, language: str = "en") -> Client:
        client = Client()
        client.force_login(world.users[name], backend=BACKEND)
        client.cookies["django_language"] = language
        held = Capacity.objects.filter(user=world.users[name]).order_by("pk").first()
        session = client.session
        session[SESSION_KEY] = f"capacity:{held.pk}"
        session.save()
        return client

    return signed_in
