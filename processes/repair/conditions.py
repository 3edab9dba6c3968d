"""The conditions of a repair, each examined by itself and said in Chinese and English."""

import datetime as dt

from processes.records.rules import Family, PublicationTerm, Severity
from processes.repair.repair_facts import RepairFacts
from workflow.decisions import Reason
from workflow.law import Law

ONE_DAY = dt.timedelta(days=1)


def object_conditions(facts: RepairFacts, term: PublicationTerm, law: Law) -> tuple[Reason, ...]:
    """Say whether anything is published or publishable: is there an object of repair at all?

    Past the maximum with open duties, a further one says that publication may continue (36-10).
    """
    found = (_published(facts, term, law), _within_maximum(term, law), _act_in_force(facts, law))
    sector = f"{term.rule_set.prefix}.sector"
    done = facts.corrected(law.day) and facts.performed(law.day)
    if found[1].met or done or not law.knows(sector):
        return found
    rule = law.reason(
        sector,
        code="sector-rule",
        met=False,
        found="最长公示期已届满，但仍未改正或者未履行完毕义务，是否继续公示按行业主管部门规定执行",
        found_en="the maximum is over with duties open: publication may continue by sector rule",
    )
    return (*found, rule)


def conditions(facts: RepairFacts, term: PublicationTerm, law: Law) -> tuple[Reason, ...]:
    """Examine every condition of a repair, also after one has failed."""
    return (
        _minimum(term, law),
        _corrected(facts, term, law),
        _duties(facts, term, law),
        _promise(facts, term, law),
        _no_bar(facts, term, law),
        _repairable(facts, term, law),
    )


def _published(facts: RepairFacts, term: PublicationTerm, law: Law) -> Reason:
    shown = facts.record.published_on
    if term.unpublished is not None:
        types = "、".join(facts.record.types)
        return Reason(
            "published",
            False,
            f"{types}不予公示，没有可修复的公示信息",
            f"{types} is a class that is not published: nothing to repair",
            term.unpublished,
        )
    minor = term.rule_set.uses_severity and facts.record.severity is Severity.MINOR
    hidden = shown is None and (minor or facts.family is Family.NECIPS)
    regime = law.basis(term.rule_set.regime)
    if hidden:
        return Reason(
            "published",
            False,
            "该信息未公示，没有可修复的公示信息",
            "the record is not published: nothing to repair",
            term.maximum if minor else regime,
        )
    zh = f"自{_zh(shown)}起公示" if shown else "属于应当公示的信息"
    en = f"published since {shown}" if shown else "of a class that is published"
    return Reason("published", True, zh, en, regime)


def _within_maximum(term: PublicationTerm, law: Law) -> Reason:
    end = term.latest_end
    if end is None:
        zh, en, met = "尚未公示，最长公示期未起算", "not published: no maximum runs", True
    elif law.day <= end:
        zh, en, met = f"最长公示期至{_zh(end)}", f"may be shown until {end}", True
    else:
        zh, en, met = f"最长公示期已于{_zh(end)}届满", f"the maximum was over on {end}", False
    if term.prolonged:
        zh, en = f"{zh}（随限制期限延长）", f"{en} (prolonged by a restriction)"
    return Reason("within-maximum", met, zh, en, term.maximum)


def _act_in_force(facts: RepairFacts, law: Law) -> Reason:
    gone = facts.revoked(law.day)
    return law.reason(
        "PEN.in-force",
        code="act-in-force",
        met=not gone,
        found=f"处罚决定已于{_zh(facts.act_revoked_on)}撤销或者变更，应当撤回公示，不适用修复"
        if gone
        else "处罚决定有效",
        found_en=f"the act was revoked or changed on {facts.act_revoked_on}: withdrawal, not repair"
        if gone
        else "the act is in force",
    )


def _minimum(term: PublicationTerm, law: Law) -> Reason:
    last, code = term.earliest_end, "minimum-publication"
    if last is None or term.minimum is None:
        prefix = term.rule_set.prefix
        basis = law.basis(f"{prefix}.automatic" if term.automatic else f"{prefix}.minor.apply")
        return Reason(code, True, "没有最短公示期", "there is no minimum", basis)
    opens = last + ONE_DAY
    start = "decision" if term.rule_set.start == "decided_on" else "publication"
    since = "作出处罚决定" if start == "decision" else "公示"
    zh = f"自{since}之日（{_zh(term.starts_on)}）起算，最短公示期至{_zh(last)}，{_zh(opens)}起可以申请"
    en = f"from the {start} on {term.starts_on} the minimum runs to {last}; open from {opens}"
    return Reason(code, last < law.day, zh, en, term.minimum)


def _corrected(facts: RepairFacts, term: PublicationTerm, law: Law) -> Reason:
    met = facts.corrected(law.day)
    return law.reason(
        f"{term.rule_set.prefix}.corrected",
        code="violation-corrected",
        met=met,
        found=f"违法行为已于{_zh(facts.corrected_on)}改正" if met else "未见违法行为已改正的证明",
        found_en=f"corrected on {facts.corrected_on}" if met else "no correction is shown",
    )


def _duties(facts: RepairFacts, term: PublicationTerm, law: Law) -> Reason:
    met, day = facts.performed(law.day), facts.duties_performed_on
    done_zh = f"义务已于{_zh(day)}全部履行" if day else "义务已全部履行"
    done_en = f"all duties performed on {day}" if day else "all duties performed"
    return law.reason(
        f"{term.rule_set.prefix}.duties",
        code="duties-performed",
        met=met,
        found=done_zh if met else "义务未全部履行；部分履行不算履行",
        found_en=done_en if met else "not all duties are performed; a part does not count",
    )


def _promise(facts: RepairFacts, term: PublicationTerm, law: Law) -> Reason:
    met, day = facts.promised(law.day), facts.promise_published_on
    return law.reason(
        f"{term.rule_set.prefix}.promise",
        code="repair-promise",
        met=met,
        found=f"信用承诺已于{_zh(day)}公开" if met else "尚未公开作出信用承诺",
        found_en=f"promise public since {day}" if met else "no public repair promise",
    )


def _no_bar(facts: RepairFacts, term: PublicationTerm, law: Law) -> Reason:
    barred = facts.barred(law.day)
    return law.reason(
        f"{term.rule_set.prefix}.bar",
        code="no-bar",
        met=not barred,
        found=f"{_zh(facts.bar_until)}前（含当日）不得申请" if barred else "没有限制申请的期限",
        found_en=f"barred through {facts.bar_until}" if barred else "no bar runs",
    )


def _repairable(facts: RepairFacts, term: PublicationTerm, law: Law) -> Reason:
    prefix = term.rule_set.prefix
    zh, en, basis = "没有不可修复的规定", "no law excludes the repair", f"{prefix}.repairable"
    barred = _barred_types(facts, prefix, law)
    if facts.unrepairable_basis:
        zh = f"依{facts.unrepairable_basis}不可修复"
        en = f"not repairable under {facts.unrepairable_basis}"
    elif term.automatic:
        basis = f"{prefix}.automatic"
        zh, en = "到期自动停止公示，无需申请", "it stops by itself: there is no application"
    elif barred:
        zh, en = f"{barred}不得提前停止公示", f"{barred} may not be ended early"
    else:
        return law.reason(basis, code="repairable", met=True, found=zh, found_en=en)
    return law.reason(basis, code="repairable", met=False, found=zh, found_en=en)


def _barred_types(facts: RepairFacts, prefix: str, law: Law) -> str:
    code = f"{prefix}.barred.types"
    words = law.items(code) if law.knows(code) else ()
    return "、".join(each for each in facts.record.types if any(word in each for word in words))


def _zh(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "未知日期"
