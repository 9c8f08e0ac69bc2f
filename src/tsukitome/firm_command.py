"""``tsukitome firm``: what the loaded records tell of one firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tsukitome.arguments import PathsCommand, data_option, lang_option, utf_8
from tsukitome.command import console, language_of, open_data, plain_errors

if TYPE_CHECKING:
    from tsukitome.profile.profile import FirmList, Profile


@click.command("firm", cls=PathsCommand)
@click.argument("name_or_number", metavar="NAME-OR-NUMBER")
@data_option
@click.option(
    "--pick", type=click.IntRange(min=1), multiple=True, metavar="N",
    help="Of several firms the N-th of the list; repeated, those are taken together, on your word.",
)  # fmt: skip
@click.option(
    "--around", metavar="TIME", help="2017-08: sets apart the awards of that time and a month on either side."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "html"]), default="table", show_default=True
)
@lang_option
def firm_command(
    name_or_number: str, data: tuple[str, ...], pick: tuple[int, ...], around: str | None, form: str, lang: str | None
) -> None:
    """Shows what the records tell of a firm: names, addresses, awards, buyers, prices, each with its source.

    Example: tsukitome firm 株式会社SAY企画 --around 2017-08
    """
    with plain_errors():
        from tsukitome.profile.profile import NotOneFirmError

        archive = open_data(data)
        found: Profile | FirmList
        try:
            found = archive.firm(utf_8(name_or_number), pick=pick, around=around and utf_8(around))
        except NotOneFirmError as error:
            found = error.firms
        except ValueError as error:
            raise click.UsageError(f"{error}.") from error
        _print(found, form, lang)


def _print(found: Profile | FirmList, form: str, lang: str | None) -> None:
    if form == "json":
        from tsukitome.reporting.inert import json_text

        click.echo(json_text(found.to_dict(lang or "en"), 1))  # type: ignore[arg-type]
    elif form == "csv":
        from tsukitome.reporting.firm_frame import firm_csv

        click.echo(firm_csv(found), nl=False)
    elif form == "html":
        from tsukitome.reporting.firm_page import firm_page

        click.echo(firm_page(found, language_of(lang)))
    else:
        from tsukitome.reporting.firm_terminal import print_firm

        print_firm(found, language_of(lang), console())
