"""Who may fire each transition; absent means no one."""

from workflow.offices.actors import CapacityKind as C

# It takes effect with the application it was signed for, and falls with it.
PERMISSION_FOR: dict[str, frozenset[str]] = {
    "take_effect": frozenset({C.APPLICANT, C.AGENT}),
    "withdraw": frozenset({C.APPLICANT, C.AGENT}),
}
