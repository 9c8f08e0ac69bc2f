"""Whole issues of the gazette as PDF and as text, made up: every notice and every field, however the pages are set."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest
from gazette_pages import NO_FONT, Setting, differences, has_font, make_issue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tsukitome.sources.gazette
from tsukitome import cores
from tsukitome.documents import pdf_lines
from tsukitome.documents.file import File
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file

needs_font = pytest.mark.skipif(not has_font(), reason=NO_FONT)
SETTINGS = {
    "two columns": Setting(),
    "ordinary digits": Setting(private=False),
    "no rule, narrow gutter": Setting(rule=False, gutter=7, foot=False),
    "four columns": Setting(columns=4, size=6.5, gutter=10),
    "one column": Setting(columns=1, spacing=0.6),
    "all letter-spaced, large": Setting(spacing=1.0, size=11, leading=1.6),
    "lines stretched": Setting(stretched=0.6, leading=1.05),
    "columns held row by row": Setting(by_rows=True, columns=3, size=7),
    "another head, drawn last": Setting(head="（号外政府調達第22号）　官報　平成30年2月5日月曜日", heads_last=True),
}


def read(pdf: bytes) -> Reading:
    return read_file(File.of_bytes("g.pdf", pdf))


@needs_font
@pytest.mark.parametrize("name", SETTINGS)
def test_every_notice_and_every_field(name: str) -> None:
    issue = make_issue(45, seed=len(name), setting=SETTINGS[name], pictures=(2,), unknown=2)
    assert issue.pages > 2
    reading = read(issue.pdf)
    assert list(differences(issue, reading.awards)) == []
    assert [refusal.place for refusal in reading.refusals] == ["page 2"]
    assert "text" in reading.refusals[0].reason


SPARSE = {
    "a few lines in the second of two columns": (46, 15, Setting(2, 7, 1.05, 12, (516, 729), rule=False, spacing=0, font=1)),
    "three columns on the only page": (5, 15, Setting(3, 8, 1.2, 16, rule=False, spacing=0, stretched=0.3, heads_last=True)),
    "four columns, the last pages sparse": (41, 32, Setting(4, 6.5, 1.8, 16, rule=False, spacing=0, stretched=0.3)),
    "four columns on a wide page": (85, 14, Setting(4, 6.5, 1.6, 20, (842, 595), rule=False, spacing=0, font=1)),
    "letter-spaced": (53, 54, Setting(4, 6.5, 1.6, 16, (516, 729), spacing=0.8, stretched=0.6, font=1)),
}  # fmt: skip


@needs_font
@pytest.mark.parametrize("name", SPARSE)
def test_sparse_columns_held_row_by_row(name: str) -> None:
    seed, notices, setting = SPARSE[name]
    issue = make_issue(notices, seed=seed, setting=replace(setting, by_rows=True))
    assert list(differences(issue, read(issue.pdf).awards)) == []


@needs_font
def test_a_page_of_pictures_only_is_named_and_nothing_is_read() -> None:
    issue = make_issue(3, pictures=(1, 2))
    reading = read(issue.pdf)
    assert len(reading.awards) == 3
    assert [refusal.place for refusal in reading.refusals] == ["page 1", "page 2"]


@needs_font
def test_the_place_of_a_notice_is_its_page_and_line_there() -> None:
    awards = read(make_issue(60).pdf).awards
    assert {award.source.page for award in awards} >= {1, 2}
    assert all(award.award_id.endswith(f":p{award.source.page}-l{award.source.line}") for award in awards)
    assert all("架空　太郎" not in award.source.quote for award in awards)


@pytest.mark.parametrize("width", [12, 23, 31, 40, 77, 1000])
def test_a_text_copy_wrapped_at_any_width(width: int) -> None:
    if not has_font():
        pytest.skip(NO_FONT)
    issue = make_issue(30, seed=width, setting=Setting(spacing=0.5))
    wrapped = "\n".join(
        paragraph[start : start + width]
        for paragraph in issue.text.splitlines()
        for start in range(0, len(paragraph), width)
    )
    for text in (wrapped, wrapped.replace("\n", "\r\n"), wrapped.replace("\n", "\n\u3000")):
        awards = read_file(File.of_bytes("gazette-2018-02-05.txt", text.encode())).awards
        assert list(differences(issue, awards)) == []


@needs_font
def test_unreadable_characters_of_other_tools_are_counted() -> None:
    text = make_issue(2).text.replace("年度", "年度(cid:77)", 1)
    reading = read_file(File.of_bytes("gazette-2018-02-05.txt", text.encode()))
    assert "年度〓" in reading.awards[0].title
    assert any("(cid:77)" in warning for warning in reading.awards[0].warnings)


@needs_font
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 999), st.integers(8, 40), st.integers(2, 4), st.booleans())
def test_several_processes_read_the_same_to_the_last_byte(
    monkeypatch: pytest.MonkeyPatch, seed: int, notices: int, processes: int, by_rows: bool
) -> None:
    setting = Setting(columns=2 + seed % 3, size=7, page=(420, 595), by_rows=by_rows)
    issue = make_issue(notices, seed=seed, setting=setting, pictures=(2,), unknown=1)
    monkeypatch.setattr(cores, "usable_cores", lambda: 1)
    alone = read(issue.pdf)
    monkeypatch.setattr(cores, "usable_cores", lambda: processes)
    monkeypatch.setattr(cores, "has_one_thread", lambda: True)
    with monkeypatch.context() as small:
        small.setattr(pdf_lines, "_FEWEST_PAGES", 1)
        small.setattr(tsukitome.sources.gazette, "_FEWEST_NOTICES", 1)
        assert read(issue.pdf) == alone


@needs_font
@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 9999), st.sampled_from([0, 90, 180, 270]), st.booleans(), st.booleans(), st.booleans())
def test_pages_as_they_come(seed: int, turned: int, as_form: bool, cropped: bool, ruby: bool) -> None:
    setting = Setting(2, 8, 1.5, turned=turned, as_form=as_form, cropped=cropped, ruby=ruby)
    issue = make_issue(28, seed=seed, setting=setting, unknown=1)
    reading = read(issue.pdf)
    assert list(differences(issue, reading.awards)) == []
    assert reading.refusals == ()


@needs_font
def test_a_notice_over_a_page_that_cannot_be_read_says_so() -> None:
    issue = make_issue(45, pictures=(2,))
    over = [award for award in read(issue.pdf).awards if any("runs over page 2" in one for one in award.warnings)]
    assert [award.source.page for award in over] == [1]


@needs_font
@settings(max_examples=10, deadline=None)
@given(st.floats(0.02, 0.999), st.booleans())
def test_a_file_cut_off_anywhere(share: float, packed: bool) -> None:
    """What is read was printed; every page that is not there is named, or the whole file."""
    issue = make_issue(40, seed=3)
    pdf = packed_objects(issue.pdf) if packed else issue.pdf
    reading = read(pdf[: int(len(pdf) * share)])
    printed = {truth.title for truth in issue.notices}
    whole = [award for award in reading.awards if not any("prints no" in warning for warning in award.warnings)]
    assert {"".join(award.title.split()) for award in whole} <= printed
    assert reading.refusals
    if reading.awards:
        named = {refusal.place for refusal in reading.refusals if refusal.place}
        assert named | {f"page {award.source.page}" for award in reading.awards} >= {
            f"page {number}" for number in (1, 2)
        }


@pytest.mark.parametrize(
    "torn",
    [
        b"1 0 obj " * 100_000 + b"endobj",
        b"1 0 obj << /Type /Page " + b"/A [" * 100_000 + b" >> endobj",
        b"1 0 obj << /Type /Pages " + b"/Kids [" * 100_000 + b" >> endobj",
        b"".join(b"%d 0 obj << /Type /Page /F %d 0 R >> endobj\n" % (at, at + 1) for at in range(1, 10_000)),
    ],
    ids=["objects that do not end", "lists that do not end", "trees that do not end", "pages that need each other"],
)
def test_torn_objects_without_end_are_told_in_one_look(torn: bytes) -> None:
    """Each look ahead to the end of what does not end would make it a quadratic one: minutes for these."""
    reading = read(b"%PDF-1.4\n" + torn)
    assert not reading.awards
    assert reading.refusals


def packed_objects(pdf: bytes) -> bytes:
    """The same PDF with its fonts and pages in a compressed object stream, and the content behind them."""
    objects = {
        int(number): body
        for number, body in re.findall(rb"(?m)^([0-9]+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)
    }  # fmt: skip
    inner = {number: body for number, body in objects.items() if b"stream" not in body}
    table, bodies = b"", b""
    for number, body in inner.items():
        table += b"%d %d " % (number, len(bodies))
        bodies += body + b"\n"
    data = zlib.compress(table + bodies)
    head = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % (len(inner), len(table), len(data))
    rest = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in objects.items() if number not in inner
    )
    stream = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (max(objects) + 1, head, data)
    return b"%PDF-1.5\n" + stream + rest
