"""What happened in the league until the scene: Friday 2026-11-20, 9:40 in the morning."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from forms.demo.league import League
from processes.records.importing import import_penalties
from processes.records.models import CreditRecord, CreditSubject, Representation
from processes.records.permissions import actor_for
from processes.records.rules import Severity
from processes.records.services import determine_severity
from processes.repair import services as repair
from processes.repair.models import RemovalLine, RepairCase
from workflow.clock import LOCAL
from workflow.offices.actors import SYSTEM, Actor
from workflow.offices.models import Capacity
from workflow.offices.queries import actor_in

SCENE = dt.datetime(2026, 11, 20, 9, 40, tzinfo=LOCAL)
HERE = Path(__file__).parent
QINGSUI, HENGYI = "朔原盟青穗食品有限责任公司", "北岭市恒驿物流有限公司"
TONGPAN, MUYE = "青松县同畔种业有限公司", "乌兰淖尔旗牧野清乳品有限公司"
SANHE, HONGLI = "北岭市叁禾网络科技有限公司", "白河旗宏砺建筑工程有限公司"

# decision number: severity as the unit determined it; 朔环罚18号 is left for the unit to do
SEVERITY: dict[str, tuple[str, str]] = {
    "朔环罚〔2025〕77号": ("serious", "siqin"),
    "朔市监罚〔2026〕55号": ("general", "aruna"),
    "朔应急罚〔2026〕33号": ("serious", "chengyiming"),
    "朔市监罚〔2026〕118号": ("general", "aruna"),
    "朔市监罚〔2026〕61号": ("general", "aruna"),
    "朔应急罚〔2026〕29号": ("general", "chengyiming"),
    "朔市监罚〔2026〕97号": ("general", "aruna"),
    "朔市监罚〔2026〕130号": ("general", "aruna"),
    "朔市监罚〔2026〕151号": ("general", "aruna"),
    "朔市监罚〔2026〕163号": ("general", "aruna"),
    "朔应急罚〔2026〕41号": ("general", "chengyiming"),
    "朔市监罚〔2026〕140号": ("general", "aruna"),
    "朔应急罚〔2026〕52号": ("general", "chengyiming"),
    "北市监当罚〔2026〕5号": ("minor", "linongyan"),
}
AGENTS = (
    ("suyanqiu", QINGSUI, dt.date(2027, 7, 1)),
    ("suyanqiu", TONGPAN, dt.date(2026, 11, 28)),
    ("gaoyuan", HENGYI, None),
    ("gaoyuan", HONGLI, None),
    ("linxia", MUYE, None),
    ("linxia", SANHE, None),
)


@dataclasses.dataclass
class Story:
    """Tells the story by the commands that people use, each at its own time."""

    league: League

    def tell(self) -> None:
        """Tell all of it."""
        for file in sorted(HERE.glob("penalties-*.csv")):
            self._import(file)
        self._representations()
        for chapter in (
            self._completed,
            self._removing,
            self._to_approve,
            self._verifying,
            self._supplement,
            self._to_accept,
        ):
            chapter()

    def _import(self, file: Path) -> None:
        day = dt.date.fromisoformat(file.stem.removeprefix("penalties-"))
        report = import_penalties(
            path=file, name=file.name, by=SYSTEM, at=_at(day, 9), dry_run=False, progress=None
        )
        if report["rejected"]:
            raise ValueError(report["errors"])
        for record in CreditRecord.objects.filter(severity=None).order_by("decided_on"):
            if record.decision_number in SEVERITY:
                severity, who = SEVERITY[record.decision_number]
                determine_severity(
                    record_id=record.pk,
                    severity=Severity(severity),
                    actor=self.staff(who),
                    at=_at(day, 15),
                )

    def _representations(self) -> None:
        for username, name, until in AGENTS:
            Representation.objects.create(
                user=self.league.users[username],
                subject=CreditSubject.objects.get(name=name),
                kind=Representation.Kind.AGENT,
                since=dt.date(2026, 1, 1),
                until=until,
            )
        Representation.objects.create(
            user=self.league.users["wuliji"],
            subject=CreditSubject.objects.get(kind=CreditSubject.Kind.PERSON),
            kind=Representation.Kind.SELF,
            since=dt.date(2026, 1, 1),
        )

    def staff(self, username: str) -> Actor:
        """Return a member of staff as the actor of their first capacity."""
        held = Capacity.objects.select_related("user", "department")
        return actor_in(held.filter(user__username=username).order_by("pk")[0])

    def person(self, username: str, subject: str) -> Actor:
        """Return who acts for a subject."""
        return actor_for(
            Representation.objects.select_related("user", "subject").get(
                user__username=username, subject__name=subject
            )
        )

    def file(
        self, who: str, subject: str, numbers: Sequence[str], *, at: dt.datetime, done: dt.date
    ) -> RepairCase:
        """File an application with proof and promise."""
        actor = self.person(who, subject)
        records = CreditRecord.objects.filter(decision_number__in=numbers)
        case = repair.open_draft(
            subject_id=records[0].subject_id,
            record_ids=[record.pk for record in records],
            desk=self.league.offices["centre"],
            actor=actor,
            at=at,
        )
        here: dict[str, Any] = {"case_id": case.pk, "actor": actor, "at": at}
        facts = {
            "corrected_on": done,
            "duties_performed_on": done,
            "duties_complete": True,
            "statement": "已全部整改，罚款已缴清。",
        }
        repair.save_draft(
            stated={item.pk: facts for item in case.items.all()},
            contact_phone="0400-000-0002",
            **here,
        )
        for item in case.items.all():
            for kind, name, shown in PROOFS:
                repair.add_proof(
                    item_id=item.pk,
                    kind=kind,
                    content=(HERE / name).read_bytes(),
                    name=shown,
                    media_type="application/pdf",
                    **here,
                )
        repair.sign_promise(signed_name=actor.name, **here)
        return repair.submit(**here)

    def accept(self, case: RepairCase, *, at: dt.datetime) -> None:
        """Let the desk accept."""
        repair.accept(case_id=case.pk, actor=self.staff("surina"), at=at)

    def propose(self, case: RepairCase, number: str, who: str, *, at: dt.datetime) -> None:
        """Let a unit propose approval of one record."""
        repair.propose(
            case_id=case.pk,
            item_ids=[case.items.get(record__decision_number=number).pk],
            outcome="approve",
            reasons="经核查，当事人已缴清罚款并完成整改，材料属实。",
            actor=self.staff(who),
            at=at,
        )

    def approve(self, case: RepairCase, number: str, who: str, *, at: dt.datetime) -> None:
        """Let somebody else approve it."""
        repair.decide(
            case_id=case.pk,
            item_ids=[case.items.get(record__decision_number=number).pk],
            agree=True,
            actor=self.staff(who),
            at=at,
        )

    def confirm(self, case: RepairCase, site: str, who: str, *, at: dt.datetime) -> None:
        """Let a site's keeper confirm every order of the case."""
        for line in RemovalLine.objects.filter(item__case=case, site__code=site):
            repair.confirm_removal(
                line_id=line.pk,
                outcome="done",
                note="已从公示页面下线，缓存已清理。",
                proof=None,
                actor=self.staff(who),
                at=at,
            )

    def _completed(self) -> None:
        number = "朔市监罚〔2026〕55号"
        case = self.file("linxia", SANHE, [number], at=_on(9, 21, 10), done=dt.date(2026, 6, 1))
        self.accept(case, at=_on(9, 22, 9))
        self.propose(case, number, "aruna", at=_on(9, 24, 11))
        self.approve(case, number, "hezhiyuan", at=_on(9, 24, 16))
        self.confirm(case, "credit-china", "menghe", at=_on(9, 28, 9))
        self.confirm(case, "necips", "zhouqi", at=_on(9, 29, 10))

    def _removing(self) -> None:
        market, emergency = "朔市监罚〔2026〕61号", "朔应急罚〔2026〕29号"
        case = self.file(
            "gaoyuan", HENGYI, [market, emergency], at=_on(10, 30, 10), done=dt.date(2026, 6, 30)
        )
        self.accept(case, at=_on(11, 4, 9))
        self.propose(case, market, "aruna", at=_on(11, 10, 11))
        self.propose(case, emergency, "chengyiming", at=_on(11, 11, 10))
        self.approve(case, market, "hezhiyuan", at=_on(11, 12, 10))
        self.approve(case, emergency, "mengxiaolan", at=_on(11, 12, 15))
        self.confirm(case, "credit-china", "menghe", at=_on(11, 13, 10))

    def _to_approve(self) -> None:
        number = "朔市监罚〔2026〕97号"
        case = self.file("linxia", MUYE, [number], at=_on(11, 9, 10), done=dt.date(2026, 6, 25))
        self.accept(case, at=_on(11, 10, 9))
        self.propose(case, number, "aruna", at=_on(11, 18, 14))

    def _verifying(self) -> None:
        case = self.file(
            "suyanqiu",
            QINGSUI,
            ["朔市监罚〔2026〕118号"],
            at=_on(11, 12, 17),
            done=dt.date(2026, 7, 3),
        )
        self.accept(case, at=_on(11, 13, 9))

    def _supplement(self) -> None:
        case = self.file(
            "gaoyuan",
            HONGLI,
            ["朔应急罚〔2026〕33号"],
            at=_on(11, 13, 10),
            done=dt.date(2026, 8, 20),
        )
        repair.request_supplement(
            case_id=case.pk,
            missing=[
                {"item": "安全生产许可证恢复证明", "how": "暂扣期满后发证机关出具的证明复印件"},
                {"item": "缴款凭证", "how": "罚款60万元的全部缴款凭证"},
            ],
            actor=self.staff("surina"),
            at=_on(11, 17, 11),
        )

    def _to_accept(self) -> None:
        self.file(
            "suyanqiu",
            TONGPAN,
            ["朔市监罚〔2026〕130号"],
            at=_on(11, 18, 16),
            done=dt.date(2026, 8, 1),
        )


PROOFS = (
    ("proof-of-correction", "rectification-report.pdf", "整改报告.pdf"),
    ("proof-of-performance", "payment-voucher.pdf", "缴款凭证.pdf"),
)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=LOCAL)


def _on(month: int, day: int, hour: int) -> dt.datetime:
    return _at(dt.date(2026, month, day), hour)
