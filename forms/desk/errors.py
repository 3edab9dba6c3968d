"""A refusal that names a field is shown beside it, and everything that was typed stays."""

from typing import TypeVar

from forms.desk.forms import Step
from workflow.errors import BadInput

AnyStep = TypeVar("AnyStep", bound=Step)


def beside(form: AnyStep, refusal: BadInput) -> AnyStep:
    """Put a refusal beside the field it names, or above the form when it names none."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal))
    return form
