"""Who may fire each transition; absent means no one."""

from workflow.offices.actors import CapacityKind as C

PERMISSION_FOR: dict[str, frozenset[str]] = {
    "submit": frozenset({C.APPLICANT, C.AGENT}),
    "supplement": frozenset({C.APPLICANT, C.AGENT}),
    "withdraw": frozenset({C.APPLICANT, C.AGENT}),
    "accept": frozenset({C.DESK}),
    "not_accept": frozenset({C.DESK}),
    "request_supplement": frozenset({C.DESK}),
    "lapse": frozenset({C.SYSTEM}),
    "begin_verification": frozenset({C.SYSTEM}),
    "propose": frozenset({C.VERIFIER}),
    "send_back": frozenset({C.APPROVER}),
    "approve": frozenset({C.APPROVER}),
    "refuse": frozenset({C.APPROVER}),
    "begin_removal": frozenset({C.SYSTEM}),
    "complete": frozenset({C.SYSTEM}),
    "object_ceases": frozenset({C.SYSTEM}),
    "revoke": frozenset({C.APPROVER}),
}
LINE_PERMISSION_FOR: dict[str, frozenset[str]] = {
    "confirm_done": frozenset({C.SITEKEEPER}),
    "confirm_never_held": frozenset({C.SITEKEEPER}),
    "object": frozenset({C.SITEKEEPER}),
    "order_again": frozenset({C.SUPERVISOR}),
    "accept_refusal": frozenset({C.SUPERVISOR}),
}
