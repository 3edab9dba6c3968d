"""Addresses of the house."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
try:
    urlpatterns.append(path("", include("forms.urls")))
except ModuleNotFoundError as absent:  # temporary, while the screens are being written
    print(f"no screens yet: {absent}")
handler400 = "forms.failures.page_400"
handler403 = "forms.failures.page_403"
handler404 = "forms.failures.page_404"
handler500 = "forms.failures.page_500"
