"""The tree is the architecture: nothing below knows what is above."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "tsukitome"

# From the bottom up. A room may import from itself and from the rooms before it. Rooms in one line may know each other.
FLOORS = [
    {"packaged", "language", "later", "cores", "pattern", "dataclass"},
    {"errors", "wording", "translation", "small_files"},
    {"awards", "registrations"},
    {"normalize"},
    {"clues"},
    {"documents"},
    {"findings", "case", "checks"},
    {"sources"},
    {"archive"},
    {"matching"},
    {"profile"},
    {"reporting"},
    {"answers", "api", "replaying", "firm_profile", "price_comparison", "news", "__init__"},
    {"evaluation", "casework"},
    {"fetching"},
    {"usage", "command"},
    {"arguments"},
    {"article_files"},
    {"fetch_command", "clues_command", "case_command", "check_command", "evaluate_command", "firm_command"},
    {"report_command"},
    {"cli", "__main__"},
]
# The front door draws its answers when it is asked to; the drawing is loaded only then.
ROOT = "tsukitome"


def room(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{ROOT}."):
            names.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith(f"{ROOT}.")}
    return names


def test_imports_point_downwards() -> None:
    height = {name: floor for floor, names in enumerate(FLOORS) for name in names}
    upwards = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        if room(path) != "__init__"
        for name in imported(path)
        if height[name] > height[room(path)]
    ]
    assert upwards == []
