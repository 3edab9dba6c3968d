"""What the strict content policy and the design system ask of every template."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
PAGES = sorted(
    path.relative_to(TEMPLATES)
    for path in TEMPLATES.rglob("*.html")
    if path.relative_to(TEMPLATES).parts[0] != "letters"
)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an evaluated htmx attribute": re.compile(r"\shx-(on|vals=.js:|vars)", re.IGNORECASE),
    "something from another host": re.compile(r"""(src|href|action)=["']https?:""", re.IGNORECASE),
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_template_compiles_and_keeps_the_content_policy(page: Path):
    source = (TEMPLATES / page).read_text(encoding="utf-8")
    get_template(str(page))

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(source)] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_words_stand_in_the_catalogue_and_not_in_the_template(page: Path):
    source = (TEMPLATES / page).read_text(encoding="utf-8").replace(">信</span>", "></span>")

    assert CHINESE.findall(source) == []


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.parts[0] != "parts" and "base" not in p.name], ids=str
)
def test_a_page_has_one_heading_of_the_first_level(page: Path):
    source = (TEMPLATES / page).read_text(encoding="utf-8")
    heads = len(re.findall(r"<h1", source)) + source.count('"applicant/wizard_head.html"')
    branches = source.count("{% else %}<h1")

    assert heads - branches <= 1
    assert heads or "{% block main %}" not in source or "{% block main %}{% endblock" in source
