"""Which language people are spoken to in."""

import pytest

from tsukitome.language import language_of_locale


def test_the_locale_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert language_of_locale() == "en"
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert language_of_locale() == "ja"
    monkeypatch.setenv("LC_ALL", "C")
    assert language_of_locale() == "en"
