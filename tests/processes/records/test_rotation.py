"""Identity numbers move to new keys without being lost or found twice."""

import dataclasses

import pytest

from processes.records import identities
from processes.records.models import CreditSubject
from processes.records.rotation import rotate_identities
from processes.records.services import register_penalty
from tests.world import IMPORTED_AT, league, penalty
from workflow import keyring
from workflow.crypto import CryptoError, new_key
from workflow.offices.actors import SYSTEM

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"
PERSON = {
    "counterpart_kind": "person",
    "counterpart_name": "乌力吉",
    "credit_code": "",
    "document_type": "身份证",
    "document_number": NUMBER,
}


@pytest.fixture
def use_keys(settings):
    def use(*, identity: str, index: str) -> None:
        settings.XINFU_ID_KEYS, settings.XINFU_INDEX_KEY = identity, index
        keyring.key_ring.cache_clear()

    yield use
    keyring.key_ring.cache_clear()


def test_numbers_move_to_the_new_keys_and_the_person_stays_one(use_keys):
    league()
    old, new, index, later = new_key("k1"), new_key("k2"), new_key("i1"), new_key("i2")
    use_keys(identity=old, index=index)
    person = dataclasses.replace(penalty(), **PERSON)
    register_penalty(penalty=person, source_row=None, by=SYSTEM, at=IMPORTED_AT)

    use_keys(identity=f"{new},{old}", index=f"{later},{index}")
    assert rotate_identities() == 1
    assert rotate_identities() == 0

    use_keys(identity=new, index=later)
    subject = CreditSubject.objects.get()
    assert identities.unseal(subject.identity_cipher) == ("身份证", NUMBER)
    again = dataclasses.replace(person, decision_number="二号", decision_number_key="2")
    register_penalty(penalty=again, source_row=None, by=SYSTEM, at=IMPORTED_AT)
    assert CreditSubject.objects.count() == 1


def test_a_key_taken_away_too_early_is_named(use_keys):
    league()
    use_keys(identity=new_key("k1"), index=new_key("i1"))
    person = dataclasses.replace(penalty(), **PERSON)
    register_penalty(penalty=person, source_row=None, by=SYSTEM, at=IMPORTED_AT)

    use_keys(identity=new_key("k2"), index=new_key("i1"))
    with pytest.raises(CryptoError, match="k1"):
        rotate_identities()
