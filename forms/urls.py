"""Addresses of every screen, in one namespace: ``forms:<name>``."""

import importlib.util

from django.urls import include, path

from forms import failures
from forms.public import offline

app_name = "forms"

urlpatterns = [
    path("", include("forms.public.urls")),
    path("account/", include("forms.account.urls")),
    path("my/", include("forms.applicant.urls")),
    path("offline", failures.page_offline, name="offline"),
    path("sw.js", offline.worker, name="worker"),
]
if importlib.util.find_spec("forms.desk") and importlib.util.find_spec("forms.desk.urls"):
    urlpatterns.append(path("desk/", include("forms.desk.urls")))
