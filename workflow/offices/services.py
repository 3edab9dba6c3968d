"""Departments that arrive with data."""

from django.db import transaction

from workflow.offices.models import Department, DepartmentRole, Jurisdiction

DIVISION = slice(2, 8)


@transaction.atomic
def department_of_authority(*, code: str, name: str) -> Department:
    """Return the department with a credit code, entering it as a determining unit if unknown.

    Its place is read from the division inside the code: banner, else league, else region. In a
    house without any place the region is entered by its code, for an administrator to name.
    """
    found = Department.objects.filter(code=code).first()
    if found is not None:
        return found
    department, created = Department.objects.get_or_create(
        code=code,
        defaults={"name": name, "short_name": name[:20], "jurisdiction": _place(code[DIVISION])},
    )
    if created:
        DepartmentRole.objects.create(department=department, role=DepartmentRole.Role.DETERMINING)
    return department


def _place(division: str) -> Jurisdiction:
    wanted = (division, f"{division[:4]}00", f"{division[:2]}0000")
    places = {place.code: place for place in Jurisdiction.objects.filter(code__in=wanted)}
    for code in wanted:
        if code in places:
            return places[code]
    root = Jurisdiction.objects.filter(parent=None).order_by("code").first()
    return (
        root
        or Jurisdiction.objects.get_or_create(code=wanted[-1], defaults={"name": wanted[-1]})[0]
    )
