"""The commands of a repair: one legal act each, one transaction each."""

from processes.repair.services.filing import (
    add_proof,
    give_supplement,
    open_draft,
    save_draft,
    sign_promise,
    submit,
    withdraw,
    withdraw_proof,
)
from processes.repair.services.handling import (
    accept,
    decide,
    lapse,
    not_accept,
    propose,
    request_supplement,
)
from processes.repair.services.removing import (
    accept_refusal,
    confirm_removal,
    object_to_order,
    order_again,
)

__all__ = [
    "accept",
    "accept_refusal",
    "add_proof",
    "confirm_removal",
    "decide",
    "give_supplement",
    "lapse",
    "not_accept",
    "object_to_order",
    "open_draft",
    "order_again",
    "propose",
    "request_supplement",
    "save_draft",
    "sign_promise",
    "submit",
    "withdraw",
    "withdraw_proof",
]
