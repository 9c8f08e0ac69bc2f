"""One module a kind of source: what its documents look like, and how they become awards."""
