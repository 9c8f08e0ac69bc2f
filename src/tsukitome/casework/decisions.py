"""Decisions of people on a firm: what the program offers is a lead until somebody puts their name to it."""

from __future__ import annotations

import datetime as dt

from tsukitome.case import Case, Decision
from tsukitome.normalize.firm import core_key


def decided(case: Case, firm: str, *, by: str, reason: str, day: dt.date, reject: bool = False) -> Decision:
    """A decision on a firm; number and awards are those of the case's own lead of that name, where it has one."""
    lead = next((one for one in reversed(case.decisions) if core_key(one.firm) == core_key(firm)), None)
    return Decision(
        "rejected" if reject else "confirmed",
        lead.firm if lead else firm,
        lead.corporate_number if lead else None,
        lead.awards if lead else (),
        by,
        day,
        reason,
    )
