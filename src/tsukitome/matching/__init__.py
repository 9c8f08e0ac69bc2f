"""Clues held against awards: one comparer a clue, weights as data, probabilities over all alternatives.

What an alternative counts for "this is the contract in the news" depends on the levels at which the clues meet it, and on how many
awards of the archive each level is met by. What it counts for "none of these" depends besides on ``Kinship.known``: which kinds of
kin the archive holds of it, a set (:mod:`tsukitome.matching.kinship`). Alternatives that are equal in both may be
counted as one; the rates of kinship are those of the whole archive.
"""
