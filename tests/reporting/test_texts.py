"""Every text of an answer is changed, however deep it lies."""

from tsukitome.findings import Evidence
from tsukitome.later import Later
from tsukitome.reporting.texts import changed


def test_what_is_made_later_is_changed_too() -> None:
    evidence = Later(1, lambda _: Evidence("firm", "agree", 1.0, None, "架空太郎"))
    shown = {"evidence": evidence, "names": ["架空太郎"]}
    found = changed(shown, lambda text: text.replace("架空太郎", "●"))
    assert (found["evidence"][0].found, found["names"]) == ("●", ["●"])  # type: ignore[attr-defined]
