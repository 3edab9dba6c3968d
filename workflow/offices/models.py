"""People are deactivated, never deleted: what they did stays attributable."""

import uuid
from typing import ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q

from workflow.errors import NotPossible


class UserManager(BaseUserManager["User"]):
    """Creates users; a superuser only for the administration of accounts."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by the name a person signs in with; letter case does not matter."""
        return self.get(username__iexact=username)

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Create a user; without a password nobody can sign in as them."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. What they may do comes from capacities and representations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=10, blank=True)
    shortcuts_enabled = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects = UserManager()

    class Meta:
        verbose_name = "user"

    def __str__(self) -> str:
        return self.display_name

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse: a person who appears in a case is deactivated instead.

        :raises NotPossible: always.
        """
        message = "A user is deactivated, never deleted."
        raise NotPossible(message, code="user-kept")


class Jurisdiction(models.Model):
    """辖区: region → league or city → banner or county."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    reconsideration_body = models.CharField(max_length=120, blank=True)
    reconsideration_address = models.CharField(max_length=200, blank=True)
    court = models.CharField(max_length=120, blank=True)
    court_address = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """单位: a public body, in one jurisdiction, perhaps below another department."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=20, help_text="文号代字, e.g. 朔信修")
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="branches"
    )
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(id=F("parent")), name="department_not_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentRole(models.Model):
    """What a department is in the procedures: desk, determining unit, provider and so on."""

    class Role(models.TextChoices):
        """Names as in domain.md 1."""

        DESK = "desk", "受理"
        DETERMINING = "determining", "认定单位"
        PROVIDER = "provider", "信息提供单位"
        IMPLEMENTING = "implementing", "实施部门"
        SITEKEEPER = "sitekeeper", "公示单位"
        SUPERVISOR = "supervisor", "督办"

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "role"], name="department_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.get_role_display()}"


class Capacity(models.Model):
    """A user may act for a department in one role, from a day and until a day (exclusive)."""

    class Role(models.TextChoices):
        """The capacity names of ``workflow.offices.actors``."""

        DESK = "desk", "受理"
        VERIFIER = "verifier", "核查"
        APPROVER = "approver", "审核"
        PROVIDER = "provider", "信息提供"
        SITEKEEPER = "sitekeeper", "公示管理员"
        SUPERVISOR = "supervisor", "督办"
        AUDITOR = "auditor", "审计"
        ADMINISTRATOR = "administrator", "管理员"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="capacities")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="capacities")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "capacities"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "department", "role", "since"], name="capacity_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="capacity_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.department}"
