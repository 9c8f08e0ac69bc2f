"""Downloads from a server of our own: tried again, hashed, whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.store import Store
from tsukitome.documents.file import File
from tsukitome.documents.origin import origin_of, read_origin
from tsukitome.fetch_command import fetch_command
from tsukitome.fetching import PORTAL, FetchError, fetch_zip, portal_name, portal_url

ROW = '"0000000000000012345","清掃業務","2017-08-09","1000000.00","P1","8002010","株式会社見本","4013301020174"\r\n'


def portal_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("successful_bid_record_info_all_2017.csv"), "\ufeff" + ROW * 1000)
    return stream.getvalue()


ZIP = portal_zip()


class Server(ThreadingHTTPServer):
    """Answers with the planned statuses, then with the archive; remembers what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        self.plan: list[int | str] = []
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        planned = self.server.plan.pop(0) if self.server.plan else 200
        if isinstance(planned, int) and planned != 200:
            self.send_error(planned)
            return
        body = b"<html>error</html>" if planned == "page" else ZIP
        if str(planned).startswith("to "):
            self.send_response(302)
            self.send_header("Location", str(planned)[3:])
            self.end_headers()
            return
        self.send_response(200)
        if planned != "cut, length unknown":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if planned == "stall":
            self.server.stalled.wait(5)  # type: ignore[attr-defined]
        else:
            self.wfile.write(body[:-1000] if str(planned).startswith("cut") else body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        running.stalled = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.stalled.set()  # type: ignore[attr-defined]
        running.shutdown()
        thread.join()


def test_the_portals_addresses() -> None:
    assert (
        portal_url(portal_name(2017)) == f"{PORTAL}?fileversion=v001&filename=successful_bid_record_info_all_2017.zip"
    )
    assert portal_name(2017, dt.date(2017, 8, 9)) == "successful_bid_record_info_diff_20170809.zip"
    assert portal_url("a.zip", "http://127.0.0.1:80/").startswith("http://127.0.0.1:80/pps-web-biz/UAB03/OAB0301?")
    assert portal_url("a.zip", "https://example.org/x").startswith("https://example.org/x?")


@pytest.mark.parametrize(
    "base",
    [
        "file:///etc/passwd",
        "example.org",
        "ftp://example.org",
        "",
        "http://",
        "http://[",
        "http://a:b/",
        f"http://{'a' * 70}/",
    ],
)
def test_only_web_addresses_are_fetched(base: str) -> None:
    with pytest.raises(FetchError, match="no web address"):
        portal_url("a.zip", base)


def test_a_file_is_fetched_hashed_and_noted(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    target = tmp_path / "new" / "a.zip"
    url = portal_url("a.zip", server.base)
    download = fetch_zip(url, target, watch=lambda done, whole: seen.append((done, whole)))
    assert target.read_bytes() == ZIP
    assert download.origin.sha256 == hashlib.sha256(ZIP).hexdigest()
    assert seen[-1] == (len(ZIP), len(ZIP))
    origin = origin_of(target, File.read(target))
    assert origin == download.origin
    assert (origin.url, origin.size, dt.datetime.fromisoformat(origin.retrieved).tzinfo) == (url, len(ZIP), dt.UTC)
    assert origin_of(target, File.of_bytes("a.zip", b"other bytes")) is None
    assert sorted(path.name for path in target.parent.iterdir()) == ["a.zip", "a.zip.json"]


@pytest.mark.parametrize("plan", [[500, 503], ["cut", "cut"], ["cut, length unknown"], ["cut", 500], [429]])
def test_what_may_pass_is_tried_again(server: Server, tmp_path: Path, plan: list[int | str]) -> None:
    waits: list[float] = []
    server.plan = list(plan)
    fetch_zip(server.base, tmp_path / "a.zip", wait=waits.append)
    assert waits == [1.0, 5.0][: len(plan)]
    assert (tmp_path / "a.zip").read_bytes() == ZIP


def test_redirections_are_followed_on_the_web_only(server: Server, tmp_path: Path) -> None:
    server.plan = ["to /elsewhere.zip"]
    download = fetch_zip(f"{server.base}/", tmp_path / "a.zip")
    assert (download.path.read_bytes(), server.asked) == (ZIP, ["/", "/elsewhere.zip"])
    for plan in (["to file:///etc/passwd"], ["to /"] * 30):
        server.plan = list(plan)
        with pytest.raises(FetchError, match="the server answered 302"):
            fetch_zip(server.base, tmp_path / "b.zip", wait=lambda _: None)
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize(
    ("plan", "words", "tries"),
    [
        ([500] * 3, "tried 3 times", 3),
        (["cut"] * 3, "cut off", 3),
        (["cut, length unknown"] * 3, "cut off or damaged", 3),
        ([404], "no such file", 1),
        (["page"], "no zip archive", 1),
        ([403], "403", 1),
    ],
)
def test_failure_leaves_nothing_behind(
    server: Server, tmp_path: Path, plan: list[int | str], words: str, tries: int
) -> None:
    server.plan = list(plan)
    (tmp_path / "a.zip").write_bytes(b"older")
    with pytest.raises(FetchError, match=words):
        fetch_zip(server.base, tmp_path / "a.zip", wait=lambda _: None)
    assert len(server.asked) == tries
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.zip", b"older")]


def test_a_server_that_never_answers_times_out(server: Server, tmp_path: Path) -> None:
    server.plan = ["stall"] * 3
    with pytest.raises(FetchError, match="failed"):
        fetch_zip(server.base, tmp_path / "a.zip", timeout=0.05, wait=lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_no_server_at_all(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="tried 3 times"):
        fetch_zip("http://127.0.0.1:1/", tmp_path / "a.zip", timeout=1, wait=lambda _: None)


def test_a_folder_that_can_not_be_written(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(FetchError, match="can't be written to"):
        fetch_zip(server.base, tmp_path / "file" / "a.zip")


def test_the_command(server: Server, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        fetch_command, ["portal", "--year", "2017", "--base-url", server.base, "-o", str(tmp_path)]
    )
    target = tmp_path / "successful_bid_record_info_all_2017.zip"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{hashlib.sha256(ZIP).hexdigest()}  {target.as_posix()}\n"
    assert read_origin(tmp_path / f"{target.name}.json") is not None
    day = CliRunner().invoke(
        fetch_command, ["portal", "--day", "2017-08-09", "--base-url", server.base, "-o", str(tmp_path)]
    )
    assert day.exit_code == 0
    assert "filename=successful_bid_record_info_diff_20170809.zip" in server.asked[-1]


def test_fetching_and_importing_again_adds_nothing(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "data" / "a.zip"
    store = Store(tmp_path / "a.sqlite")
    for _ in range(2):
        fetch_zip(server.base, target)
        import_files(store, files_under([target.parent]))
        assert (store.count_awards(), len(list(target.parent.iterdir()))) == (1000, 2)
    (award, *_) = store.awards()
    assert (award.source.file.endswith("a.zip/successful_bid_record_info_all_2017.csv"), award.source.url) == (
        True,
        server.base,
    )
    assert len(server.asked) == 2


def test_a_terminal_is_shown_a_bar_and_others_are_not(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = ["portal", "--year", "2017", "--base-url", server.base, "-o", str(tmp_path)]
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert CliRunner().invoke(fetch_command, args).stderr == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "successful_bid_record_info_all_2017.zip" in CliRunner().invoke(fetch_command, args).stderr


def test_the_commands_failure_is_one_sentence(server: Server, tmp_path: Path) -> None:
    server.plan = [404]
    result = CliRunner().invoke(
        fetch_command, ["portal", "--year", "2030", "--base-url", server.base, "-o", str(tmp_path)]
    )
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("tsukitome: http://127.0.0.1")
    assert result.stderr.count("\n") == 1
    server.plan = [404]
    args = ["portal", "--year", "2030", "--base-url", server.base, "-o", str(tmp_path), "--lang", "ja"]
    assert re.search("[ぁ-ん]", CliRunner().invoke(fetch_command, args).stderr)


@pytest.mark.parametrize("args", [[], ["--year", "17"], ["--day", "x"], ["--year", "2016", "--day", "2017-08-09"]])
def test_wrong_use(args: list[str]) -> None:
    assert CliRunner().invoke(fetch_command, ["portal", *args]).exit_code == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "tsukitome/download/1"}', "\ud800"])
def test_what_is_no_note_is_told_from_data(tmp_path: Path, text: str) -> None:
    note = tmp_path / "a.zip.json"
    note.write_text(text, encoding="utf-8", errors="surrogatepass")
    assert read_origin(note) is None
