"""PDFs that unfold to more than any document: refused in one sentence before a library holds what they unfold to."""

from __future__ import annotations

import zlib

import pytest

from tsukitome.documents import pdf, pdf_bombs
from tsukitome.documents.file import File
from tsukitome.documents.pdf import read_pdf_tables
from tsukitome.documents.pdf_bombs import refuse_bombs
from tsukitome.documents.pdf_lines import read_pdf_lines
from tsukitome.errors import UnreadableError
from tsukitome.sources.recognize import read_file

MIB = 1 << 20
TEXT = b"BT /F1 9 Tf 20 20 Td (award 12345) Tj ET"


def document(content: bytes, filters: bytes = b"/FlateDecode", *, pages: int = 1, more: bytes = b"") -> File:
    """A PDF whose pages share one stream."""
    stream = b"<< /Length %d /Filter %s %s >>\nstream\n%s\nendstream" % (len(content), filters, more, content)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = b" ".join(b"%d 0 R" % (5 + at) for at in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /Font << /F1 4 0 R >> >> /Contents 3 0 R >>"
    )
    tree = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, stream, font, *[page] * pages]
    data, table = b"%PDF-1.5\n", b""
    for number, body in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return File.of_bytes("b.pdf", data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end)


def packed(mebibytes: int, times: int = 1) -> bytes:
    data = TEXT + b" " * (mebibytes * MIB)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_bombs, "_LARGEST", MIB)
    monkeypatch.setattr(pdf_bombs, "_LARGEST_PICTURE", 3 * MIB)
    monkeypatch.setattr(pdf_bombs, "_TOGETHER", 4 * MIB)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("read", [read_pdf_lines, read_pdf_tables, refuse_bombs])
def test_a_content_that_inflates_too_far(read: object) -> None:
    with pytest.raises(UnreadableError, match=r"b\.pdf: has a part that inflates to more than 1 MiB"):
        read(document(packed(2)))  # type: ignore[operator]


@pytest.mark.usefixtures("small")
def test_what_is_packed_twice_is_counted_as_the_page_has_it() -> None:
    content = packed(2, times=2)
    assert len(content) * 1032 < MIB
    with pytest.raises(UnreadableError):
        refuse_bombs(document(content, b"[/FlateDecode /FlateDecode]"))


@pytest.mark.usefixtures("small")
def test_an_end_inside_of_a_stream_hides_nothing() -> None:
    before = zlib.compressobj(0)
    stored = before.compress(b"endstream endobj ") + before.flush(zlib.Z_FULL_FLUSH)
    after = zlib.compressobj(9, zlib.DEFLATED, -15)
    with pytest.raises(UnreadableError):
        refuse_bombs(document(stored + after.compress(bytes(2 * MIB)) + after.flush()))


@pytest.mark.usefixtures("small")
def test_pictures_may_be_larger() -> None:
    picture = b"/Type /XObject /Subtype /Image"
    refuse_bombs(document(packed(2), more=picture))
    with pytest.raises(UnreadableError):
        refuse_bombs(document(packed(4), more=picture))


@pytest.mark.usefixtures("small")
def test_streams_that_are_large_together() -> None:
    one = document(packed(2) + bytes(2000), more=b"/Subtype /Image").data  # so many bytes could inflate to 4 MiB
    with pytest.raises(UnreadableError, match="parts that inflate to more than 4 MiB together"):
        refuse_bombs(File.of_bytes("b.pdf", one * 3))


def test_small_streams_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    content = zlib.compress(TEXT)
    monkeypatch.setattr(pdf_bombs, "_too_large", never)
    assert [line.text for line in read_pdf_lines(document(content)).lines] == ["award 12345"]


def test_pages_that_take_too_long_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_bombs, "SECONDS", -1000.0)
    file = document(zlib.compress(TEXT), pages=3)
    assert [page for page, _ in read_pdf_lines(file).unread] == [1, 2, 3]
    assert [place for place, _ in read_pdf_tables(file).unreadable] == ["page 1", "page 2", "page 3"]
    [refusal] = read_file(file).refusals
    assert refusal.reason == "takes far longer to read than its size explains. Give its pages in parts."


@pytest.mark.parametrize(("limit", "value"), [("_MOST_CHARACTERS", 10), ("_LARGEST_CONTENT", 20)])
def test_a_page_of_too_much_has_no_tables(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    file = document(zlib.compress(TEXT))
    assert read_pdf_tables(file).unreadable == ()
    monkeypatch.setattr(pdf, limit, value)
    [(place, reason)] = read_pdf_tables(file).unreadable
    assert (place, reason) == ("page 1", "holds more than a page can print: its tables are missing.")
