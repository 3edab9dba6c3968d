"""Somebody at the counter: the league of the tests, at a fixed moment, and people who sign in."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tests import world
from workflow.clock.services import move_to

PASSWORD = "eine-gute-parole-2026"


@pytest.fixture
def league(db) -> world.League:
    """The league on the day after the filing, everybody with a password."""
    move_to(instant=world.FILED_AT + dt.timedelta(days=1))
    found = world.league()
    for user in found.users.values():
        user.set_password(PASSWORD)
        user.save()
    return found


@pytest.fixture
def signed_in(client: Client, league: world.League) -> Callable[[str], Client]:
    """Sign a person in as they do it; who has one way to act has chosen it."""

    def sign_in(name: str) -> Client:
        client.logout()
        client.post(
            "/account/sign-in", {"username": league.users[name].username, "password": PASSWORD}
        )
        return client

    return sign_in
