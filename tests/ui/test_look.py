"""The rules of the look that a tool can hold: colours, themes, no inline code, small letters."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from ocop import ui_fonts

ROOT = Path(__file__).parents[2]
CSS = sorted((ROOT / "static" / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LITERAL_COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:oklch|oklab|rgba?|hsla?|lab|lch|color)\(|:\s*(?:white|black|red)\b"
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\s(?:style|on[a-z]+)=[\"']|\shx-on|javascript:", re.IGNORECASE
)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def uncommented(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def test_both_dark_blocks_are_alike():
    css = text(ROOT / "static/css/tokens.css")
    system = re.search(r":root:not\(\[data-theme=\"light\"\]\) \{(.*?)\}", css, re.DOTALL).group(1)
    chosen = re.search(r":root\[data-theme=\"dark\"\] \{(.*?)\}", css, re.DOTALL).group(1)
    assert "--paper:" in system
    assert system.split() == chosen.split()


def test_dark_names_only_tokens_that_light_has():
    css = text(ROOT / "static/css/tokens.css")
    light, dark = css.split(":root:not(", 1)
    assert set(re.findall(r"(--[\w-]+):", dark)) <= set(re.findall(r"(--[\w-]+):", light))


@pytest.mark.parametrize(
    "path", [p for p in CSS if p.name not in ("tokens.css", "print.css")], ids=lambda p: p.name
)
def test_colours_are_tokens(path):
    assert LITERAL_COLOUR.findall(uncommented(text(path))) == []


def test_every_token_used_is_defined():
    everything = uncommented("".join(text(path) for path in CSS))
    used = set(re.findall(r"var\((--[\w-]+)\s*\)", everything))
    assert used - set(re.findall(r"(--[\w-]+)\s*:", everything)) == set()


def test_the_order_of_the_layers_is_said_first():
    assert "@layer reset, tokens, base, components, pages, print;" in text(ROOT / "static/css/reset.css")
    linked = re.findall(r"css/(\w+)\.css", text(ROOT / "templates/ui/head.html"))
    assert linked == ["reset", "tokens", "base", "components", "pages", "print"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_no_template_carries_code_the_csp_refuses(path):
    assert INLINE.findall(text(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_keys_in_forms_and_addresses_have_no_thousands_separator(path):
    """Row 1234 would be sent as 1.234."""
    assert re.findall(r"""(?:value|href)="[^"]*\{\{ [\w.]*\b(?:pk|\w+_id) \}\}""", text(path)) == []


@pytest.mark.parametrize(
    "path",
    [p for p in TEMPLATES if "{% table " in text(p)],
    ids=lambda p: str(p.relative_to(ROOT / "templates")),
)
def test_cells_of_a_table_can_become_cards(path):
    cells = re.findall(r"<td\b[^>]*>", text(path))
    assert cells
    assert [cell for cell in cells if 'role="cell"' not in cell or "data-label=" not in cell] == []


def test_every_icon_named_is_in_the_sprite():
    there = set(re.findall(r'<symbol id="([\w-]+)"', text(ROOT / "static/icons.svg")))
    named = {name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', text(path))}
    assert named <= there
    assert {"bell", "menu", "check"} <= named


@pytest.mark.parametrize("weight", ui_fonts.FACES)
def test_letters_of_each_weight_are_small_and_whole(weight):
    path = Path(
        finders.find(f"fonts/{ui_fonts.name(weight)}")
        or ui_fonts.FontFinder().find(f"fonts/{ui_fonts.name(weight)}")
    )
    letters = TTFont(path).getBestCmap()
    assert [chr(code) for code in map(ord, "ẬậỄễỢợỮữỴỵĐđ₫–…“”") if code not in letters] == []
    assert path.stat().st_size < 16_000


def test_the_weights_of_the_css_are_the_weights_served():
    base, tokens = (text(ROOT / "static/css/base.css"), text(ROOT / "static/css/tokens.css"))
    served = {int(weight) for weight in re.findall(r"be-vietnam-pro-(\d+)\.woff2", base)}
    assert served == set(ui_fonts.FACES) == {int(weight) for weight in re.findall(r"--w-\w+: (\d+)", tokens)}


def test_the_finder_offers_nothing_else():
    finder = ui_fonts.FontFinder()
    assert finder.find("fonts/be-vietnam-pro-900.woff2") == []
    assert [name for name, storage in finder.list(["*-500.woff2"])] == [
        ui_fonts.name(400),
        ui_fonts.name(600),
    ]
