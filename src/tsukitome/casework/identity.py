"""Who the firm is: its number, its address, others of its name, and what the corporate register says of the award's day.

Equal names stay apart until a number or an address decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tsukitome.archive.firm_queries import FirmRow
from tsukitome.archive.register import Register
from tsukitome.awards import Supplier
from tsukitome.casework.subject import Checked
from tsukitome.checks import IdentityFact
from tsukitome.registrations import Registration
from tsukitome.wording import phrase

_NAMED = 5  # others of the same name that are listed


def check_identity(
    checked: Checked, printings: Sequence[FirmRow], register: Register | None
) -> tuple[IdentityFact, ...]:
    """What settles who the firm is, what is open, and what warns; ``printings`` are all of the firm's name."""
    return (*_number(checked), *_addresses(checked), *_namesakes(checked, printings), *_registered(checked, register))


def _number(checked: Checked) -> Iterator[IdentityFact]:
    number = checked.candidate.firm.corporate_number
    if number:
        yield IdentityFact("settled", phrase("identity_number", number=number))
    else:
        yield IdentityFact("open", phrase("identity_no_number"))


def _addresses(checked: Checked) -> Iterator[IdentityFact]:
    addresses = checked.candidate.firm.addresses
    if not addresses:
        yield IdentityFact("open", phrase("identity_no_address"))
    elif len(addresses) > 1:
        yield IdentityFact("open", phrase("identity_addresses", addresses=addresses))
    else:
        yield IdentityFact("settled", phrase("identity_address", address=addresses[0]))


def _namesakes(checked: Checked, printings: Sequence[FirmRow]) -> Iterator[IdentityFact]:
    """Suppliers of the same name in the data that neither number nor address proves to be this firm."""
    own = {(one.address, one.corporate_number) for _, one in checked.suppliers()}
    ours = {row.firm for row in printings if (row.supplier.address, row.supplier.corporate_number) in own}
    others = [row.supplier for row in printings if row.firm not in ours]
    shown = list(dict.fromkeys(_described(one) for one in others))
    if shown:
        yield IdentityFact("warning", phrase("identity_namesakes", count=len(shown), firms=shown[:_NAMED]))
    else:
        yield IdentityFact("settled", phrase("identity_no_namesake"))


def _described(one: Supplier) -> str:
    told = " ".join(part for part in (one.address, one.corporate_number) if part)
    return f"{one.name} ({told})" if told else one.name


def _registered(checked: Checked, register: Register | None) -> Iterator[IdentityFact]:
    """The register's entry of the award's day, and whether the firm has been closed since."""
    if register is None or not len(register):
        yield IdentityFact("open", phrase("identity_no_register"))
        return
    day = next((record.dates.award or record.dates.contract for record in checked.records), None)
    entry, by = _entry(checked, register, day)
    if entry is None:
        yield IdentityFact("open", phrase("identity_not_registered"))
        return
    now = register.find_by_number(entry.corporate_number) or entry
    told = {
        "number": entry.corporate_number,
        "firm": entry.name,
        "address": entry.address or "–",
        "by": phrase(f"identity_by_{by}"),
    }
    if day is not None and entry.changed is not None and entry.changed > day:
        yield IdentityFact("open", phrase("identity_registered_later", day=day, since=entry.changed, **told))
    else:
        yield IdentityFact("settled", phrase("identity_registered", day=day or "–", **told))
    if now.closed is not None:
        before = day is not None and now.closed < day
        closed = phrase("identity_closed_before" if before else "identity_closed_since", day=now.closed)
        yield IdentityFact("warning", closed)
    elif now is not entry and (now.name, now.address) != (entry.name, entry.address):
        yield IdentityFact("warning", phrase("identity_changed", firm=now.name, address=now.address or "–"))
    else:
        yield IdentityFact("settled", phrase("identity_not_closed"))


def _entry(checked: Checked, register: Register, day: dt.date | None) -> tuple[Registration | None, str]:
    """The firm's entry by its number, else by its name and address together; a name alone names nobody."""
    firm = checked.candidate.firm
    if firm.corporate_number:
        return register.find_by_number(firm.corporate_number, day), "number"
    for address in firm.addresses:
        if found := register.find_by_name_and_address(firm.name, address, day):
            return found, "address"
    return None, "address"
