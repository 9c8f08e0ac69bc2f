"""Commands run as from a shell, with the promise that holds for all of them: no traceback."""

from __future__ import annotations

from click.testing import CliRunner, Result

from tsukitome.cli import main


def run(*arguments: object, lang: str = "en", stdin: str | None = None) -> Result:
    found = CliRunner().invoke(main, [*map(str, arguments), "--lang", lang], input=stdin)
    assert found.exception is None or isinstance(found.exception, SystemExit), (arguments, found.exc_info)
    return found
