"""``tsukitome report``: a case as a page that can be printed, handed over and checked, or as Markdown, JSON, a workbook or CSV."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsukitome.arguments import PathsCommand, data_option, lang_option
from tsukitome.check_command import check_opened, keep_lock, read
from tsukitome.command import language_of, message, open_data, plain_errors

if TYPE_CHECKING:
    from tsukitome.language import Language
    from tsukitome.reporting.report.dossier import Dossier


@click.command("report", cls=PathsCommand)
@click.argument("case", metavar="CASE.toml")
@data_option
@click.option("-o", "--output", metavar="FILE", help="Where to write the report; without it, on stdout.")
@click.option(
    "--format", "form", type=click.Choice(["html", "md", "json", "xlsx", "csv"]),
    help="The form of the report; by the ending of FILE without it, else html.",
)  # fmt: skip
@click.option("--since", metavar="CASE.lock", help="Say what has changed since this lock was written.")
@click.option(
    "--claim-review", is_flag=True, help="With --format json: add ClaimReview entries; their ratings are a person's."
)
@click.option("--unmask", is_flag=True, help="Show the names of sole proprietors.")
@lang_option
def report_command(
    case: str,
    data: tuple[str, ...],
    output: str | None,
    form: str | None,
    since: str | None,
    claim_review: bool,
    unmask: bool,
    lang: str | None,
) -> None:
    """Writes the report of a case: one page that needs nothing else, or the same facts in another form.

    Example: tsukitome report CASE.toml -o report.html --lang ja
    """
    with plain_errors():
        from tsukitome.casework.dossier import dossier
        from tsukitome.casework.question import data_of
        from tsukitome.reporting.report.dossier import masked

        form = form or _form_of(output)
        if claim_review and form != "json":
            raise click.UsageError("--claim-review goes with --format json.")
        if form == "xlsx" and output is None:
            raise click.UsageError("a workbook is written to a file: add -o FILE.xlsx.")
        told = read(case)
        archive = open_data(data_of(told, data))
        found = check_opened(told, archive, since)
        keep_lock(found, anew=False)
        language: Language = "en" if form == "json" and lang is None else language_of(lang)
        whole = dossier(found, archive, _command(case, data, form, unmask, language))
        written = _drawn(whole if unmask else masked(whole), form, language, output is not None, claim_review)
        _write(output, written)


def _form_of(output: str | None) -> str:
    ending = Path(output).suffix.lower().removeprefix(".") if output else ""
    return {"md": "md", "json": "json", "xlsx": "xlsx", "csv": "csv"}.get(ending, "html")


def _command(case: str, data: tuple[str, ...], form: str, unmask: bool, language: Language) -> str:
    """The command that makes the same report again, run in the case's folder."""
    from tsukitome.replaying import quoted

    words = ["tsukitome", "report", quoted(Path(case).name)]
    for path in data:
        words += ["--data", quoted(path)]
    words += ["--unmask"] if unmask else []
    return " ".join([*words, "--lang", language, "-o", f"report.{form}"])


def _drawn(dossier: Dossier, form: str, language: Language, to_file: bool, claim_review: bool) -> bytes:
    if form == "xlsx":
        from tsukitome.reporting.report.workbook import workbook

        return workbook(dossier, language)
    if form == "csv":
        from tsukitome.reporting.report.sheets import evidence_csv

        # A spreadsheet takes UTF-8 without its mark for another encoding.
        return evidence_csv(dossier, language).encode("utf-8-sig" if to_file else "utf-8")
    if form == "md":
        from tsukitome.reporting.report.markdown import report_markdown

        return report_markdown(dossier, language).encode("utf-8")
    if form == "json":
        from tsukitome.reporting.report.structured import report_json

        return report_json(dossier, language, claim_review).encode("utf-8")
    from tsukitome.reporting.report.page import report_page

    return report_page(dossier, language).encode("utf-8")


def _write(output: str | None, written: bytes) -> None:
    from tsukitome.errors import UnreadableError

    if output is None:
        sys.stdout.buffer.write(written)
        return
    try:
        Path(output).write_bytes(written)
    except OSError as error:
        raise UnreadableError(output, f"can't be written ({error.strerror}).") from error
    message(f"{output}: written.")
