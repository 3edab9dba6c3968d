"""Addresses of the officials' pages."""

from django.urls import path

from forms.desk import views_case, views_papers, views_queue, views_removal, views_severity

urlpatterns = [
    path("queue", views_queue.show, name="queue"),
    path("queue/next", views_queue.claim_next, name="queue-next"),
    path("work/<uuid:work_id>/claim", views_queue.claim, name="work-claim"),
    path("work/<uuid:work_id>/release", views_queue.release, name="work-release"),
    path("shortcuts", views_queue.shortcuts, name="shortcuts"),
    path("cases/<str:number>", views_case.case, name="desk-case"),
    path("cases/<str:number>/proof/<int:proof_id>", views_papers.proof, name="desk-proof"),
    path(
        "cases/<str:number>/proof/<int:proof_id>/<int:page>",
        views_papers.proof_page,
        name="desk-proof-page",
    ),
    path("letters/<uuid:letter_id>", views_papers.letter, name="desk-letter"),
    path("deadlines/<uuid:deadline_id>", views_case.deadline, name="desk-deadline"),
    path("records/<uuid:record_id>/severity", views_severity.severity, name="desk-severity"),
    path("orders/<uuid:line_id>", views_removal.order, name="desk-order"),
    path("orders/<uuid:line_id>/receipt", views_papers.receipt, name="desk-receipt"),
    path("removals", views_removal.removals, name="desk-removals"),
    path("removals/<str:number>", views_removal.removal, name="desk-removal"),
]
