"""The report as JSON, and its claims as ClaimReview entries whose rating is a person's or none."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tsukitome.case import Case
from tsukitome.checks import ClaimFinding
from tsukitome.language import Language
from tsukitome.reporting.inert import json_text
from tsukitome.reporting.report.dossier import Dossier
from tsukitome.reporting.report.view import View

SCHEMA = "tsukitome/report/1"


def report_json(dossier: Dossier, language: Language, claim_review: bool = False) -> str:
    """The whole report, ending in a line break."""
    view = View(dossier, language)
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "case": _case(dossier.case),
        "identification": dossier.found.to_dict(language),
        "check": dossier.check.to_dict(language),
        "caveats": view.caveats(),
        "sources": [one["source"].to_dict() | {"number": one["number"]} for one in view.sources()],
        "licences": [asdict(licence) for licence in view.licences()],
        "masked": dossier.masked,
        "command": dossier.command,
        "case_sha256": dossier.case_sha256,
    }
    if claim_review:
        told["claim_review"] = [_claim_review(claim, dossier.case) for claim in dossier.check.claims]
    return json_text(told, 1) + "\n"


def _case(case: Case) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(asdict(case), default=lambda day: day.isoformat()))
    return told | {"file": Path(case.file).name}


def _claim_review(claim: ClaimFinding, case: Case) -> dict[str, Any]:
    """A claim in schema.org's form. A rating, and who gave it, are there only if a person wrote them into the case."""
    article = case.article(claim.article)
    appearance: dict[str, Any] = {"@type": "NewsArticle"}
    if article:
        appearance |= {
            "url": article.url,
            "headline": article.title,
            "datePublished": article.date and article.date.isoformat(),
            "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
        }
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": claim.text,
        "itemReviewed": {
            "@type": "Claim",
            "appearance": {name: value for name, value in appearance.items() if value is not None},
        },
    }
    if claim.rating:
        review["reviewRating"] = {"@type": "Rating", "alternateName": claim.rating}
        if claim.rated_by:
            review["author"] = {"@type": "Person", "name": claim.rated_by}
    return review
