"""Addresses of the applicant's pages."""

from django.urls import path

from forms.applicant import views

urlpatterns = [
    path("records", views.records, name="records"),
    path("cases", views.records, name="cases"),
    path("letters", views.records, name="inbox"),
]
