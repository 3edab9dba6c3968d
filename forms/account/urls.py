"""Addresses of the account pages."""

from django.urls import path

from forms.account import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("act-for", views.act_for, name="act-for"),
    path("me", views.account_home, name="account-home"),
    path("language/<slug:code>", views.language, name="language"),
]
