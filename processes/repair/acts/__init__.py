"""What the law makes of each act: pure functions from locked facts to effects.

They read no database and no clock. The interpreter applies what they return; a model check can
drive them without either.
"""

from processes.repair.acts.applicant import give_supplement, submit, withdraw
from processes.repair.acts.desk import accept, lapse, not_accept, request_supplement
from processes.repair.acts.ground import Deed, Ground
from processes.repair.acts.removal import (
    accept_refusal,
    begin_removal,
    complete,
    confirm,
    object_to_order,
    order_again,
)
from processes.repair.acts.unit import (
    approve,
    begin_verification,
    close_if_over,
    propose,
    refuse,
    send_back,
)

__all__ = [
    "Deed",
    "Ground",
    "accept",
    "accept_refusal",
    "approve",
    "begin_removal",
    "begin_verification",
    "close_if_over",
    "complete",
    "confirm",
    "give_supplement",
    "lapse",
    "not_accept",
    "object_to_order",
    "order_again",
    "propose",
    "refuse",
    "request_supplement",
    "send_back",
    "submit",
    "withdraw",
]
