"""How long a record is shown, and which class its penalties suggest."""

import datetime as dt

import pytest

from processes.records.rules import (
    Family,
    RecordFacts,
    Severity,
    propose_severity,
    publication_term,
    rule_set_on,
)
from processes.statutes import STATUTES

LAW = STATUTES.on(dt.date(2026, 11, 20))


def facts(**changes):
    base = {
        "severity": Severity.GENERAL,
        "types": ("罚款",),
        "decided_on": dt.date(2026, 3, 1),
        "published_on": dt.date(2026, 3, 20),
    }
    return RecordFacts(**{**base, **changes})


def term(family=Family.CREDIT_CHINA, law=LAW, **changes):
    return publication_term(facts(**changes), rule_set_on(family, law), law)


@pytest.mark.parametrize(
    ("family", "severity", "start", "earliest", "latest", "cited"),
    [
        ("credit-china", "minor", (3, 1), None, (2026, 6, 1), "CC26.minor.max"),
        ("credit-china", "general", (3, 1), (2026, 6, 1), (2027, 3, 1), "CC26.general.max"),
        ("credit-china", "serious", (3, 1), (2027, 3, 1), (2029, 3, 1), "CC26.serious.max"),
        ("necips", "minor", (3, 20), None, (2026, 6, 20), "SAMR25.minor.stop"),
        ("necips", "general", (3, 20), (2026, 6, 20), (2027, 3, 20), "SAMR25.general.max"),
        ("necips", "serious", (3, 20), (2027, 3, 20), (2029, 3, 20), "SAMR25.serious.max"),
    ],
)
def test_a_record_is_shown_from_its_start_to_its_class_s_end(
    family, severity, start, earliest, latest, cited
):
    found = term(Family(family), severity=Severity(severity))

    assert found.starts_on == dt.date(2026, *start)
    assert found.earliest_end == (dt.date(*earliest) if earliest else None)
    assert (found.latest_end, found.maximum.provision) == (dt.date(*latest), cited)
    assert found.automatic is (cited == "SAMR25.minor.stop")


def test_a_longer_restriction_prolongs_and_is_cited():
    found = term(severity=Severity.SERIOUS, restriction_until=dt.date(2031, 3, 1))

    assert (found.latest_end, found.prolonged) == (dt.date(2031, 3, 1), True)
    assert found.maximum.provision == "CC26.restriction"
    assert not term(restriction_until=dt.date(2027, 3, 1)).prolonged


def test_a_warning_alone_is_cited_as_not_published():
    assert term(types=("警告",)).unpublished.provision == "CC26.unpublished"
    assert term(types=("警告", "罚款")).unpublished is None


@pytest.mark.parametrize(
    ("types", "severity", "contested"),
    [
        (("警告",), "minor", False),
        (("罚款",), "general", False),
        (("罚款", "没收违法所得、没收非法财物"), "general", False),
        (("警告", "罚款"), "general", False),
        (("罚款", "吊销许可证件"), "serious", False),
        (("罚款", "责令停产停业"), "serious", False),
        (("罚款", "暂扣许可证件"), "general", True),
        (("其他-责令改正",), "general", True),
    ],
)
def test_the_table_proposes_the_most_severe_class_and_says_when_it_is_unsure(
    types, severity, contested
):
    found = propose_severity(types, LAW)

    assert (found.severity, found.contested) == (severity, contested)
    assert found.basis.provision == f"CLASS.{severity}"
