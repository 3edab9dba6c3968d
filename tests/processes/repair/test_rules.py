"""May this record be repaired? The contract line by line, and the hard cases by name."""

import pytest

from processes.repair.check_eligibility import answer
from workflow.jsonl import LineError

SIX = [
    "minimum-publication", "violation-corrected", "duties-performed", "repair-promise",
    "no-bar", "repairable",
]  # fmt: skip
THREE = ["published", "within-maximum", "act-in-force"]


def asked(as_of="2026-12-20", site="credit-china", record=(), **facts):
    return {
        "as_of": as_of,
        "site": site,
        "record": {
            "kind": "penalty",
            "severity": "general",
            "decided_on": "2026-08-21",
            "published_on": "2026-08-28",
            "types": ["罚款"],
            "field": None,
            **dict(record),
        },
        "facts": {
            "corrected_on": "2026-09-01",
            "duties_performed_on": "2026-09-01",
            "duties_complete": True,
            "promise_published_on": "2026-09-02",
            "act_revoked_on": None,
            "bar_until": None,
            "unrepairable_basis": None,
            **facts,
        },
    }


def ask(*args, **kwargs):
    return answer(asked(*args, **kwargs))


def unmet(found):
    return [each["code"] for each in found["conditions"] if not each["met"]]


def short(found):
    return found["verdict"], found["earliest"], found["latest_end"]


def old(**record):
    """A record of 2024, whose subject did everything at once."""
    days = {"corrected_on": "2024-02-01", "duties_performed_on": "2024-02-01"}
    base = {"decided_on": "2024-01-10", "published_on": "2024-01-20"}
    return {"record": {**base, **record}, **days, "promise_published_on": "2024-02-02"}


def test_the_complete_case_is_eligible_and_the_example_of_the_contract_is_not_yet():
    assert short(ask()) == ("eligible", None, "2027-08-21")
    found = ask("2026-11-20")
    assert short(found) == ("not_yet", "2026-11-22", "2027-08-21")
    assert [each["code"] for each in found["conditions"]] == SIX
    assert found["conditions"][0]["provision"] == {
        "id": "CC26.general.min",
        "instrument": "信用修复管理办法（国家发展和改革委员会令第36号）",
        "article": None,
        "confidence": "H",
        "version": "2026-04-01",
    }
    assert "earliest_next_rule_set" not in found


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [("2026-11-21", "not_yet"), ("2026-11-22", "eligible"), ("2027-08-21", "eligible"),
     ("2027-08-22", "no_object")],
)  # fmt: skip
def test_the_right_opens_the_day_after_the_minimum_and_ends_with_the_maximum(as_of, verdict):
    assert ask(as_of)["verdict"] == verdict


@pytest.mark.parametrize(
    ("facts", "codes", "earliest"),
    [
        ({"corrected_on": None}, ["violation-corrected"], "2026-12-20"),
        ({"duties_complete": False}, ["duties-performed"], "2026-12-20"),
        ({"duties_complete": None}, ["duties-performed"], "2026-12-20"),
        ({"promise_published_on": None}, ["repair-promise"], "2026-12-20"),
        (
            {"corrected_on": None, "promise_published_on": None},
            ["violation-corrected", "repair-promise"],
            "2026-12-20",
        ),
        ({"corrected_on": None, "bar_until": "2026-12-31"}, ["violation-corrected", "no-bar"],
         "2027-01-01"),
        ({"unrepairable_basis": "某法第九条"}, ["repairable"], None),
    ],
)  # fmt: skip
def test_a_refusal_names_every_unmet_condition(facts, codes, earliest):
    found = ask(**facts)

    assert (found["verdict"], unmet(found), found["earliest"]) == ("not_eligible", codes, earliest)


def test_a_bar_is_time():
    assert short(ask(bar_until="2026-12-20"))[:2] == ("not_yet", "2026-12-21")
    assert ask(bar_until="2026-12-19")["verdict"] == "eligible"
    assert short(ask(bar_until="2027-08-20"))[:2] == ("not_yet", "2027-08-21")
    assert short(ask(bar_until="2027-08-21"))[:2] == ("not_eligible", None)
    assert short(ask(bar_until="9999-12-31"))[:2] == ("not_eligible", None)


def test_duties_complete_needs_no_date():
    assert ask(duties_performed_on=None)["verdict"] == "eligible"


@pytest.mark.parametrize("as_of", ["2026-03-31", "2026-12-20"])
@pytest.mark.parametrize("types", [["警告"], ["通报批评"], ["警告", "通报批评"]])
def test_warning_and_criticism_alone_are_no_object_on_credit_china(as_of, types):
    found = ask(as_of, **old(types=types))

    assert (found["verdict"], found["earliest"]) == ("no_object", None)
    assert [each["code"] for each in found["conditions"]][:3] == THREE
    assert "published" in unmet(found)
    assert found["latest_end"]


def test_on_the_enterprise_system_a_warning_is_no_object_and_criticism_is_one():
    assert ask(site="necips", record={"types": ["警告"]})["verdict"] == "no_object"
    assert ask(site="necips", record={"types": ["通报批评"]})["verdict"] == "eligible"


@pytest.mark.parametrize(
    ("site", "record", "verdict"),
    [
        ("credit-china", {}, "eligible"),
        ("credit-china", {"severity": "minor", "decided_on": "2026-10-21"}, "no_object"),
        ("credit-china", {"types": ["警告"]}, "no_object"),
        ("necips", {}, "no_object"),
    ],
)
def test_what_is_not_published_may_still_be_publishable(site, record, verdict):
    found = ask(site=site, record={**record, "published_on": None})

    assert found["verdict"] == verdict
    assert (found["latest_end"] is None) is (site == "necips")


def test_minor_has_no_minimum_and_three_months():
    record = {"severity": "minor", "decided_on": "2026-12-01", "published_on": "2026-12-02"}
    facts = {"corrected_on": "2026-12-03", "duties_performed_on": "2026-12-03",
             "promise_published_on": "2026-12-04"}  # fmt: skip

    assert short(ask(record=record, **facts)) == ("eligible", None, "2027-03-01")
    promised_not = {**facts, "promise_published_on": None}
    assert ask(record=record, **promised_not)["verdict"] == "not_eligible"
    found = ask(site="necips", record=record, **facts)
    assert short(found) == ("not_eligible", None, "2027-03-02")
    assert unmet(found) == ["repairable"]


def test_serious_waits_a_year_and_is_shown_for_three():
    found = ask(record={"severity": "serious"})

    assert short(found) == ("not_yet", "2027-08-22", "2029-08-21")


def test_the_rules_of_2023_ignore_severity_and_look_at_the_field():
    for severity in ("minor", "general", "serious"):
        found = ask("2024-03-01", **old(severity=severity))
        assert (found["rule_set"], short(found)) == (
            "CC-2023",
            ("not_yet", "2024-04-11", "2027-01-10"),
        )
    food = ask("2024-03-01", **old(field="food"))
    assert short(food) == ("not_yet", "2025-01-11", "2027-01-10")
    assert ask("2026-12-20", record={"field": "food"})["verdict"] == "eligible"


def test_the_next_rule_set_answers_beside_from_its_own_first_day():
    found = ask("2026-03-10", **old(decided_on="2026-01-10", published_on="2026-01-20"))

    assert found["earliest"] == "2026-04-11"
    assert found["earliest_next_rule_set"] == "2026-04-11"
    early = ask("2026-03-10", **old(decided_on="2025-06-01", field="food"))
    assert (early["earliest"], early["earliest_next_rule_set"]) == ("2026-06-02", "2026-04-01")
    done = ask("2024-05-01", **old())
    assert (done["verdict"], done["earliest_next_rule_set"]) == ("eligible", None)


@pytest.mark.parametrize(
    ("as_of", "rule_set"),
    [("2025-12-24", "SAMR-2021"), ("2025-12-25", "SAMR-2025")],
)
def test_the_enterprise_system_changes_its_rules_on_a_day(as_of, rule_set):
    assert ask(as_of, site="necips", **old(severity="serious"))["rule_set"] == rule_set


def test_the_rules_of_2021_wait_six_months_and_show_for_three_years():
    found = ask("2024-06-01", site="necips", **old(severity="serious"))

    assert short(found) == ("not_yet", "2024-07-21", "2027-01-20")


@pytest.mark.parametrize("record", [{"severity": "minor"}, {"types": ["通报批评"]}])
def test_under_the_rules_of_2021_minor_and_criticism_stop_by_themselves(record):
    found = ask("2024-04-20", site="necips", **old(**record))

    assert short(found) == ("not_eligible", None, "2024-04-20")
    assert ask("2024-04-21", site="necips", **old(**record))["verdict"] == "no_object"


@pytest.mark.parametrize(
    "kind",
    ["责令停产停业", "限制开展生产经营活动", "限制从业", "降低资质等级", "吊销许可证件"],
)
def test_under_the_rules_of_2021_the_heaviest_penalties_are_not_ended_early(kind):
    found = ask("2024-12-01", site="necips", **old(types=["罚款", kind]))

    assert (found["verdict"], unmet(found), found["earliest"]) == (
        "not_eligible", ["repairable"], None,
    )  # fmt: skip
    suspended = ask("2024-12-01", site="necips", **old(types=["暂扣许可证件"]))
    assert suspended["verdict"] == "eligible"


def test_a_promise_and_a_correction_carry_their_own_confidence():
    def said(found):
        by_code = {each["code"]: each["provision"]["confidence"] for each in found["conditions"]}
        return by_code["violation-corrected"] + by_code["repair-promise"]

    assert said(ask()) == "HH"
    assert said(ask("2024-06-01", **old())) == "XX"
    assert said(ask("2024-12-01", site="necips", **old())) == "HM"
    assert said(ask(site="necips")) == "MM"


def test_every_explanation_is_said_in_both_languages():
    for found in (ask(), ask("2026-11-20"), ask("2028-01-01", corrected_on=None)):
        for each in found["conditions"]:
            assert any(letter >= "\u4e00" for letter in each["found"])
            assert each["found_en"].isascii()


def test_hc_01_several_penalties_in_one_decision_have_one_period():
    record = {"types": ["罚款", "没收违法所得、没收非法财物", "暂扣许可证件"]}

    assert short(ask(record=record)) == short(ask())


def test_hc_02_the_rules_of_the_day_of_application_govern_a_food_fine_of_2025():
    record = {"decided_on": "2025-06-01", "published_on": "2025-06-10", "field": "food"}
    done = {"corrected_on": "2025-06-02", "duties_performed_on": "2025-06-02",
            "promise_published_on": "2025-06-02"}  # fmt: skip

    assert ask("2026-03-31", record=record, **done)["earliest"] == "2026-06-02"
    assert ask("2026-04-10", record=record, **done)["verdict"] == "eligible"
    serious = ask("2026-04-10", record={**record, "severity": "serious"}, **done)
    assert (serious["verdict"], serious["earliest"]) == ("not_yet", "2026-06-02")


def test_hc_03_a_period_that_ends_on_a_holiday_opens_the_right_the_next_day():
    record = {"decided_on": "2026-07-01", "published_on": "2026-07-01"}
    done = {"corrected_on": "2026-07-02", "duties_performed_on": "2026-07-02",
            "promise_published_on": "2026-07-02"}  # fmt: skip

    assert ask("2026-10-01", record=record, **done)["earliest"] == "2026-10-02"
    assert ask("2026-10-02", record=record, **done)["verdict"] == "eligible"


def test_hc_06_two_sites_count_from_two_days():
    record = {"decided_on": "2026-03-01", "published_on": "2026-03-20"}
    done = {"corrected_on": "2026-04-01", "duties_performed_on": "2026-04-01",
            "promise_published_on": "2026-04-01"}  # fmt: skip

    assert ask("2026-06-10", record=record, **done)["verdict"] == "eligible"
    assert ask("2026-06-10", "necips", record, **done)["earliest"] == "2026-06-21"


def test_hc_08_past_the_maximum_with_a_duty_open_publication_may_continue():
    found = ask("2027-08-22", duties_complete=False)
    (rule,) = [each for each in found["conditions"] if each["code"] == "sector-rule"]

    assert found["verdict"] == "no_object"
    assert rule["provision"]["confidence"] == "M"
    codes = [each["code"] for each in ask("2027-08-22")["conditions"]]
    assert codes == THREE


def test_hc_09_a_simple_fine_that_is_not_published_is_no_object_and_no_refusal():
    found = ask(record={"severity": "minor", "published_on": None, "decided_on": "2026-12-01"})

    assert (found["verdict"], unmet(found)) == ("no_object", ["published"])


def test_hc_10_publication_follows_a_longer_restriction():
    record = {"severity": "serious", "restriction_until": "2031-08-21"}

    assert ask(record=record)["latest_end"] == "2031-08-21"
    assert ask("2030-01-01", record=record)["verdict"] == "eligible"
    shorter = {"severity": "serious", "restriction_until": "2027-01-01"}
    assert ask(record=shorter)["latest_end"] == "2029-08-21"


def test_hc_17_one_duty_of_several_is_none():
    assert unmet(ask(duties_performed_on="2026-09-01", duties_complete=False)) == [
        "duties-performed"
    ]


def test_a_revoked_act_is_no_object():
    found = ask(act_revoked_on="2026-12-01")

    assert (found["verdict"], unmet(found)) == ("no_object", ["act-in-force"])


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"as_of": None}, "as_of", "missing"),
        ({"as_of": "2023-04-30"}, "as_of", "range"),
        ({"as_of": "2021-08-31", "site": "necips"}, "as_of", "range"),
        ({"site": None}, "site", "missing"),
        ({"site": "credit"}, "site", "unknown"),
        ({"record": None}, "record", "missing"),
        ({"record": []}, "record", "type"),
        ({"facts": 1}, "facts", "type"),
    ],
)
def test_an_error_names_a_field_of_the_line(change, field, code):
    refuse({**asked(corrected_on=None, promise_published_on=None), **change}, field, code)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kind": "listing"}, "kind", "unknown"),
        ({"kind": None}, "kind", "missing"),
        ({"severity": None}, "severity", "missing"),
        ({"severity": "huge"}, "severity", "unknown"),
        ({"decided_on": None}, "decided_on", "missing"),
        ({"decided_on": "21.8.2026"}, "decided_on", "date"),
        ({"types": None}, "types", "missing"),
        ({"types": []}, "types", "missing"),
        ({"types": "罚款"}, "types", "type"),
        ({"types": ["罚款", 3]}, "types.1", "type"),
        ({"field": "toys"}, "field", "unknown"),
    ],
)
def test_an_error_names_a_field_of_the_record(change, field, code):
    refuse(asked(record=change), f"record.{field}", code)


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"corrected_on": "2026-12-21"}, "corrected_on", "order"),
        ({"duties_performed_on": "2026-12-21"}, "duties_performed_on", "order"),
        ({"promise_published_on": "2026-12-21"}, "promise_published_on", "order"),
        ({"act_revoked_on": "2026-12-21"}, "act_revoked_on", "order"),
        ({"duties_complete": "yes"}, "duties_complete", "type"),
        ({"unrepairable_basis": 3}, "unrepairable_basis", "type"),
    ],
)
def test_an_error_names_a_fact(facts, field, code):
    refuse(asked(**facts), f"facts.{field}", code)


def test_a_day_before_the_start_is_an_error_of_the_day():
    nothing = {"corrected_on": None, "duties_performed_on": None, "promise_published_on": None}

    refuse(asked("2026-08-20", **nothing), "as_of", "order")
    refuse(asked("2026-08-27", site="necips", **nothing), "as_of", "order")
    assert ask("2026-08-21", **nothing)["verdict"] == "not_eligible"


def refuse(line, field, code):
    with pytest.raises(LineError) as refused:
        answer(line)
    assert (refused.value.field, refused.value.code) == (field, code)
