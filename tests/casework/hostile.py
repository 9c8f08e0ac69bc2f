"""A case in which every name is hostile: markup, formulas, control codes; and a sole proprietor."""

from __future__ import annotations

from pathlib import Path

from casework.cases import run

TITLE = "<script>window.broken=1</script>=1+1の入力業務"
FIRM = "=cmd|'/C calc'!A0<img src=x onerror=alert(1)>株式会社架空"
PERSON = "山田 太郎"
HOME = "3-4-5"

_HEADER = (
    "物品役務等の名称及び数量,契約を締結した日,契約の相手方の商号又は名称,契約の相手方の住所,"
    "一般競争入札・指名競争入札の別,予定価格,契約金額,落札率,備考"
)
_ROWS = (
    f'"{TITLE}",平成29年8月9日,"{FIRM}",東京都豊島区池袋1-1-1,一般競争入札,"2,000,000","1,500,000",75%,'
    '"<b class=evil>備考</b>\x1b[31m"',
    f'封筒の印刷[bold]業務[/bold],平成29年8月10日,{PERSON},東京都豊島区池袋{HOME},一般競争入札,,"1,500,000",,',
    '清掃業務,平成29年8月11日,株式会社架空清掃,大阪府大阪市北区梅田1-1,一般競争入札,,"9,000,000",,',
)


def hostile_data(folder: Path) -> Path:
    """A contract table with the hostile rows."""
    folder.mkdir(exist_ok=True)
    data = folder / "契約<i>.csv"
    data.write_text("\n".join((_HEADER, *_ROWS)) + "\n", encoding="utf-8")
    return data


def write_case(folder: Path) -> Path:
    """The case file: its clues fit all rows a little."""
    data = hostile_data(folder)
    case = folder / "CASE.toml"
    case.write_text(
        f'title = "<script>window.broken=2</script>"\n[data]\npaths = ["{data.name}"]\n'
        '[[clues]]\nname = "ward"\ntext = "豊島区"\n[[clues]]\nname = "month"\ntext = "2017-08"\n'
        '[[clues]]\nname = "value"\ntext = "150万円"\n'
        '[[claims]]\ntext = "<img src=x onerror=alert(2)>と話した"\n'
        '[[decisions]]\nstage = "lead"\nfirm = "=HYPERLINK(1)"\n'
        '[[replies]]\nwho = "<b class=evil>会社</b>"\nanswer = "+81-3"\n'
        '[[corroboration]]\nurl = "javascript:alert(3)"\nquote = "<script>window.broken=3</script>"\nsupports = "@SUM(1)"\n',
        encoding="utf-8",
    )
    return case


def hostile_case(folder: Path) -> Path:
    """The report of the hostile case as a page."""
    case = write_case(folder)
    page = folder / "report.html"
    done = run("report", case, "-o", page, "--lang", "en")
    assert done.exit_code == 0, done.stderr
    return page
