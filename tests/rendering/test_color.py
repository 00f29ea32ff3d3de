"""Color is used on a terminal only, unless told."""

from __future__ import annotations

import io

import pytest

from pstnkit.rendering.color import Style, paint, wants_color


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("TERM", raising=False)


def test_a_terminal_gets_color_and_a_file_does_not() -> None:
    assert wants_color(None, _Terminal())
    assert not wants_color(None, io.StringIO())


def test_standard_output_is_asked_when_no_stream_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", _Terminal())
    assert wants_color(None)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_the_environment_can_forbid_color_but_not_overrule_the_caller(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert not wants_color(None, _Terminal())
    assert wants_color(choice=True, stream=io.StringIO())


def test_styles_are_put_on_together_and_taken_off() -> None:
    assert paint("x", Style.BOLD, Style.RED, on=True) == "\x1b[1;31mx\x1b[0m"


def test_no_style_leaves_text_alone() -> None:
    assert paint("x", on=True) == "x"
