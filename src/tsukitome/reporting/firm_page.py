"""A firm's profile as one self-contained page, and as a piece of one for notebooks and reports."""

from __future__ import annotations

from collections.abc import Sequence

from tsukitome.language import Language
from tsukitome.profile.profile import FirmList, Profile
from tsukitome.reporting.firm_view import FirmView
from tsukitome.reporting.inert import visible
from tsukitome.reporting.sections import Section


def firm_page(found: Profile | FirmList, language: Language) -> str:
    """A whole HTML page: no script, no request to any host."""
    return _render("firm_page.html", found, language)


def firm_fragment(found: Profile | FirmList, language: Language = "en") -> str:
    """The same as a piece of HTML, to stand in a notebook's cell or in another page."""
    return _render("firm.html", found, language)


def sections_fragment(title: str, sections: Sequence[Section], language: Language) -> str:
    """Any sections as a piece of HTML in the same dress."""
    return _drawn("firm.html", title, sections, FirmView(language))


def _render(template: str, found: Profile | FirmList, language: Language) -> str:
    view = FirmView(language)
    return _drawn(template, visible(view.title(found)), view.of(found), view)


def _drawn(template: str, title: str, sections: Sequence[Section], view: FirmView) -> str:
    from tsukitome.reporting.page import environment

    drawing = environment(view.language)
    return drawing.get_template(template).render(title=title, sections=sections, language=view.language, say=view.say)
