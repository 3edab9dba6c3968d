"""Applying, step by step: facts and proof, the promise, the review. Every step is kept at once."""

from http import HTTPStatus

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from forms import acting, moment
from forms.access import for_applicants
from forms.applicant import reading, wizard_page
from forms.applicant.forms import ItemFacts, Nothing, Sign, Supplement
from processes.repair import services
from processes.repair.models import RepairCase
from workflow.errors import BadInput
from workflow.offices.actors import Actor

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def own_draft(request: HttpRequest, number: str) -> tuple[Actor, RepairCase]:
    """Return the actor and their case, whatever its state: the acts refuse what is too late."""
    actor = acting.applicant(request)
    reading.subject_of(actor, on=moment.on(request))
    return actor, reading.case_of(actor, number)


def item_forms(request: HttpRequest, case: RepairCase) -> list[ItemFacts]:
    """One form per item, bound when something was sent."""
    sent = request.method == "POST"
    return [
        ItemFacts(
            item,
            request.POST if sent else None,
            request.FILES if sent else None,
            today=moment.on(request),
        )
        for item in case.items.select_related("record__unit").order_by("record__decided_on", "pk")
    ]


@for_applicants
def facts(request: HttpRequest, number: str) -> HttpResponse:
    """Step 2: the facts and the proof of every record."""
    actor, case = own_draft(request, number)
    if case.state not in ("draft", "supplement_requested"):
        return redirect("forms:case", number)
    forms = item_forms(request, case)
    if request.method != "POST":
        return render(request, "applicant/facts.html", wizard_page.facts(case, forms))
    whole = keep(request, case, forms, actor)
    if request.headers.get("HX-Request"):
        return render(request, "applicant/saved.html", {"saved_at": moment.at(request)})
    if whole and "next" in request.POST:
        return redirect("forms:apply-promise", number)
    if whole:
        messages.success(request, _("Saved"))
        return redirect("forms:apply-facts", number)
    context = wizard_page.facts(case, forms)
    return render(request, "applicant/facts.html", context, status=UNPROCESSABLE)


def keep(request: HttpRequest, case: RepairCase, forms: list[ItemFacts], actor: Actor) -> bool:
    """Keep whatever is sound, also when something else is not; say whether all of it is."""
    at = moment.at(request)
    for form in forms:
        form.is_valid()
    stated = {form.item.pk: form.stated() for form in forms}
    services.save_draft(case_id=case.pk, stated=stated, actor=actor, at=at)
    if request.POST.get("remove", "").isdecimal():
        proof_id = int(request.POST["remove"])
        services.withdraw_proof(case_id=case.pk, proof_id=proof_id, actor=actor, at=at)
    for form in forms:
        for name, kind in form.PROOFS:
            file = form.cleaned_data.get(name)
            if file:
                add(case, form, name, kind, file, actor=actor, at=at)
    return not any(form.errors for form in forms)


def add(case: RepairCase, form: ItemFacts, name: str, kind: str, file: UploadedFile, **who) -> None:
    """Keep one file, or say beside its field why not."""
    try:
        services.add_proof(
            case_id=case.pk,
            item_id=form.item.pk,
            kind=kind,
            content=file.read(),
            name=file.name or "",
            media_type=file.content_type or "",
            **who,
        )
    except BadInput as refused:
        form.add_error(name, f"“{file.name}”: {refused}")


@sensitive_post_parameters("password")
@for_applicants
def promise(request: HttpRequest, number: str) -> HttpResponse:
    """Step 3: read and sign the repair promise."""
    actor, case = own_draft(request, number)
    if case.state != "draft":
        return redirect("forms:case", number)
    form = Sign(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_promise(
                case_id=case.pk,
                signed_name=form.cleaned_data["signed_name"],
                actor=actor,
                at=moment.at(request),
            )
        except BadInput as refused:
            form.add_error("signed_name", str(refused))
        else:
            return redirect("forms:apply-review", number)
    context = wizard_page.promise(case, form, on=moment.on(request))
    status = UNPROCESSABLE if form.errors else HTTPStatus.OK
    return render(request, "applicant/promise.html", context, status=status)


@for_applicants
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Step 4: look at everything once more, and submit."""
    actor, case = own_draft(request, number)
    if case.state != "draft":
        return redirect("forms:case", number)
    form = Nothing(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.submit(case_id=case.pk, actor=actor, at=moment.at(request))
        except BadInput as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Application %(n)s submitted.") % {"n": number})
            return redirect("forms:case", number)
    context = wizard_page.review(case, form, on=moment.on(request))
    status = UNPROCESSABLE if form.errors else HTTPStatus.OK
    return render(request, "applicant/review.html", context, status=status)


@for_applicants
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Supply what the desk found missing, and let the clock run again."""
    actor, case = own_draft(request, number)
    if case.state != "supplement_requested":
        return redirect("forms:case", number)
    forms, note = item_forms(request, case), Supplement(request.POST or None)
    if request.method == "POST":
        whole = keep(request, case, forms, actor) and note.is_valid()
        if whole and "send" in request.POST:
            text = note.cleaned_data["note"]
            services.give_supplement(case_id=case.pk, note=text, actor=actor, at=moment.at(request))
            messages.success(request, _("Supplement sent; the clock runs again from tomorrow."))
            return redirect("forms:case", number)
    context = wizard_page.supplement(case, forms, note, on=moment.on(request))
    status = UNPROCESSABLE if any(f.errors for f in forms) else HTTPStatus.OK
    return render(request, "applicant/supplement.html", context, status=status)
