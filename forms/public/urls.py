"""Addresses of the public pages."""

from django.urls import path

from forms.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("published/<uuid:record_id>", views.record, name="published-record"),
    path("verify", views.verify, name="verify"),
]
