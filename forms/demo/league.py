"""The invented league 朔原盟: its places, offices, sites and people. Nothing here exists."""

import dataclasses
import datetime as dt
import secrets

from processes.promise.models import PromiseText
from processes.records.models import Site
from workflow.offices.models import Capacity, Department, DepartmentRole, Jurisdiction, User

BEGAN = dt.date(2025, 1, 1)
PASSWORD_BYTES = 9
HOTLINE = "0400-000-0000"

REGION = ("150000", "内蒙古自治区", "Inner Mongolia")
LEAGUE = ("159900", "朔原盟", "Shuoyuan League")
BANNERS = (
    ("159901", "云川旗", "Yunchuan Banner"),
    ("159902", "北岭市", "Beiling"),
    ("159903", "青松县", "Qingsong County"),
    ("159904", "乌兰淖尔旗", "Ulan Nur Banner"),
    ("159905", "白河旗", "Baihe Banner"),
    ("159906", "东查干旗", "East Chagan Banner"),
    ("159907", "苏布达旗", "Subuda Banner"),
)

# key: code, name, English, 文号代字, place, roles
OFFICES = {
    "ndrc": (
        "11159900MA5JMH923H",
        "朔原盟发展和改革委员会",
        "Shuoyuan Development and Reform Commission",
        "朔发改信",
        "159900",
        ("supervisor",),
    ),
    "centre": (
        "12159900MA913NBJ9J",
        "朔原盟公共信用信息中心",
        "Shuoyuan Public Credit Information Centre",
        "朔信中心",
        "159900",
        ("desk", "sitekeeper", "supervisor"),
    ),
    "market": (
        "11159900MAEJGC9P1X",
        "朔原盟市场监督管理局",
        "Shuoyuan Market Regulation Bureau",
        "朔市监信修",
        "159900",
        ("determining", "provider", "sitekeeper"),
    ),
    "emergency": (
        "11159900MA6N4D3X5H",
        "朔原盟应急管理局",
        "Shuoyuan Emergency Management Bureau",
        "朔应急信修",
        "159900",
        ("determining", "provider"),
    ),
    "eco": (
        "11159900MAYD4U493Y",
        "朔原盟生态环境局",
        "Shuoyuan Ecology and Environment Bureau",
        "朔环信修",
        "159900",
        ("determining", "provider"),
    ),
    "beiling": (
        "11159902MAXRCBAC9N",
        "北岭市市场监督管理局",
        "Beiling Market Regulation Bureau",
        "北市监信修",
        "159902",
        ("determining", "provider"),
    ),
}

SITES = (
    ("credit-china", "信用中国（朔原盟）", "Credit China (Shuoyuan)", "credit-china", "centre"),
    (
        "necips",
        "国家企业信用信息公示系统（朔原盟）",
        "Enterprise publicity system (Shuoyuan)",
        "necips",
        "market",
    ),
)
ONLY_MARKET = ("market", "beiling")

# user name: shown name, e-mail, [(office, role)]; login role told by bin/demo, or None
STAFF: dict[str, tuple[str, str, tuple[tuple[str, str], ...], str | None]] = {
    "surina": ("苏日娜", "surina", (("centre", "desk"),), "desk"),
    "tana": ("塔娜", "tana", (("centre", "desk"),), None),
    "aruna": ("阿茹娜", "aruna", (("market", "verifier"),), "verifier"),
    "hezhiyuan": ("贺知远", "hezhiyuan", (("market", "approver"),), "approver"),
    "chengyiming": ("程一鸣", "chengyiming", (("emergency", "verifier"),), None),
    "mengxiaolan": ("孟晓岚", "mengxiaolan", (("emergency", "approver"),), None),
    "siqin": ("斯琴", "siqin", (("eco", "verifier"),), None),
    "linongyan": ("李砚农", "linongyan", (("beiling", "verifier"),), None),
    "menghe": (
        "孟和",
        "menghe",
        (("centre", "sitekeeper"), ("market", "sitekeeper")),
        "sitekeeper",
    ),
    "zhouqi": ("周启", "zhouqi", (("market", "sitekeeper"),), None),
    "nomin": ("诺敏", "nomin", (("market", "provider"),), "provider"),
    "batu": ("巴图", "batu", (("centre", "supervisor"),), "supervisor"),
    "wenjing": ("文静", "wenjing", (("ndrc", "auditor"),), "auditor"),
    "admin": ("管理员", "admin", (("centre", "administrator"),), "administrator"),
}
PEOPLE: dict[str, tuple[str, str | None]] = {
    "wuliji": ("乌力吉", "applicant"),
    "suyanqiu": ("苏砚秋", "agent"),
    "gaoyuan": ("高远", None),
    "linxia": ("林夏", None),
}

PROMISE = (
    "所提交的信用修复申请材料真实、合法、有效。",
    "已纠正失信行为，全部履行行政处罚决定确定的法定义务。",
    "自觉接受监督，今后依法诚信经营。",
)
LIABILITY = (
    "材料不实或者违反承诺的，自愿接受撤销信用修复、恢复公示，并承担相应法律责任。",
    "同意将本承诺及其履行情况向社会公开，记入信用记录。",
)


@dataclasses.dataclass
class League:
    """What was founded, by the keys above."""

    offices: dict[str, Department]
    users: dict[str, User]
    logins: list[dict[str, str]]


def found_league() -> League:
    """Enter places, offices, sites, people and the promise text; each login gets a new password."""
    _places()
    offices = {key: _office(*facts) for key, facts in OFFICES.items()}
    for code, name, name_en, family, keeper in SITES:
        site = Site.objects.create(
            code=code, name=name, name_en=name_en, rule_family=family, keeper=offices[keeper]
        )
        if family == "necips":
            site.only_units.set([offices[key] for key in ONLY_MARKET])
    PromiseText.objects.create(
        kind="repair",
        number=1,
        body="\n".join(PROMISE),
        liability="\n".join(LIABILITY),
        since=BEGAN,
    )
    return _people(League(offices, {}, []))


def _places() -> None:
    parent = None
    for code, name, name_en in (REGION, LEAGUE):
        parent = Jurisdiction.objects.create(
            code=code, name=name, name_en=name_en, parent=parent, **_remedies(name)
        )
    for code, name, name_en in BANNERS:
        Jurisdiction.objects.create(
            code=code, name=name, name_en=name_en, parent=parent, **_remedies("朔原盟")
        )


def _remedies(place: str) -> dict[str, str]:
    return {
        "reconsideration_body": f"{place}行政公署" if place == "朔原盟" else f"{place}人民政府",
        "reconsideration_address": "北岭市政务大道1号",
        "court": "北岭市人民法院",
        "court_address": "北岭市法院路2号",
    }


def _office(
    code: str, name: str, name_en: str, short: str, place: str, roles: tuple[str, ...]
) -> Department:
    office = Department.objects.create(
        code=code,
        name=name,
        name_en=name_en,
        short_name=short,
        jurisdiction_id=place,
        address="北岭市政务大道8号",
        phone=HOTLINE,
        email="office@example.org",
    )
    DepartmentRole.objects.bulk_create(
        DepartmentRole(department=office, role=role) for role in roles
    )
    return office


def _people(league: League) -> League:
    for username, (shown, mail, capacities, login) in STAFF.items():
        user = _user(league, username, shown, login, email=f"{mail}@example.org")
        for office, role in capacities:
            Capacity.objects.create(
                user=user, department=league.offices[office], role=role, since=BEGAN
            )
    for username, (shown, login) in PEOPLE.items():
        _user(league, username, shown, login, email=f"{username}@example.com")
    return league


def _user(league: League, username: str, shown: str, login: str | None, *, email: str) -> User:
    password = secrets.token_urlsafe(PASSWORD_BYTES) if login else None
    user = User.objects.create_user(username, password, display_name=shown, email=email)
    league.users[username] = user
    if login and password:
        league.logins.append({"role": login, "username": username, "password": password})
    return user
