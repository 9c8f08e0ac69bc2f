"""Clues held against awards: one comparer a clue, weights as data, probabilities over all alternatives."""
