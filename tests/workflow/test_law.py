"""The statute book: complete, dated, cited, and silent where nobody knows."""

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

from processes.statutes import STATUTES
from workflow.decisions import Decision
from workflow.law import NoFigure, NoLawInForce, Statutes, UnsoundLaw

LISTED = Path(__file__).resolve().parents[1] / "data" / "provisions.csv"
UNITS = {"wd": "working_day", "d": "day", "m": "month", "y": "year"}
DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
RULE_SETS = {
    "CC23": (dt.date(2023, 5, 1), dt.date(2026, 4, 1)),
    "CC26": (dt.date(2026, 4, 1), None),
    "SAMR21": (dt.date(2021, 9, 1), dt.date(2025, 12, 25)),
    "SAMR25": (dt.date(2025, 12, 25), None),
}


def rows():
    with LISTED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(numeral):
    tens, _, ones = numeral.rpartition("十")
    if "十" not in numeral:
        return DIGITS[numeral]
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def cited_numbers(article):
    return [
        number(each) for each in re.findall(r"[第（]([一二三四五六七八九十]+)[条）]", article or "")
    ]


def listed_numbers(article):
    found = re.search(r"(?:art\.|para )([\d+]+)", article)
    return [int(each) for each in found[1].split("+")] if found else []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_every_listed_provision_is_in_the_book_as_listed(row):
    provision = STATUTES.history[row["id"]]
    (text,) = provision.texts

    assert provision.rule_set == row["rule_set"]
    assert provision.topic == row["topic"]
    assert provision.unit == UNITS[row["unit"]]
    assert provision.start_event == row["start_event"]
    assert text.value == (int(row["value"]) if row["value"] else None)
    assert (text.since.isoformat() if text.since else "") == row["since"]
    assert (text.until.isoformat() if text.until else "") == row["until"]
    assert (text.confidence, text.confidence_start) == (row["conf"], row["conf_start"])
    assert list(text.sources) == row["source"].split("|")
    assert cited_numbers(text.article) == listed_numbers(row["article"])


def test_what_is_not_listed_is_marked_as_ours_or_carries_no_figure():
    listed = {row["id"] for row in rows()}
    for code, provision in STATUTES.history.items():
        if code not in listed and any(text.value is not None for text in provision.texts):
            assert code.startswith("OFFICE.")
            assert all(text.confidence == "L" for text in provision.texts)


@pytest.mark.parametrize("prefix", RULE_SETS)
def test_a_rule_set_answers_on_every_day_of_its_time_and_on_no_other(prefix):
    since, until = RULE_SETS[prefix]
    codes = [code for code in STATUTES.history if code.startswith(f"{prefix}.")]
    last = (until or dt.date(2026, 12, 31)) - dt.timedelta(1)
    for day in (since, since + (last - since) / 2, last):
        assert all(STATUTES.on(day).knows(code) for code in codes)
    assert not any(STATUTES.on(since - dt.timedelta(1)).knows(code) for code in codes)
    if until:
        assert not any(STATUTES.on(until).knows(code) for code in codes)


def test_a_gap_raises_and_is_never_filled():
    with pytest.raises(NoLawInForce, match=r"CC26\.general\.min on 2026-03-31"):
        STATUTES.on(dt.date(2026, 3, 31)).value("CC26.general.min")
    with pytest.raises(NoLawInForce):
        STATUTES.on(dt.date(2026, 11, 20)).value("no.such")
    with pytest.raises(NoLawInForce):  # nobody has verified when it began
        STATUTES.on(dt.date(2026, 11, 20)).value("OBJ.SZ.check")
    with pytest.raises(NoFigure):
        STATUTES.on(dt.date(2026, 11, 20)).figure("G22.extend")


def test_a_text_for_one_place_does_not_answer_elsewhere():
    day = dt.date(2026, 11, 20)

    assert not STATUTES.on(day).knows("PUB.nm")
    assert STATUTES.on(day, places=("150000", "152500")).value("PUB.nm") == 7


def test_the_smallest_place_answers_first():
    book = read_one(
        text(since="2024-01-01", value=10),
        text(since="2024-01-01", value=5, place='"150000"'),
    )
    day = dt.date(2024, 5, 1)

    assert book.on(day).value("A.b") == 10
    assert book.on(day, places=("150000", "152500")).value("A.b") == 5


def test_a_citation_names_an_article_only_when_it_is_sure():
    law = STATUTES.on(dt.date(2026, 11, 20))

    assert law.basis("REC.apply").article == "第二十条"
    assert law.basis("CC26.general.min").article is None
    assert law.basis("OFFICE.removal").confidence == "L"
    for code in STATUTES.history:
        if law.knows(code) and law.basis(code).article:
            assert law.basis(code).confidence == "H"


def test_the_start_counts_and_the_end_does_not():
    book = read_one(
        text(since="2024-01-01", until="2025-01-01", value=10), text(since="2025-01-01", value=5)
    )

    assert book.on(dt.date(2024, 12, 31)).value("A.b") == 10
    assert book.on(dt.date(2025, 1, 1)).value("A.b") == 5


@pytest.mark.parametrize(
    "texts",
    [
        ["since = 2024-01-01\n"],
        ["since = 2024-01-01\nuntil = 2024-01-01\nvalue = 1\n"],
        ["since = 2024-01-01\nvalue = 1\n", "since = 2025-01-01\nvalue = 2\n"],
    ],
    ids=["no-instrument", "ends-before", "overlap"],
)
def test_an_unsound_book_is_refused(texts):
    rest = 'instrument = "i"\nconfidence = "H"\nsources = ["s"]\n'
    if "value" not in texts[0]:
        rest = ""
    with pytest.raises(UnsoundLaw):
        read_one(*(each + rest for each in texts))


def test_a_code_occurs_once():
    with pytest.raises(UnsoundLaw, match="twice"):
        Statutes.read([File(text(since="2024-01-01", value=1))] * 2)


def test_an_overlay_answers_in_place_of_the_base_and_changes_the_version():
    base = read_one(text(since="2024-01-01", value=10))
    other = base.overlaid(read_one(text(since="2024-01-01", value=8)))

    assert other.on(dt.date(2024, 5, 1)).value("A.b") == 8
    assert other.version != base.version


def test_a_decision_is_neither_true_nor_false():
    with pytest.raises(TypeError, match="what it says"):
        bool(Decision(()))


def text(**values):
    lines = [f"{name} = {value}" for name, value in values.items()]
    return "\n".join([*lines, 'instrument = "i"', 'confidence = "H"', 'sources = ["s"]'])


class File:
    def __init__(self, *texts):
        heads = ('[instrument.i]\ntitle = "甲"\ntitle_en = "A"\n[provision."A.b"]\n',)
        means = 'rule_set = "A"\ntopic = "t"\nmeans = "甲"\nmeans_en = "A"\nunit = "day"\n'
        bodies = [f'[[provision."A.b".text]]\n{each}\n' for each in texts]
        self._content = "".join([*heads, means, *bodies])

    def read_text(self, encoding):
        return self._content


def read_one(*texts):
    return Statutes.read([File(*texts)])
