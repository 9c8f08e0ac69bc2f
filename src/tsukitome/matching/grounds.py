"""What a level weighs where the record's fact stands on something else than the award's own print.

An address of the corporate register may not be that of the award: firms move, and contract from branches. Of contracts whose
printed place is the one that the news names, the register has only a share t(inside) in the same place, and shares t(L) at the
farther levels L. Places are exchanged both ways alike, so of the records at level L a share t(L) · u(inside) / u(L) truly was
inside. With r(L) = m(L) / u(L), how much likelier a level makes the contract in the news than any other record, it follows that

    r'(inside) = Σ t(L) · r(L)        r'(L) = s · r(inside) + (1 − s) · r(L),  s = t(L) · u(inside) / u(L)

Both are means of the printed levels' ratios: what stands on the register agrees less, and contradicts less, than print.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

Shares = Mapping[str, float]


def through(shares: Shares, met: Shares, u: Shares) -> dict[str, float]:
    """``met``, how often the contract (or its kin) meets each level by print, as met by what stands on another ground.

    ``shares`` are t, from the best level down; they sum to one. ``u`` is how often any other record meets each level.
    """
    best = next(iter(shares))
    ratio = {level: met[level] / u[level] for level in shares}
    found = {best: u[best] * math.fsum(share * ratio[level] for level, share in shares.items())}
    for level, share in list(shares.items())[1:]:
        truly = min(share * u[best] / u[level], 1.0)
        found[level] = u[level] * (truly * ratio[best] + (1 - truly) * ratio[level])
    return found
