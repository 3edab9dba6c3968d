"""Journey 1, the thin line: a penalty comes in, is repaired, and leaves a file that verifies."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from config.env import ROOT
from tests.journeys.people import Entering, Person, upload
from workflow.identifiers import credit_code_check, organisation_code_check

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

COMPANY, NUMBER = "北岭市松涛蜂业有限公司", "朔市监罚〔2026〕201号"
DEMO = ROOT / "forms" / "demo"


def company_code() -> str:
    """Return a code that is valid and belongs to nobody."""
    first = "91159902MA0000XY"
    seventeen = first + organisation_code_check(first[8:16])
    return seventeen + credit_code_check(seventeen)


def penalty_file(folder: Path) -> Path:
    """Write a file in the national format: a real one of the demonstration, with another case."""
    with (DEMO / "penalties-2026-08-24.csv").open(encoding="utf-8-sig", newline="") as source:
        head, row = list(csv.reader(source))
    fields = dict(zip(head, row, strict=True))
    fields["行政相对人名称"] = COMPANY
    fields[next(name for name in head if "统一社会信用代码)" in name)] = company_code()
    fields["行政处罚决定书文号"] = NUMBER
    fields["处罚决定日期"] = "2026/07/10"
    out = io.StringIO()
    csv.writer(out).writerows([head, [fields[name] for name in head]])
    file = folder / "penalties.csv"
    file.write_text(out.getvalue(), encoding="utf-8-sig")
    return file


@pytest.fixture
def enter(house, new_page) -> Entering:
    """Let someone of the demonstration's league sign in by their role."""
    logins = {login["role"]: login for login in json.loads((house.var / "logins.json").read_text())}

    def come_in(role: str) -> Person:
        person = Person(new_page(), "01")
        if role != "public":
            person.sign_in(logins[role]["username"], logins[role]["password"])
        person.password = logins.get(role, {}).get("password", "")
        return person

    return come_in


@pytest.fixture(scope="module")
def league(house, tmp_path_factory) -> None:
    """Found the league in July, with its people and nothing that happened yet."""
    house.command("load-demo", "--without-story")
    house.command("move-clock", "2026-07-13T09:00")
    file = penalty_file(tmp_path_factory.mktemp("import"))
    report = json.loads(house.command("import-penalties", str(file)).stdout)
    assert (report["accepted"], report["rejected"]) == (1, 0)
    house.command("represent", "suyanqiu", company_code(), "--since", "2026-01-01")


def test_a_penalty_is_repaired_once_in_one_place_and_everywhere(league, house, enter, tmp_path):
    _the_unit_determines_the_severity(enter("verifier"))
    public = enter("public")
    _is_public(public, shown=True)

    house.command("move-clock", "2026-11-02T09:00")
    agent = enter("agent")
    number = _the_company_applies(agent)
    _the_desk_accepts(enter("desk"), number)
    _the_unit_proposes(enter("verifier"), number)
    _somebody_else_approves(enter("approver"), number)
    _is_public(public, shown=False)
    _the_sites_confirm(enter("sitekeeper"), number)
    letter = _the_company_reads_its_letters(house, agent, number, tmp_path)
    _anyone_can_verify_the_letter(public, letter)
    _the_case_file_verifies_offline(house, number, tmp_path)


def _the_unit_determines_the_severity(verifier: Person) -> None:
    verifier.open("/desk/queue")
    verifier.look("queue")
    verifier.task(NUMBER)
    verifier.look("severity")
    verifier.choose("general")
    verifier.send()
    verifier.open("/desk/queue")
    expect(verifier.page.locator("body")).not_to_contain_text(NUMBER)


def _is_public(public: Person, *, shown: bool) -> None:
    public.open("/")
    public.look("home")
    public.page.get_by_role("main").get_by_role("searchbox").or_(
        public.page.locator("main input[name=q]")
    ).first.fill(COMPANY)
    public.press("查询")
    public.look("public-before" if shown else "public-after")
    main = public.page.get_by_role("main")
    if shown:
        expect(main).to_contain_text(NUMBER)
    else:
        expect(main).not_to_contain_text(NUMBER)


def _the_company_applies(agent: Person) -> str:
    page = agent.page
    agent.look("act-for")
    agent.act_for(COMPANY)
    agent.open("/my/records")
    expect(page.get_by_role("main")).to_contain_text(NUMBER)
    agent.look("records")
    page.locator("main a[href*=precheck]").first.click()
    page.locator("input[name$=corrected_on]").fill("2026-07-20")
    page.locator("input[name$=duties_performed_on]").fill("2026-07-21")
    page.locator("input[name$=duties_complete][value=yes]").check(force=True)
    agent.press(re.compile("测算"))
    expect(page.get_by_role("main")).to_contain_text("满足")
    agent.look("precheck")
    agent.press(re.compile("申请"))
    expect(page).to_have_url(re.compile("/facts"))
    agent.look("facts")
    upload(page, "correction", DEMO / "rectification-report.pdf")
    upload(page, "performance", DEMO / "payment-voucher.pdf")
    agent.press(re.compile("下一步"))
    expect(page).to_have_url(re.compile("/promise"))
    agent.look("promise")
    page.fill("input[name=signed_name]", "苏砚秋")
    page.fill("input[name=password]", agent.password)
    agent.press("签承诺")
    expect(page).to_have_url(re.compile("/review"))
    agent.look("review")
    agent.press("提交申请")
    expect(page.get_by_role("heading", level=1)).to_contain_text("XF-2026-00001")
    agent.look("case-submitted")
    return "XF-2026-00001"


def _the_desk_accepts(desk: Person, number: str) -> None:
    desk.task(number)
    desk.look("desk-accept")
    desk.choose("accept")
    desk.send()
    desk.open("/desk/queue")
    desk.look("desk-queue-after")


def _the_unit_proposes(verifier: Person, number: str) -> None:
    verifier.task(number)
    verifier.look("desk-verify")
    verifier.choose("approve")
    verifier.page.locator("textarea[name=reasons]").fill("罚款已缴清，标签已改正，材料属实。")
    verifier.send()


def _somebody_else_approves(approver: Person, number: str) -> None:
    approver.task(number)
    approver.look("desk-approve")
    approver.choose("agree")
    approver.send()


def _the_sites_confirm(keeper: Person, number: str) -> None:
    for office in ("朔原盟公共信用信息中心", "朔原盟市场监督管理局"):
        keeper.act_for(office)
        keeper.task(NUMBER)
        keeper.look(f"order-{'centre' if '信息中心' in office else 'market'}")
        keeper.choose("done")
        keeper.page.locator("textarea[name=note]").fill("已从公示页面下线，缓存已清理。")
        keeper.send()


def _the_company_reads_its_letters(house, agent: Person, number: str, folder: Path) -> str:
    def rendered() -> bool:
        rows = house.query("SELECT count(*) FROM documents_letter WHERE pdf_id IS NULL")
        return rows[0][0] == 0

    house.wait_for(rendered, "all letters to be rendered", seconds=90)
    parked = house.query(
        "SELECT topic, parked_reason FROM outbox_outboxmessage WHERE parked_at IS NOT NULL"
    )
    assert parked == []
    page = agent.page
    agent.open(f"/my/cases/{number}/")
    expect(page.get_by_role("main")).to_contain_text("完成")
    agent.look("case-completed")
    agent.open("/my/inbox/")
    agent.look("inbox")
    agent.open(f"/my/cases/{number}/")
    page.get_by_role("link", name="准予信用修复决定书").first.click()
    page.wait_for_load_state()
    agent.look("letter")
    with page.expect_download() as download:
        page.locator("a[href$='.pdf']").first.evaluate(
            "link => { link.download = ''; link.click() }"
        )
    file = folder / "letter.pdf"
    download.value.save_as(file)
    text = "".join(each.extract_text() for each in PdfReader(file).pages)
    assert "准予信用修复决定书" in re.sub(r"\s", "", text)
    templates = house.query("SELECT template FROM documents_letter ORDER BY reserved_at, template")
    assert {name for (name,) in templates} == {
        "repair-promise",
        "repair-acceptance",
        "repair-approved",
        "removal-order",
        "repair-completed",
    }
    return house.query(
        "SELECT number || '|' || check_code FROM documents_letter WHERE template = %s",
        "repair-approved",
    )[0][0]


def _anyone_can_verify_the_letter(public: Person, letter: str) -> None:
    number, code = letter.split("|")
    public.open("/verify")
    public.look("verify")
    public.page.locator("input[name=number]").fill(number)
    public.page.locator("input[name=code]").fill(code)
    public.press(re.compile("核验"))
    public.look("verify-genuine")
    expect(public.page.get_by_role("main")).not_to_contain_text(COMPANY)
    expect(public.page.get_by_role("main")).to_contain_text(re.compile("真|一致"))


def _the_case_file_verifies_offline(house, number: str, folder: Path) -> None:
    file = folder / "case.xinfu"
    house.command("export-casefile", number, "-o", str(file))
    key = house.var / "keys" / "signing.pub"
    verify = [sys.executable, "-I", str(ROOT / "xinfu_verify.py"), str(file), "--key", str(key)]
    whole = subprocess.run(verify, capture_output=True, text=True, check=False, cwd=folder)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    bytes_ = bytearray(file.read_bytes())
    at = bytes_.index(b"repair-item.accepted")
    bytes_[at] ^= 1
    file.write_bytes(bytes_)
    damaged = subprocess.run(verify, capture_output=True, text=True, check=False, cwd=folder)
    assert damaged.returncode == 1
    assert "repair-item.accepted" in damaged.stdout + damaged.stderr
