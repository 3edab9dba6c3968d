"""x"""
from forms.access import for_applicants
@for_applicants
def records(request):
    raise NotImplementedError
