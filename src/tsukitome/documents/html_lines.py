"""An HTML page as lines of text: for pages that print running text, such as copies of gazette notices."""

from __future__ import annotations

from tsukitome.documents.file import File
from tsukitome.documents.lines import Line, decode, lines_of
from tsukitome.errors import UnreadableError

_BLOCKS = ("p", "div", "li", "dt", "dd", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "td", "th")
_SKIPPED = ("script", "style", "noscript", "template", "head", "rt", "rp")


def read_html_lines(file: File) -> tuple[Line, ...]:
    """The lines that a page shows; ``<br>`` and the ends of blocks end a line. Raises UnreadableError for no page at all."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(decode(file).encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, etree.LxmlError) as error:
        raise UnreadableError(file.shown, "is no HTML page.") from error
    etree.strip_elements(root, *_SKIPPED, with_tail=False)
    for element in root.iter("br", *_BLOCKS):
        element.tail = "\n" + (element.tail or "")
    return tuple(line for line in lines_of(root.text_content()) if line.text.strip())
