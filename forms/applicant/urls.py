"""Addresses of the applicant's pages; ``cases/<number>/`` is also what messages link to."""

from django.urls import path

from forms.applicant import post, views, wizard

urlpatterns = [
    path("records", views.records, name="records"),
    path("precheck", views.precheck, name="precheck"),
    path("apply", views.apply, name="apply"),
    path("cases/", views.cases, name="cases"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/facts", wizard.facts, name="apply-facts"),
    path("cases/<str:number>/promise", wizard.promise, name="apply-promise"),
    path("cases/<str:number>/review", wizard.review, name="apply-review"),
    path("cases/<str:number>/supplement", wizard.supplement, name="supplement"),
    path("cases/<str:number>/withdraw", views.withdraw, name="withdraw"),
    path("cases/<str:number>/proof/<int:proof_id>", post.proof, name="proof"),
    path("inbox/", post.inbox, name="inbox"),
    path("inbox/<uuid:message_id>", post.message, name="message"),
    path("letters/<uuid:letter_id>", post.letter, name="letter"),
    path("letters/<uuid:letter_id>.pdf", post.letter_pdf, name="letter-pdf"),
]
