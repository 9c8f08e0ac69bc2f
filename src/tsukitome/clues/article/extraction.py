"""The text of an article from a file's bytes: plain text as it is, HTML without menus, advertisements and comments."""

from __future__ import annotations

import re

from tsukitome.errors import UnreadableError

ENCODINGS = ("utf-8-sig", "cp932", "euc_jp")
_MARKUP = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<article[\s>]|<p[\s>]|<div[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_HIRAGANA = re.compile("[ぁ-ん]")
_LONGEST = 1_000_000  # characters of an article: a whole book; reading one takes about ten seconds
_NO_TEXTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3\0",
)  # PDF, zip, gzip, old Office files
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 4096  # bytes or characters at the beginning that tell what a file is


def decoded(content: bytes, file: str = "stdin") -> str:
    """A file's text: by the encoding that its HTML states, else UTF-8, else CP932 or EUC-JP, whichever
    gives more hiragana.

    Line ends stay as they are. Raises UnreadableError where none fits.
    """
    stated = _CHARSET.search(content[:_LOOKED_AT])
    first = "utf-16" if content.startswith(_UTF_16) else stated[1].decode("ascii") if stated else "utf-8-sig"
    for encoding in (first, "utf-8-sig"):
        text = _decoded(content, "utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
        if text is not None:
            return text
    # Much of EUC-JP is half-width katakana in CP932: prose has hiragana.
    fitting = [text for encoding in ENCODINGS[1:] if (text := _decoded(content, encoding)) is not None]
    if fitting:
        return max(fitting, key=lambda text: len(_HIRAGANA.findall(text)))
    raise UnreadableError(file, f"it is no text in {', '.join(ENCODINGS)}. Save it as UTF-8.")


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def is_html(text: str) -> bool:
    """Whether a text is a page rather than prose."""
    return text.lstrip()[:1] == "<" and _MARKUP.search(text[:_LOOKED_AT]) is not None


def article_text(content: bytes, file: str = "stdin") -> str:
    """The article in a file: its text, and for HTML what trafilatura (Apache-2.0) takes for the article's body.

    Raises UnreadableError for bytes that are empty or no text, for a page in which there is no article, and for more than
    :data:`_LONGEST` characters.
    """
    if not content.strip(b"\0\t\n\r\f \xef\xbb\xbf"):
        raise UnreadableError(file, "is empty.")
    if content.lstrip()[:_LOOKED_AT].startswith(_NO_TEXTS):
        raise UnreadableError(
            file, "is no text, but a PDF, a workbook or another packed file. Copy its text into a file and give that."
        )
    text = decoded(content, file)
    if is_html(text):
        text = _body(text, file)
    if len(text) > _LONGEST:
        raise UnreadableError(file, f"is a text of more than {_LONGEST:,} characters. Give the part that matters.")
    return text


def _body(page: str, file: str) -> str:
    import trafilatura  # only for pages: it takes longer to load than an article to read

    body = trafilatura.extract(page, include_comments=False, include_tables=False, favor_recall=True)
    if not body:
        raise UnreadableError(file, "no article was found in the page. Copy its text into a file and give that.")
    return str(body)
