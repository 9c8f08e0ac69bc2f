"""A firm's profile as one self-contained page, and as a piece of one for notebooks and reports."""

from __future__ import annotations

from tsukitome.profile.profile import FirmList, Profile
from tsukitome.reporting.firm_view import FirmView
from tsukitome.reporting.inert import visible
from tsukitome.wording import Language


def firm_page(found: Profile | FirmList, language: Language) -> str:
    """A whole HTML page: no script, no request to any host."""
    return _render("firm_page.html", found, language)


def firm_fragment(found: Profile | FirmList, language: Language = "en") -> str:
    """The same as a piece of HTML, to stand in a notebook's cell or in another page."""
    return _render("firm.html", found, language)


def _render(template: str, found: Profile | FirmList, language: Language) -> str:
    from tsukitome.reporting.page import environment

    view = FirmView(language)
    drawing = environment(language)
    return drawing.get_template(template).render(
        title=visible(view.title(found)), sections=view.of(found), language=language, say=view.say
    )
