"""A case as a newsroom would keep it: the seed's news in own words, asked of the sample data."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from tsukitome.cli import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data"
# The two files that print the seed's award, R1 and R2: quick to read.
TWO_FILES = (SAMPLE / "nenkin" / "contracts-2017-08.pdf", SAMPLE / "gazette" / "gazette-2017-10-02.txt")
NEWS = (
    "日本年金機構の仕事を引き受けた業者が、取り決めに背いて個人情報を国外の業者に扱わせていたことが19日分かった。\n"
    "機構によると、委託したのは「扶養親族等申告書・個人番号申出書 データ入力及び画像化業務 一式」で、昨年8月に一般競争入札を行い、"
    "東京・豊島区の情報処理業者と見込み総額約1億8000万円で契約を結んだ。対象はおよそ500万人分の申告書にのぼる。\n"
)


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def seed_case(folder: Path, *more: str | Path) -> Path:
    """CASE.toml of the seed's news in a folder, on the sample data."""
    folder.mkdir(exist_ok=True)
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    case = folder / "CASE.toml"
    made = run("case", "new", case, "--article", folder / "news.txt", "--article-date", "2018-03-19", *more)
    assert made.exit_code == 0, made.stderr
    return case
