"""Every sentence exists in both languages with the same facts, and every sentence named in the code exists."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from tsukitome.wording import CATALOGUES, phrase

SOURCE = Path(__file__).resolve().parents[1] / "src" / "tsukitome"
TOLD = [tomllib.loads((SOURCE / name).read_text(encoding="utf-8")) for name in CATALOGUES]
SENTENCES = {name: sentence for told in TOLD for name, sentence in told.items()}


@pytest.mark.parametrize("name", SENTENCES)
def test_both_languages_tell_the_same_facts(name: str) -> None:
    facts = {
        language: {field for _, field, _, _ in Formatter().parse(SENTENCES[name][language]) if field}
        for language in ("en", "ja")
    }
    assert facts["en"] == facts["ja"]


def test_a_sentence_stands_in_one_catalogue_only() -> None:
    assert len(SENTENCES) == sum(map(len, TOLD))


def test_no_sentence_is_missing_and_none_is_unused() -> None:
    # The evaluation has labels of its own.
    own = {SOURCE / "evaluation"}
    found = [path for kind in ("*.py", "*.html") for path in SOURCE.rglob(kind)]
    paths = [path for path in found if not own & {path, *path.parents}]
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    named = set(re.findall(r"""(?:phrase|say)\(\s*f?["']([a-z_]+)["'{]""", code))
    families = tuple(name for name in named if name.endswith("_"))  # clue_ with the clue's name behind it
    assert named - set(families) <= set(SENTENCES)
    unused = {name for name in SENTENCES if not re.search(f"[\"']{name}[\"']", code) and not name.startswith(families)}
    assert not unused


def test_facts_may_be_phrases_and_lists() -> None:
    said = phrase("title_common", similarity=phrase("title_similarity", percent=80), parts=["申告書", "入力"])
    assert said.say("en") == "80% of what was said, by weight; in common: 申告書, 入力"
    assert "申告書、入力" in said.say("ja")
