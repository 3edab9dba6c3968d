"""Who acts, and as what: the capacity is part of every event."""

import dataclasses
import uuid
from enum import StrEnum


class CapacityKind(StrEnum):
    """The capacities in which someone can act; stored by these names."""

    APPLICANT = "applicant"
    AGENT = "agent"
    DESK = "desk"
    VERIFIER = "verifier"
    APPROVER = "approver"
    PROVIDER = "provider"
    SITEKEEPER = "sitekeeper"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


@dataclasses.dataclass(frozen=True, slots=True)
class Actor:
    """One person in one capacity, or the system. Nobody acts without one."""

    user_id: uuid.UUID | None
    name: str
    capacity: str
    department_id: uuid.UUID | None = None
    department_name: str = ""
    department_code: str | None = None
    subject_id: uuid.UUID | None = None

    @property
    def is_system(self) -> bool:
        """True for acts that happen by themselves, on their day."""
        return self.user_id is None


SYSTEM = Actor(user_id=None, name="系统", capacity=CapacityKind.SYSTEM)
