"""Parts of a page: their colors, and their tables."""

from __future__ import annotations

import re

from pstnkit.rendering.theme import DARK, LIGHT, Markup, boxed, table
from seeing import contrast


def test_what_is_written_stands_out_from_its_paper_in_the_light_and_in_the_dark() -> None:
    assert LIGHT.keys() == DARK.keys()
    for palette in (LIGHT, DARK):
        for name in ("ink", "dim", "mark"):
            assert contrast(palette[name], palette["paper"]) >= 4.5
        assert contrast(palette["mark"], palette["fill"]) >= 3


def test_a_box_brings_its_colors_and_rules_and_names_itself() -> None:
    made = boxed("pstnkit-x", ["<p>a</p>"], [".pstnkit-x b{margin:0}"])
    assert made.startswith(
        '<div class="pstnkit-x" lang="en" dir="ltr">\n<style>\n.pstnkit-x{color-scheme:light;'
    )
    assert made.endswith("</style>\n<p>a</p>\n</div>")
    assert ".pstnkit-x b{margin:0}" in made
    for name in LIGHT:
        assert len(re.findall(f"--{name}:", made)) == 4


def test_a_table_escapes_text_and_keeps_markup() -> None:
    made = table("A <table>", ["x", "y"], [["<i>", Markup("<b>1</b>")], ["2", 3]], right=[1])
    assert "<caption>A &lt;table&gt;</caption>" in made
    assert 'aria-label="A &lt;table&gt;"' in made
    assert '<tr><th scope="row">&lt;i&gt;</th><td class="right"><b>1</b></td></tr>' in made
    assert '<th scope="col" class="right">y</th>' in made
