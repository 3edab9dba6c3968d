"""Every letter that the acts themselves cause can be set, and says what it must."""

import io
import re

import pytest
from pypdf import PdfReader

from notifications.letters import rendering
from processes.repair import services as repair
from tests.world import League, league
from workflow.documents.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def not_accepted(world: League) -> None:
    case = world.submitted()
    repair.not_accept(
        case_id=case.pk,
        reasons=["申请材料不是本单位的"],
        next_steps="补齐后可以重新申请",
        actor=world["desk"],
        at=world.after(hours=1),
    )


def supplement_wanted(world: League) -> None:
    case = world.submitted()
    repair.request_supplement(
        case_id=case.pk,
        missing=[{"item": "缴款凭证", "how": "全部缴款凭证的复印件"}],
        actor=world["desk"],
        at=world.after(hours=1),
    )


def refused(world: League) -> None:
    world.decide(world.proposed(outcome="refuse", duties_complete=False))


def completed(world: League) -> None:
    world.completed()


@pytest.mark.parametrize(
    ("way", "titles"),
    [
        pytest.param(not_accepted, {"信用修复承诺书", "信用修复不予受理决定书"}, id="not-accepted"),
        pytest.param(supplement_wanted, {"信用修复承诺书", "一次性补正告知书"}, id="supplement"),
        pytest.param(
            refused,
            {"信用修复承诺书", "信用修复受理通知书", "不予信用修复决定书"},
            id="refused",
        ),
        pytest.param(
            completed,
            {
                "信用修复承诺书",
                "信用修复受理通知书",
                "准予信用修复决定书",
                "终止公示通知",
                "信用修复完成通知",
            },
            id="completed",
        ),
    ],
)
def test_every_letter_of_a_way_is_set_and_says_what_it_must(way, titles):
    way(league())

    letters = list(Letter.objects.all())
    assert {letter.title for letter in letters} == titles
    for letter in letters:
        text = text_of(rendering.render(letter))
        wanted = [letter.title, letter.number, letter.addressee["name"], "朔市监罚〔2026〕101号"]
        for each in wanted:
            assert re.sub(r"\s", "", each) in text, (letter.title, each)


def text_of(pdf: bytes) -> str:
    return re.sub(
        r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    )
