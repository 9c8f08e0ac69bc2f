-- The archive: one SQLite file. `sources` are files by their bytes; every award names the source and the place it was read at.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL,              -- the path as the user gave it
    path TEXT NOT NULL UNIQUE,       -- the path with links resolved: what the file is known by
    kind TEXT,                       -- NULL where the file was not recognized
    size INTEGER NOT NULL,           -- bytes
    read_at TEXT NOT NULL,           -- ISO 8601, UTC
    url TEXT,
    retrieved TEXT
);
CREATE TABLE awards (
    position INTEGER PRIMARY KEY,    -- the order of reading
    award_id TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    buyer TEXT,
    award_date TEXT,
    contract_date TEXT,
    notice_date TEXT,
    published_date TEXT,
    award_rate REAL,
    procurement_method TEXT,
    procurement_method_details TEXT,
    page INTEGER,
    sheet TEXT,
    row INTEGER,
    line INTEGER,
    quote TEXT NOT NULL,
    warnings TEXT NOT NULL           -- a JSON list of sentences
);
CREATE INDEX awards_by_source ON awards(source_id);
CREATE TABLE suppliers (
    award_id TEXT NOT NULL REFERENCES awards(award_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,       -- what `amounts.supplier` counts, from 0
    name TEXT NOT NULL,
    printed TEXT,
    address TEXT,
    municipality_code TEXT,
    corporate_number TEXT,
    branch TEXT,
    role TEXT NOT NULL,
    PRIMARY KEY (award_id, position)
) WITHOUT ROWID;
CREATE TABLE amounts (
    award_id TEXT NOT NULL REFERENCES awards(award_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    yen NUMERIC NOT NULL,
    tax TEXT,
    supplier INTEGER,
    quote TEXT NOT NULL,
    PRIMARY KEY (award_id, position)
) WITHOUT ROWID;
CREATE TABLE refusals (
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    file TEXT NOT NULL,
    place TEXT,
    reason TEXT NOT NULL,
    quote TEXT
);
