"""The report in a real browser: it draws itself, asks nobody for anything, searches, sorts and prints."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import chromium
import pypdfium2
import pytest
from casework.cases import TWO_FILES, run, seed_case
from casework.hostile import hostile_case

pytestmark = pytest.mark.skipif(chromium.found() is None, reason="no Chromium on this machine (apt install chromium)")


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, Path]:
    """The seed's report in both languages, and one of hostile names."""
    case = seed_case(folder / "seed", "--data", *TWO_FILES)
    made = {"hostile": hostile_case(folder / "hostile")}
    for language in ("ja", "en"):
        made[language] = folder / f"report-{language}.html"
        done = run("report", case, "-o", made[language], "--lang", language)
        assert done.exit_code == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[chromium.Chromium]:
    with chromium.Chromium(folder / "profile") as browser:
        yield browser


@pytest.mark.parametrize("name", ["ja", "en", "hostile"])
def test_it_draws_itself_without_an_error_and_without_asking_anybody(
    browser: chromium.Chromium, reports: dict[str, Path], name: str
) -> None:
    browser.open(reports[name])
    assert browser.run("document.querySelectorAll('main section').length") >= 10
    assert browser.run("document.querySelectorAll('svg.chart').length") >= 2
    assert browser.run("Array.from(document.images).every((image) => image.naturalWidth > 0)")
    errors = browser.told("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
    assert errors == []
    asked = [request["request"]["url"] for request in browser.told("Network.requestWillBeSent")]
    assert [url for url in asked if not url.startswith("data:")] == [reports[name].resolve().as_uri()]


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_runs_out_of_the_page(browser: chromium.Chromium, reports: dict[str, Path], width: int) -> None:
    browser.open(reports["ja"], width=width)
    assert browser.run("document.documentElement.scrollWidth") <= width


def test_search_keeps_the_rows_that_fit(browser: chromium.Chromium, reports: dict[str, Path]) -> None:
    browser.open(reports["ja"])
    shown = (
        "Array.from(document.querySelectorAll('#candidates-table tbody tr:not(.hidden) th')).map((c) => c.textContent)"
    )
    everyone = browser.run(shown)
    search = """(words) => {
        const input = document.querySelector('#candidates .search input');
        input.value = words; input.dispatchEvent(new Event('input')); }"""
    browser.run(f"({search})('say企画')")  # whatever the case and the width
    assert browser.run(shown) == ["株式会社SAY企画"]
    browser.run(f"({search})('豊島区　企画')")
    assert "株式会社SAY企画" in browser.run(shown)
    browser.run(f"({search})('')")
    assert browser.run(shown) == everyone


def test_a_click_sorts_by_number_and_a_second_one_turns_it_round(
    browser: chromium.Chromium, reports: dict[str, Path]
) -> None:
    browser.open(reports["en"])
    bits = "Array.from(document.querySelectorAll('#candidates-table tbody td:last-child')).map((c) => Number(c.dataset.value))"
    click = "document.querySelector('#candidates-table th:last-child button').click()"
    browser.run(click)
    rising = [number for number in browser.run(bits) if number is not None]
    assert rising == sorted(rising)
    assert browser.run("document.querySelector('#candidates-table th:last-child').ariaSort") == "ascending"
    browser.run(click)
    falling = [number for number in browser.run(bits) if number is not None]
    assert falling == sorted(rising, reverse=True)


def test_a_script_in_a_title_stays_text(browser: chromium.Chromium, reports: dict[str, Path]) -> None:
    browser.open(reports["hostile"])
    assert browser.run("window.broken") is None
    assert "<script>window.broken=1</script>" in browser.run("document.body.innerText")
    assert browser.run("document.querySelectorAll('script').length") == 1
    assert browser.run("document.querySelectorAll('b.evil, img[src=x]').length") == 0


def test_a_script_that_got_in_would_not_run(browser: chromium.Chromium, reports: dict[str, Path]) -> None:
    browser.open(reports["en"])
    browser.run(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.broken = 1'}))"
    )
    assert browser.run("window.broken") is None  # the page's policy knows its own script by its hash


def test_it_has_landmarks_names_for_its_charts_and_one_heading(
    browser: chromium.Chromium, reports: dict[str, Path]
) -> None:
    browser.open(reports["en"])
    assert browser.run("document.documentElement.lang") == "en"
    for landmark in ("header", "nav[aria-label]", "main", "footer"):
        assert browser.run(f"document.querySelectorAll('{landmark}').length") == 1
    assert browser.run("document.querySelectorAll('h1').length") == 1
    assert browser.run(
        "Array.from(document.querySelectorAll('svg.chart')).every((s) => s.getAttribute('aria-label') && s.querySelector('desc'))"
    )
    for elements, holds in (
        ("main section", "document.getElementById(one.getAttribute('aria-labelledby'))"),
        ("a[href]", "document.querySelector(one.getAttribute('href'))"),
        ("div.wide", "one.tabIndex === 0 && one.getAttribute('role') === 'region'"),
    ):
        assert browser.run(f"Array.from(document.querySelectorAll('{elements}')).every((one) => {holds})"), elements
    assert browser.run("Array.from(document.images).every((image) => image.alt)")


@pytest.mark.parametrize("name", ["ja", "en"])
def test_it_prints_on_a4_with_page_numbers(browser: chromium.Chromium, reports: dict[str, Path], name: str) -> None:
    browser.open(reports[name])
    printed = browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
    document = pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(printed)))
    pages = len(document)
    assert pages > 3
    for number in range(pages):
        width, height = document[number].get_size()
        assert (round(width), round(height)) == (595, 842)
        text = document[number].get_textpage().get_text_bounded()
        assert f"{number + 1} / {pages}" in text
