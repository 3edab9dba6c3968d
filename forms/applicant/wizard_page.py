"""What the steps of an application show."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import dues, papers, words
from forms.applicant import precheck_page
from forms.applicant.forms import ItemFacts, Sign
from forms.fields import Counted
from forms.parts import Answer, Cell, Due, Four, Step, steps_now
from processes.promise.services import current_text
from processes.repair import queries
from processes.repair.judgement import judge
from processes.repair.models import Proof, RepairCase
from processes.repair.rules import Verdict


def steps(here: int) -> dict[str, Any]:
    """The four steps, and where the applicant is."""
    names = [_("Choose records"), _("Facts and proof"), _("Sign the promise"), _("Review, submit")]
    marks = ["done" if i < here else "now" if i == here else "next" for i in range(len(names))]
    found = [Step(name, state=mark) for name, mark in zip(names, marks, strict=True)]
    return {"steps": found, "steps_now": steps_now(found)}


def four(case: RepairCase, verdict: str, detail: str) -> Four:
    """The four answers of a draft."""
    count = case.items.count()
    what = ngettext("One application for %d record", "One application for %d records", count)
    return Four(
        Cell(what % count, case.number),
        Cell(verdict, detail, is_you=True),
        Cell(_("No last day"), _("The draft is kept; you can go on with another device")),
        Cell("《信用修复管理办法》", _("Proof of correction, and a repair promise"), zh=True),
    )


def with_proofs(case: RepairCase, forms: Sequence[ItemFacts]) -> list[dict[str, Any]]:
    """Each item's form with the documents it has."""
    kept = Proof.objects.filter(case=case, withdrawn_at=None).select_related("document", "case")
    by_item: dict[Any, list[Proof]] = {}
    for proof in kept.order_by("pk"):
        by_item.setdefault(proof.item_id, []).append(proof)
    return [
        {
            "form": form,
            "item": form.item,
            "papers": papers.proof_papers(by_item.get(form.item.pk, ()), removable=True),
        }
        for form in forms
    ]


def facts(case: RepairCase, forms: Sequence[ItemFacts]) -> dict[str, Any]:
    """Step 2."""
    return {
        "case": case,
        "rows": with_proofs(case, forms),
        "four": four(case, _("You: say what was done, and prove it"), _("One proof each or more")),
        "errors": sum(form.error_count for form in forms),
        **steps(1),
    }


def promise(case: RepairCase, form: Sign, *, on: dt.date) -> dict[str, Any]:
    """Step 3."""
    signed = queries.facts_of(case.pk).promise
    text = current_text(on=on)
    return {
        "case": case,
        "form": form,
        "signed": signed,
        "undertakings": text.body.splitlines(),
        "liability": text.liability.splitlines(),
        "text": text,
        "four": four(case, _("You: read and sign"), _("It takes effect when you submit")),
        **steps(2),
    }


def review(case: RepairCase, form: Counted, *, on: dt.date) -> dict[str, Any]:
    """Step 4: the same answers as the decision will ask for, as of today."""
    found = queries.facts_of(case.pk)
    items = case.items.select_related("record__unit").order_by("record__decided_on", "pk")
    judged = {item.id: judge(item, promise=found.promise, on=on) for item in found.items}
    proofs = Proof.objects.filter(case=case, withdrawn_at=None).select_related("document", "case")
    rows = [
        {
            "item": item,
            "facts": item_facts(item),
            "papers": papers.proof_papers(proofs.filter(item=item).order_by("pk")),
            "answer": verdict(judged[item.pk], on),
        }
        for item in items
    ]
    return {
        "case": case,
        "form": form,
        "rows": rows,
        "promise": found.promise,
        "early": any(j.verdict != Verdict.ELIGIBLE for j in judged.values()),
        "four": four(case, _("You: check and submit"), _("Then the desk's time runs")),
        **steps(3),
    }


def item_facts(item: Any) -> list[tuple[str, str]]:
    """What was stated of one record."""
    none = _("not stated")
    yes_no = {True: _("yes"), False: _("no")}
    return [
        (_("Put right on"), words.day(item.corrected_on) if item.corrected_on else none),
        (
            _("Duties performed on"),
            words.day(item.duties_performed_on) if item.duties_performed_on else none,
        ),
        (_("All duties performed"), yes_no.get(item.duties_complete, none)),
        (_("Explanation"), item.statement or none),
    ]


def verdict(judgement: Any, on: dt.date) -> Answer:
    """What the rule says of a record as it is stated now; a promise still to sign is left out."""
    later = "repair-promise"
    open_reasons = [r for r in judgement.reasons if not r.met and r.code != later]
    chinese = words.in_chinese()
    reasons = list(dict.fromkeys(r.found if chinese else r.found_en for r in open_reasons))
    if judgement.verdict == "undetermined":
        return Answer("mute", "ask", _("Not settled yet: the unit has not said how severe it is."))
    if not open_reasons:
        return Answer("ok", "check", _("As stated, the conditions are met."))
    earliest = judgement.earliest
    if earliest and all(r.code in precheck_page.TIME for r in open_reasons):
        day = words.weekday(earliest, this_year=on.year)
        said = _("Too early: from %(day)s.") % {"day": day}
        return Answer("wait", "clock", said, _("You may file; it may be refused."), reasons)
    return Answer("bad", "x", _("As stated, a condition is not met."), "", reasons)


def supplement(
    case: RepairCase, forms: Sequence[ItemFacts], note: Counted, *, on: dt.date
) -> dict[str, Any]:
    """The supplement: what is missing, by when, and where to put it."""
    items = [f.item for f in forms if f.item.state == "supplement_requested"]
    wanted = {(w.get("item", ""), w.get("how", "")): w for i in items for w in i.supplement_wanted}
    limits = dues.open_dues(object_ids=[item.pk for item in items], on=on)
    due = next((d for (_key, kind), d in limits.items() if kind == "supplement"), None)
    return {
        "case": case,
        "rows": with_proofs(case, forms),
        "note": note,
        "wanted": list(wanted.values()),
        "due": due,
        "errors": sum(form.error_count for form in forms),
        "four": supplement_four(case, due, len(wanted), on),
    }


def supplement_four(case: RepairCase, due: Due | None, count: int, on: dt.date) -> Four:
    """The four answers while the desk waits."""
    by = words.weekday(due.on, this_year=on.year) if due and due.on else ""
    missing = ngettext("%d thing is missing", "%d things are missing", count) % count
    return Four(
        Cell(missing, _("It is asked for once, all together")),
        Cell(_("You: supply it"), _("The desk's time stands still meanwhile"), is_you=True),
        Cell(_("By %(day)s") % {"day": by} if by else _("No date yet"), due=due),
        Cell(case.desk.name, _("Named in its letter, with number and basis"), zh=True),
    )
