"""Letters look as GB/T 9704-2012 says, say what they must, and come out the same each time."""

import copy
import io
import subprocess

import pytest
from django.conf import settings
from django.urls import resolve
from pypdf import PdfReader

from notifications.letters import MissingGlyphs, glyphs, render, rendering, typeface, wording
from tests.notifications import samples
from workflow.documents import scanning, sniffing
from workflow.documents.snapshots import LETTERS
from workflow.documents.verification import VERIFY_PATH

MM = 72 / 25.4
RARE = "\U00031350"  # CJK extension H: in no font that we know of
LONG_NAME = "内蒙古自治区朔原盟北岭市恒驿国际现代供应链综合物流服务与冷链仓储管理集团有限责任公司"


def words(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(text.split())


def lines(pdf: bytes, tmp_path, *, page: int) -> list[tuple[float, float, float, float, str]]:
    """Each line of a page as left, top, right, bottom (mm) and text, from poppler."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), str(path), "-"]
    markup = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = []
    for block in markup.split("<line ")[1:]:
        box = dict(part.split("=") for part in block[: block.index(">")].split())
        edges = [float(box[k].strip('"')) / MM for k in ("xMin", "yMin", "xMax", "yMax")]
        text = "".join(w.split("</word>")[0].partition(">")[2] for w in block.split("<word ")[1:])
        found.append((*edges, text))
    return sorted(found, key=lambda line: line[1])


@pytest.mark.parametrize("template", sorted(LETTERS))
def test_the_same_letter_gives_the_same_bytes(template):
    letter = samples.letter(template)
    first = render(letter)
    rendering._template.cache_clear()
    rendering._sheets.cache_clear()

    assert render(letter) == first


@pytest.mark.parametrize("template", sorted(LETTERS))
def test_every_letter_is_addressed_numbered_based_and_verifiable(template):
    letter = samples.letter(template)
    said = words(render(letter))

    for part in (
        letter.title,
        letter.number,
        "5R8N-WK3T",
        letter.addressee["name"] if template != "repair-promise" else "承诺人",
        "朔市监罚〔2026〕61号",
        "《信用修复管理办法》" if template != "repair-supplement" else "实施方案》",
        "信用修复不收取任何费用",
        "2026年11月12日" if template != "repair-promise" else "2026年10月30日",
        "—1—",
    ):
        assert part in said, part


@pytest.mark.parametrize("template", ["repair-not-accepted", "repair-approved", "repair-refused"])
def test_every_decision_names_both_remedies_with_limit_body_and_article(template):
    said = words(render(samples.letter(template)))

    assert "60日内向朔原盟行政公署（朔原市政务大街2号）申请行政复议" in said
    assert "《中华人民共和国行政复议法》第二十条" in said
    assert "6个月内向北岭市人民法院提起行政诉讼" in said
    assert "《中华人民共和国行政诉讼法》第四十六条" in said


def test_an_article_that_nobody_confirmed_is_not_printed():
    said = words(render(samples.letter("repair-approved")))

    assert "第三条" in said
    assert "第九条" not in said


@pytest.mark.parametrize(
    ("provision", "cited"),
    [
        ({"article": "3", "confidence": "H"}, "《办法》第三条"),
        ({"article": "第二十条", "confidence": "H"}, "《办法》第二十条"),
        ({"article": "第十四条第三款", "confidence": "H"}, "《办法》第十四条第三款"),
        ({"article": "（六）", "confidence": "H"}, "《办法》第（六）项"),
        ({"article": "art. 105", "confidence": "H"}, "《办法》第一百零五条"),
        ({"article": "para 6 (order inferred)", "confidence": "H"}, "《办法》"),
        ({"article": "UNVERIFIED", "confidence": "H"}, "《办法》"),
        ({"article": "3", "confidence": "M"}, "《办法》"),
        ({"article": None, "confidence": "H"}, "《办法》"),
    ],
)
def test_provisions_are_cited_as_in_official_letters(provision, cited):
    assert wording.cite({"instrument": "《办法》", **provision}) == cited


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (85, "八十五"),
        (110, "一百一十"),
        (1001, "一千零一"),
    ],
)
def test_articles_are_counted_in_chinese(number, said):
    assert wording.numeral(number) == said


def test_an_unconfirmed_limit_is_printed_as_the_offices_own():
    limit = {"on": "2026-11-17", "provision": samples.UNCONFIRMED}

    said = words(render(samples.letter("removal-order", remove_by=limit)))

    assert "2026年11月17日前办结（本机关确定的办理期限）" in said


def test_a_character_no_font_can_draw_is_named_and_nothing_is_produced():
    with pytest.raises(MissingGlyphs) as missing:
        render(
            samples.letter(
                subject={"name": f"北岭市{RARE}记商行", "code": None},
                effective_on="2026-11-12",
                promise={"number": RARE, "made_on": "2026-10-30"},
            )
        )

    assert missing.value.characters == [RARE]
    assert "U+31350" in str(missing.value)


def test_ordinary_rare_characters_are_drawn():
    glyphs.require("〔〕、。，；：？（）《》—“”·㐂𠮷䶮\n")


def test_a_private_use_character_is_held_too():
    with pytest.raises(MissingGlyphs):
        glyphs.require("张\ue001")


def test_a_family_that_is_not_installed_has_no_file():
    assert typeface.files(("No Such Typeface 1",)) == ()
    assert typeface.files((typeface.FALLBACK,))


def test_the_type_area_is_156_by_225_with_37_above_and_28_at_the_binding(tmp_path):
    many = [copy.deepcopy(samples.CONDITIONS[1]) for _each in range(14)]
    pdf = render(samples.letter("repair-approved", conditions=many))
    reader = PdfReader(io.BytesIO(pdf))

    assert len(reader.pages) >= 3
    assert [round(float(v) / MM) for v in reader.pages[0].mediabox[2:]] == [210, 297]
    for number, left in ((1, 28), (2, 26), (3, 28)):
        found = [each for each in lines(pdf, tmp_path, page=number) if "—" not in each[4][:1]]
        assert min(x for x, *_rest in found) >= left - 0.5
        assert max(right for _x, _y, right, *_rest in found) <= left + 156 + 0.5
        assert min(top for _x, top, *_rest in found) >= 37 - 1.2  # poppler adds the font's ascent
        assert max(bottom for *_rest, bottom, _text in found) <= 37 + 225 + 1


def test_a_full_page_has_22_lines_and_full_lines_end_at_the_right_edge(tmp_path):
    many = [copy.deepcopy(samples.CONDITIONS[1]) for _each in range(14)]
    pdf = render(samples.letter("repair-approved", conditions=many))

    page = [each for each in lines(pdf, tmp_path, page=2) if not each[4].startswith("—")]

    tops = [top for _x, top, *_rest in page]
    pitch = (tops[-1] - tops[0]) / (len(tops) - 1)
    assert len(page) in (21, 22)  # orphans and widows may move one line
    assert pitch == pytest.approx(225 / 22, abs=0.05)
    full = [right for _x, _y, right, _b, text in page if not text.endswith(("。", "：", "）。"))]
    assert full
    assert min(full) >= 26 + 156 - 4  # a closing bracket may hang half a character in


def test_the_page_number_stands_at_the_outer_foot(tmp_path):
    pdf = render(samples.letter("repair-approved"))

    first = lines(pdf, tmp_path, page=1)[-1]
    second = lines(pdf, tmp_path, page=2)[-1]

    assert (first[4], second[4]) == ("—1—", "—2—")
    assert first[0] > 150
    assert second[2] < 60
    assert 37 + 225 < first[1] < 297


def test_seal_date_and_proof_of_origin_stay_together_on_the_last_page(tmp_path):
    records = [copy.deepcopy(samples.RECORD) for _each in range(12)]
    subject = {"name": LONG_NAME, "code": "91159902MAK2P4G47B"}
    pdf = render(samples.letter("repair-approved", records=records, subject=subject))
    last = len(PdfReader(io.BytesIO(pdf)).pages)

    said = "".join(text for *_box, text in lines(pdf, tmp_path, page=last))

    assert last >= 3
    for part in ("朔原盟市场监督管理局2026年11月12日", "印章位置", "核验码5R8N-WK3T"):
        assert part in said, part
    before_seal = said.partition("朔原盟市场监督管理局2026年")[0]
    assert before_seal, "a last page without text of the letter"


def test_the_long_name_of_a_company_is_whole():
    subject = {"name": LONG_NAME, "code": None}
    said = words(render(samples.letter("repair-promise", subject=subject)))

    assert f"承诺人：{LONG_NAME}" in said


def test_markup_in_a_name_is_only_text():
    subject = {"name": "<script>alert(1)</script>&公司", "code": None}
    html = rendering.as_html(samples.letter("repair-promise", subject=subject))

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_letter_fetches_nothing():
    with pytest.raises(ValueError, match="fetches nothing"):
        rendering._refuse_to_fetch("http://127.0.0.1/secret")


def test_a_letter_is_pdf_a_with_its_fonts_inside_and_passes_our_own_scan():
    pdf = render(samples.letter())
    reader = PdfReader(io.BytesIO(pdf))

    assert b"pdfaid" in reader.root_object["/Metadata"].get_data()
    assert reader.metadata.title == "准予信用修复决定书 朔市监〔2026〕31号"
    assert scanning.builtin(pdf, sniffing.PDF) == "clean"
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    for font in fonts:
        inside = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile3" in inside or "/FontFile2" in inside


def test_the_address_on_paper_leads_to_the_page_that_answers(client, db):
    letter = samples.letter()
    address = letter.verify_url.removeprefix(settings.XINFU_PUBLIC_URL)

    page = client.get(address).content.decode()

    assert resolve(VERIFY_PATH).url_name == "verify"
    assert letter.number in page
    assert letter.check_code in page
