"""Which way to read each run of digits in a price field, where it can be told at all."""

from __future__ import annotations

from collections.abc import Collection

from tsukitome.sources.gazette.amount_ways import Run, Way

_SEN_DIGITS = 2


def choose(runs: list[Run], known: Collection[str]) -> list[Way | None]:
    """The way of each run, None where it can't be told."""
    bare = [run for run in runs if not run.head]
    numbered = _numbered(bare, known)
    chosen: list[Way | None] = []
    for run in runs:
        if run.head:
            chosen.append(_of_head(run, runs, known))
        elif numbered is not None:
            chosen.append(numbered[bare.index(run)])
        else:
            chosen.append(_of_bare(run, known, lone=len(bare) == 1))
    return chosen


def _of_head(run: Run, runs: list[Run], known: Collection[str]) -> Way | None:
    if len(run.ways) == 1:
        return run.ways[0]
    clean = [way for way in run.ways if way.clean]
    if len(clean) == 1:
        return clean[0]
    fitting = [way for way in run.ways if run.label_of(way) in known]
    everywhere = len([other for other in runs if other.head]) == len(known)
    return fitting[0] if len(fitting) == 1 and everywhere else None


def _numbered(runs: list[Run], known: Collection[str]) -> list[Way | None] | None:
    """The ways in which bare numbers label all amounts: 1, 2, 3 …, or as the winners do; None if they do not.

    A field of letter-spaced amounts may look so too, and then nothing in it is sure.
    """
    ways: list[Way] = []
    for number, run in enumerate(runs, start=1):
        labelled = [way for way in run.ways if way.label]
        named = [way for way in labelled if run.label_of(way) in known]
        rising = [way for way in labelled if run.label_of(way) == str(number)]
        fitting = named if len(named) == 1 else rising
        if len(fitting) != 1:
            return None
        ways.append(fitting[0])
    labels = {run.label_of(way) for run, way in zip(runs, ways, strict=True)}
    told = labels == set(known) and len(labels) == len(runs)
    if len(runs) < 2 and not told:
        return None
    only = all(len(run.ways) == 1 for run in runs)
    if told or only or all(way.clean for way in ways):
        return list(ways)
    return [None] * len(runs)


def _of_bare(run: Run, known: Collection[str], lone: bool) -> Way | None:
    whole = next((way for way in run.ways if not way.label), None)
    labelled = [way for way in run.ways if way.label]
    if whole is None:
        return labelled[0] if len(labelled) == 1 else None
    if not labelled or not run.gaps:
        return whole
    named = [way for way in labelled if run.label_of(way) in known]
    if named:
        return named[0] if named[0].clean else None
    if any(run.text[way.label - 1] == "." for way in labelled):
        # 1 4 . 9 0円 and 28. 61円 are prices; 2. 500円 may be a lot and its price, or 2,500 with a dot for its comma.
        return whole if len(run.text) - run.text.index(".") - 1 <= _SEN_DIGITS else None
    return whole if run.letter_spaced or (lone and not run.word) else None
