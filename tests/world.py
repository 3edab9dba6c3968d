"""A small league for tests: offices, people, sites; every state is reached by the real commands."""

import datetime as dt
import io
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pypdf import PdfWriter

from processes.promise.models import PromiseText
from processes.records.models import CreditRecord, CreditSubject, Representation, Site
from processes.records.penalties.penalty import Penalty
from processes.records.permissions import actor_for
from processes.records.rules import Severity
from processes.records.services import determine_severity, register_penalty
from processes.repair import services as repair
from processes.repair.models import RepairCase
from workflow.offices.actors import SYSTEM, Actor
from workflow.offices.models import Capacity, Department, DepartmentRole, Jurisdiction, User
from workflow.offices.queries import actor_in

UTC = dt.UTC
IMPORTED_AT = dt.datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
FILED_AT = dt.datetime(2026, 11, 2, 2, 0, tzinfo=UTC)  # Monday
SUBJECT_CODE = "91110000600037341L"


def one_page_pdf() -> bytes:
    """Return the smallest real PDF."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


def penalty(**changes: Any) -> Penalty:
    """Return a general penalty as a file states it, with the named changes."""
    facts: dict[str, Any] = {
        "counterpart_name": "朔原盟青岭食品有限公司",
        "counterpart_kind": "organisation",
        "credit_code": SUBJECT_CODE,
        "registration_number": "",
        "organisation_code": "",
        "tax_number": "",
        "institution_certificate": "",
        "social_certificate": "",
        "representative_name": "",
        "representative_document_type": "",
        "representative_document_number": "",
        "document_type": "",
        "document_number": "",
        "decision_number": "朔市监罚〔2026〕101号",
        "decision_number_key": "朔市监罚2026101",
        "violation": "经营标签不符合规定的食品",
        "facts": "2026年3月，当事人经营标签不符合规定的食品。",
        "basis": "《中华人民共和国食品安全法》第一百二十五条",
        "types": ("罚款",),
        "content": "罚款人民币2万元",
        "fine_yuan": Decimal(20000),
        "confiscated_yuan": None,
        "licence": "",
        "decided_on": dt.date(2026, 4, 20),
        "valid_until": None,
        "published_until": None,
        "authority_name": "朔原盟市场监督管理局",
        "authority_code": "11152105011615449P",
        "source_name": "朔原盟市场监督管理局",
        "source_code": "11152105011615449P",
        "remark": "",
        "field": None,
    }
    return Penalty(**{**facts, **changes})


@dataclass
class League:
    """Everyone a repair meets, as actors, and the commands to bring a case to any state."""

    desk_office: Department
    unit: Department
    sites: list[Site]
    actors: dict[str, Actor]
    users: dict[str, User]
    subject: CreditSubject | None = None
    record: CreditRecord | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    def registered_record(self, **changes: Any) -> CreditRecord:
        """Import a penalty; nobody has said yet how severe it is."""
        found = register_penalty(
            penalty=penalty(**changes), source_row=None, by=SYSTEM, at=IMPORTED_AT
        )
        self.record = found.record
        return self.record

    def published_record(self, *, severity: str = "general", **changes: Any) -> CreditRecord:
        """Import a penalty, let its unit determine the severity, and give its agent authority."""
        self.record = determine_severity(
            record_id=self.registered_record(**changes).pk,
            severity=Severity(severity),
            actor=self["verifier"],
            at=IMPORTED_AT,
        )
        self.subject = self.record.subject
        self._authorise("agent")
        return self.record

    def _authorise(self, name: str) -> None:
        representation, _ = Representation.objects.get_or_create(
            user=self.users[name],
            subject=self.subject,
            since=dt.date(2026, 1, 1),
            defaults={"kind": Representation.Kind.AGENT},
        )
        self.actors[name] = actor_for(representation)

    def draft(self, *, at: dt.datetime = FILED_AT, **stated: Any) -> RepairCase:
        """Open an application with facts, proof and promise, ready to submit."""
        if self.record is None:
            self.published_record()
        record = self.record
        case = repair.open_draft(
            subject_id=record.subject_id,
            record_ids=[record.pk],
            desk=self.desk_office,
            actor=self["agent"],
            at=at,
        )
        item = case.items.get()
        facts = {
            "corrected_on": dt.date(2026, 6, 1),
            "duties_performed_on": dt.date(2026, 6, 2),
            "duties_complete": True,
            "statement": "已整改。",
            **stated,
        }
        acting = {"case_id": case.pk, "actor": self["agent"], "at": at}
        repair.save_draft(stated={item.pk: facts}, **acting)
        repair.add_proof(
            item_id=item.pk,
            kind="proof-of-correction",
            content=one_page_pdf(),
            name="整改报告.pdf",
            media_type="application/pdf",
            **acting,
        )
        repair.sign_promise(signed_name=self.users["agent"].display_name, **acting)
        return case

    def submitted(self, **stated: Any) -> RepairCase:
        """File an application."""
        case = self.draft(**stated)
        return repair.submit(case_id=case.pk, actor=self["agent"], at=FILED_AT)

    def accepted(self, **stated: Any) -> RepairCase:
        """File it and let the desk accept."""
        case = self.submitted(**stated)
        return repair.accept(case_id=case.pk, actor=self["desk"], at=self.after(hours=1))

    def proposed(self, *, outcome: str = "approve", **stated: Any) -> RepairCase:
        """Let the unit's verifier propose."""
        case = self.accepted(**stated)
        return repair.propose(
            case_id=case.pk,
            item_ids=[item.pk for item in case.items.all()],
            outcome=outcome,
            reasons="已核实整改。",
            actor=self["verifier"],
            at=self.after(hours=2),
        )

    def approved(self, **stated: Any) -> RepairCase:
        """Let somebody else approve; the orders go out."""
        case = self.proposed(**stated)
        return self.decide(case)

    def decide(self, case: RepairCase, *, agree: bool = True, reasons: str = "") -> RepairCase:
        """Decide all items as the approver."""
        return repair.decide(
            case_id=case.pk,
            item_ids=[item.pk for item in case.items.all()],
            agree=agree,
            reasons=reasons,
            actor=self["approver"],
            at=self.after(hours=3),
        )

    def completed(self, **stated: Any) -> RepairCase:
        """Let every keeper confirm."""
        case = self.approved(**stated)
        for line in lines_of(case):
            self.confirm(line.pk, keeper=self.keeper_of(line))
        return case

    def keeper_of(self, line: Any) -> str:
        """Return who answers for the site of an order."""
        return "necips" if line.site.code == "necips" else "sitekeeper"

    def confirm(self, line_id: uuid.UUID, *, keeper: str = "sitekeeper") -> None:
        """Confirm one order."""
        repair.confirm_removal(
            line_id=line_id,
            outcome="done",
            note="已下线",
            proof=None,
            actor=self[keeper],
            at=self.after(hours=4),
        )

    def after(self, **step: float) -> dt.datetime:
        """Return an instant so long after the filing."""
        return FILED_AT + dt.timedelta(**step)


def lines_of(case: RepairCase) -> list[Any]:
    """Return the removal lines of a case."""
    return [line for item in case.items.all() for line in item.lines.select_related("site")]


def league() -> League:
    """Found the league: one desk, one determining unit, two sites, one person in each capacity."""
    region = Jurisdiction.objects.create(code="150000", name="内蒙古自治区")
    place = Jurisdiction.objects.create(
        code="152100",
        name="朔原盟",
        parent=region,
        reconsideration_body="朔原盟行政公署",
        reconsideration_address="青岭市政务大道1号",
        court="青岭市人民法院",
        court_address="青岭市法院路2号",
    )
    desk = _office(
        "11152100MB0000001K", "朔原盟信用服务中心", "朔信服", place, "desk", "supervisor"
    )
    unit = _office(
        "11152105011615449P", "朔原盟市场监督管理局", "朔市监", place, "determining", "sitekeeper"
    )
    sites = [
        Site.objects.create(
            code="credit-china", name="信用中国（朔原）", rule_family="credit-china", keeper=desk
        ),
        Site.objects.create(
            code="necips", name="国家企业信用信息公示系统", rule_family="necips", keeper=unit
        ),
    ]
    DepartmentRole.objects.create(department=desk, role="sitekeeper")
    PromiseText.objects.create(
        kind="repair",
        number=1,
        body="所提交材料真实、合法、有效。\n已纠正失信行为，履行全部法定义务。",
        liability="违反承诺的，自愿依法承担责任，撤销修复。",
        since=dt.date(2026, 1, 1),
    )
    people = {
        "desk": (desk, "desk", "受理员甲"),
        "second-desk": (desk, "desk", "受理员乙"),
        "sitekeeper": (desk, "sitekeeper", "公示员丙"),
        "supervisor": (desk, "supervisor", "督办员丁"),
        "auditor": (desk, "auditor", "审计员戊"),
        "verifier": (unit, "verifier", "核查员己"),
        "approver": (unit, "approver", "审核员庚"),
        "second-approver": (unit, "approver", "审核员辛"),
        "necips": (unit, "sitekeeper", "公示员壬"),
    }
    users = {name: _user(name, shown) for name, (_, _, shown) in people.items()}
    users["agent"] = _user("agent", "经办人癸")
    actors = {
        name: actor_in(
            Capacity.objects.create(
                user=users[name], department=office, role=role, since=dt.date(2026, 1, 1)
            )
        )
        for name, (office, role, _) in people.items()
    }
    return League(desk, unit, sites, actors, users)


def _user(username: str, shown: str) -> User:
    return User.objects.create_user(username, None, display_name=shown)


def _office(code: str, name: str, short: str, place: Jurisdiction, *roles: str) -> Department:
    office = Department.objects.create(
        code=code,
        name=name,
        short_name=short,
        jurisdiction=place,
        address="青岭市政务大道8号",
        phone="0400-0000000",
    )
    for role in roles:
        DepartmentRole.objects.create(department=office, role=role)
    return office
