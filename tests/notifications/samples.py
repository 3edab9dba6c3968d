"""One complete snapshot for each letter, in the invented league of the mock-ups."""

import datetime as dt
import uuid
from typing import Any

from workflow.documents.models import Letter
from workflow.documents.snapshots import LETTERS
from workflow.documents.verification import verify_url

AT = dt.datetime(2026, 11, 12, 2, 30, tzinfo=dt.UTC)
MEASURES = {
    "instrument": "信用修复管理办法",
    "issuer": "国家发展和改革委员会令第36号",
    "article": "3",
    "confidence": "H",
}
UNCONFIRMED = {**MEASURES, "article": "9", "confidence": "M"}
PLAN = {
    "instrument": "关于进一步完善信用修复制度的实施方案",
    "issuer": "国办发〔2025〕22号",
    "article": None,
    "confidence": "H",
}
BUREAU = {
    "name": "朔原盟市场监督管理局",
    "contact": "信用监管科",
    "phone": "0400-000-0001",
    "address": "朔原市政务大街8号",
}
COMMISSION = {
    "name": "朔原盟发展和改革委员会",
    "contact": "信用科",
    "phone": "0400-000-0000",
    "address": "朔原市政务大街1号",
}
COMPANY = {"name": "北岭市恒驿物流有限公司", "code": "91159902MAK2P4G47B"}
RECORD = {
    "decision_number": "朔市监罚〔2026〕61号",
    "decided_on": "2026-06-03",
    "authority": "朔原盟市场监督管理局",
    "violation": "超出核准的经营范围从事经营活动",
    "content": "罚款2万元",
    "severity": "general",
}
DECISION = {
    "number": "朔市监〔2026〕31号",
    "decided_on": "2026-11-12",
    "office": "朔原盟市场监督管理局",
}
REMEDIES = {
    "reconsideration": {
        "body": "朔原盟行政公署",
        "value": 60,
        "address": "朔原市政务大街2号",
        "provision": {
            "instrument": "中华人民共和国行政复议法",
            "article": "20",
            "confidence": "H",
        },
    },
    "litigation": {
        "body": "北岭市人民法院",
        "value": 6,
        "provision": {
            "instrument": "中华人民共和国行政诉讼法",
            "article": "46",
            "confidence": "H",
        },
    },
}
CONDITIONS = [
    {
        "found": "失信信息自2026年6月3日起公示，最短公示期3个月已于2026年9月3日届满",
        "met": True,
        "provision": UNCONFIRMED,
    },
    {
        "found": "罚款已于2026年6月15日缴清，超范围经营已于2026年6月20日停止，法定义务全部履行",
        "met": True,
        "provision": UNCONFIRMED,
    },
]
_CASE: dict[str, Any] = {
    "office": COMMISSION,
    "subject": COMPANY,
    "applied_on": "2026-10-30",
    "records": [RECORD],
    "basis": [MEASURES],
}
SNAPSHOTS: dict[str, dict[str, Any]] = {
    "repair-acceptance": {
        **_CASE,
        "accepted_on": "2026-11-04",
        "materials": ["信用修复申请", "罚款缴纳凭证", "整改验收报告", "信用修复承诺书"],
        "decided_by": "朔原盟市场监督管理局",
        "result_by": {"on": "2026-11-13", "provision": PLAN},
        "basis": [MEASURES, PLAN],
    },
    "repair-supplement": {
        **_CASE,
        "missing": [
            {"item": "缺少整改验收报告", "how": "请提交由属地监管所出具、加盖公章的验收报告"},
            {"item": "罚款缴纳凭证不清晰", "how": "请重新提交能够看清缴款日期和金额的凭证"},
        ],
        "supplement_by": {"on": "2026-11-25", "provision": None},
        "basis": [PLAN],
    },
    "repair-not-accepted": {
        **_CASE,
        "reasons": [{"text": "上述失信信息没有公示，无须申请信用修复", "provision": MEASURES}],
        "next_steps": "对失信信息的内容有异议的，可以登录平台提出异议",
        "remedies": REMEDIES,
    },
    "repair-approved": {
        **_CASE,
        "office": BUREAU,
        "accepted_on": "2026-11-04",
        "conditions": CONDITIONS,
        "promise": {"number": "159902-20261030-000007", "made_on": "2026-10-30"},
        "effective_on": "2026-11-12",
        "remedies": REMEDIES,
    },
    "repair-refused": {
        **_CASE,
        "office": BUREAU,
        "accepted_on": "2026-11-04",
        "conditions": [
            {**CONDITIONS[0], "met": False, "found": "最短公示期3个月到2026年12月3日届满"},
            CONDITIONS[1],
        ],
        "earliest_on": "2026-12-04",
        "remedies": REMEDIES,
    },
    "removal-order": {
        **{key: value for key, value in _CASE.items() if key != "applied_on"},
        "site": "信用朔原",
        "acts": ["publicity", "sharing"],
        "decision": DECISION,
        "effective_on": "2026-11-12",
        "remove_by": {"on": "2026-11-17", "provision": None},
    },
    "repair-completed": {
        **_CASE,
        "decision": DECISION,
        "lines": [
            {"place": "信用中国", "act": "publicity", "outcome": "done", "on": "2026-11-13"},
            {
                "place": "国家企业信用信息公示系统",
                "act": "publicity",
                "outcome": "done",
                "on": "2026-11-16",
            },
            {
                "place": "朔原盟公共资源交易中心",
                "act": "measure",
                "outcome": "never_held",
                "on": "2026-11-16",
            },
        ],
        "completed_on": "2026-11-16",
        "partly": False,
    },
    "repair-promise": {
        **{key: value for key, value in _CASE.items() if key != "applied_on"},
        "promise_number": "159902-20261030-000007",
        "made_on": "2026-10-30",
        "text_version": "2026-04-01",
        "undertakings": [
            "所提交的材料真实、合法、有效",
            "已经停止违法行为，全部履行行政处罚决定规定的义务",
            "今后遵守法律法规，依法诚信经营",
        ],
        "liability": [
            "提供虚假材料或者违反承诺的，信用修复决定可以被依法撤销，失信信息恢复公示",
            "违诺信息依法记入信用记录并接受社会监督",
        ],
        "signed_by": "郑远行",
    },
}
ADDRESSEES = {"removal-order": {"name": "朔原盟公共信用信息中心"}}


def letter(template: str = "repair-approved", **changes: Any) -> Letter:
    """An unsaved letter, complete enough to render."""
    number = changes.pop("number", "朔市监〔2026〕31号")
    return Letter(
        id=uuid.UUID(int=7),
        template=template,
        template_version=LETTERS[template].version,
        number=number,
        check_code="5R8NWK3T",
        verify_url=verify_url(number, "5R8NWK3T"),
        snapshot={**SNAPSHOTS[template], **changes},
        addressee=ADDRESSEES.get(template, COMPANY),
        case_number="XF-2026-00391",
        reserved_at=AT,
    )
