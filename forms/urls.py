"""Addresses of every screen, in one namespace: ``forms:<name>``."""

from django.urls import include, path

from forms import failures
from forms.public import offline

app_name = "forms"

urlpatterns = [
    path("", include("forms.public.urls")),
    path("account/", include("forms.account.urls")),
    path("my/", include("forms.applicant.urls")),
    path("desk/", include("forms.desk.urls")),
    path("offline", failures.page_offline, name="offline"),
    path("sw.js", offline.worker, name="worker"),
]
