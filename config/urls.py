"""Addresses of the house."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("forms.urls")),
]
handler400 = "forms.failures.page_400"
handler403 = "forms.failures.page_403"
handler404 = "forms.failures.page_404"
handler500 = "forms.failures.page_500"
