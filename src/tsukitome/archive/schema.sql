-- The archive: one SQLite file. A record is one award as one source prints it; `award_id` is its identity in all outputs.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL,              -- the path as the user gave it
    path TEXT NOT NULL UNIQUE,       -- the path with links resolved: what the file is known by
    kind TEXT,                       -- NULL where the file was not recognized
    size INTEGER NOT NULL,           -- bytes
    read_at TEXT NOT NULL,           -- ISO 8601, UTC
    url TEXT,                        -- where it was fetched from, if it was
    retrieved TEXT,
    map_sha256 TEXT,                 -- of the column maps with which it was read
    records INTEGER NOT NULL,        -- how many records it gave
    refused INTEGER NOT NULL,        -- how many pages and rows of it were refused
    registrations INTEGER NOT NULL DEFAULT 0,  -- how many entries of the corporate register it gave
    published_from TEXT,             -- the span of its publication dates, of a register's file the days of its entries
    published_to TEXT
);
CREATE TABLE records (
    position INTEGER PRIMARY KEY,    -- the order of reading
    award_id TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    buyer TEXT,
    award_date TEXT,                 -- 落札決定日
    contract_date TEXT,              -- 契約締結日
    notice_date TEXT,                -- 入札公告日
    published_date TEXT,
    award_rate REAL,                 -- price over reserve price, a fraction
    procurement_method TEXT,         -- open, selective, limited
    procurement_method_details TEXT,
    number_of_tenderers INTEGER,     -- how many took part in the tender; NULL where it is not printed
    page INTEGER,
    sheet TEXT,
    row INTEGER,
    line INTEGER,
    quote TEXT NOT NULL,
    warnings TEXT NOT NULL,          -- a JSON list of sentences
    merge_key INTEGER,               -- equal for records that may be one award: a hash of buyer, suppliers and the title's stem
    award INTEGER                    -- the position of the first record of the same award; NULL: its own
);
CREATE UNIQUE INDEX records_by_award_id ON records(award_id);
CREATE INDEX records_by_source ON records(source_id);
CREATE INDEX records_by_merge_key ON records(merge_key, source_id) WHERE merge_key IS NOT NULL;
CREATE INDEX records_by_award ON records(award) WHERE award IS NOT NULL;
CREATE TABLE suppliers (
    record INTEGER NOT NULL REFERENCES records(position) ON DELETE CASCADE,
    position INTEGER NOT NULL,       -- what `amounts.supplier` counts, from 0
    name TEXT NOT NULL,
    printed TEXT,
    address TEXT,
    municipality_code TEXT,          -- JIS X 0402, five digits
    corporate_number TEXT,
    branch TEXT,
    role TEXT NOT NULL,              -- awarded, jv_member, bidder
    address_source TEXT,             -- 'register' where the source copied the address from the corporate register
    PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE amounts (
    record INTEGER NOT NULL REFERENCES records(position) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,              -- contract_price, unit_price, reserve_price, estimated_total, paid_total, bid
    yen NUMERIC NOT NULL,
    tax TEXT,
    supplier INTEGER,
    quote TEXT NOT NULL,
    PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE TABLE registrations (         -- the corporate register (国税庁 法人番号), an entry a row; a firm may have several
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    corporate_number INTEGER NOT NULL,
    name TEXT NOT NULL,
    reading TEXT,
    address TEXT,
    municipality_code TEXT,
    changed TEXT,                    -- the day from which the register says so
    closed TEXT,
    close_cause TEXT,
    successor TEXT,                  -- the number of the firm that took it over
    process TEXT NOT NULL,           -- 01 new … 99 taken back
    latest INTEGER NOT NULL,
    updated TEXT,                    -- the day of the entry
    name_hash INTEGER NOT NULL,      -- of the name without its legal form
    reading_hash INTEGER
);
CREATE INDEX registrations_by_number ON registrations(corporate_number);
CREATE INDEX registrations_by_name ON registrations(name_hash);
CREATE INDEX registrations_by_reading ON registrations(reading_hash) WHERE reading_hash IS NOT NULL;
CREATE INDEX registrations_by_source ON registrations(source_id);
CREATE TABLE registered (            -- what the register adds to suppliers; settled after every import
    record INTEGER NOT NULL REFERENCES records(position) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT,                       -- NULL where the award prints it itself; so with the next three
    address TEXT,                    -- set too in the place of a registered one without a date (gBizINFO's, of today)
    municipality_code TEXT,
    corporate_number TEXT,
    updated TEXT,                    -- the day of the register's entry
    changed TEXT,                    -- the day from which it says so of the address, else of the name
    moved INTEGER,                   -- 1 where it moved to this address after the award's day, and was elsewhere on that day
    name_changed TEXT,               -- the day from which it has the name that is added
    renamed INTEGER,                 -- 1 where that is after the award's day, and the firm was called otherwise then
    ties INTEGER,                    -- how many firms of this name are at this address, where they are several: none was taken
    closed TEXT,                     -- the day on which the register closed the firm, where that was before the award
    successor TEXT,                  -- and the number of the firm that took it over
    PRIMARY KEY (record, position)
) WITHOUT ROWID;
CREATE VIEW suppliers_known AS       -- the suppliers, with what the register adds to them
    SELECT s.record, s.position, coalesce(g.name, s.name) AS name, s.printed, coalesce(g.address, s.address) AS address,
        CASE WHEN g.address IS NULL THEN s.municipality_code ELSE g.municipality_code END AS municipality_code,
        coalesce(s.corporate_number, g.corporate_number) AS corporate_number, s.branch, s.role,
        CASE WHEN g.address IS NULL THEN s.address_source ELSE 'register' END AS address_source
    FROM suppliers s LEFT JOIN registered g ON g.record = s.record AND g.position = s.position;
CREATE TABLE firms (
    firm INTEGER NOT NULL,           -- equal numbers are one firm: by corporate number, or by name and address
    name TEXT NOT NULL,
    address TEXT,
    municipality_code TEXT,
    corporate_number TEXT,
    key TEXT NOT NULL,               -- the name without legal form and branch, folded: what spellings of one name share
    spelled TEXT NOT NULL            -- the same with Latin letters spelled in kana
);
CREATE INDEX firms_by_firm ON firms(firm);
CREATE INDEX firms_by_key ON firms(key);
CREATE INDEX firms_by_spelled ON firms(spelled);
CREATE INDEX firms_by_number ON firms(corporate_number) WHERE corporate_number IS NOT NULL;
CREATE TABLE refusals (
    source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE,  -- NULL where nothing of the file could be taken
    file TEXT NOT NULL,
    place TEXT,
    reason TEXT NOT NULL,
    quote TEXT                       -- what stood there, officials masked
);
CREATE INDEX refusals_by_source ON refusals(source_id);
CREATE TABLE coverage (              -- how many records each source has of each buyer and month
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    buyer TEXT NOT NULL,             -- the organization's key, '' where none is named
    month TEXT NOT NULL,             -- YYYY-MM of publication, else of award or contract; '' where no date is printed
    records INTEGER NOT NULL,
    unpublished INTEGER NOT NULL,    -- those of them that print no publication date
    first TEXT,                      -- the first and the last day in it
    last TEXT
);
CREATE INDEX coverage_by_source ON coverage(source_id);
CREATE TABLE decided (               -- the months in which each source's records were awarded or contracted
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    month TEXT NOT NULL
);
CREATE TABLE publications (          -- how many records each source has by the days of publication and of award (or contract)
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    published TEXT NOT NULL,
    decided TEXT,
    records INTEGER NOT NULL
);
CREATE VIEW awards AS                -- one line an award, whatever number of sources print it; NULL tenderers where they disagree
    SELECT coalesce(award, position) AS award, title, buyer, min(coalesce(award_date, contract_date)) AS date,
        count(*) AS records, count(DISTINCT source_id) AS sources, group_concat(DISTINCT award_id) AS award_ids,
        CASE WHEN min(number_of_tenderers) = max(number_of_tenderers) THEN min(number_of_tenderers) END AS number_of_tenderers
    FROM records GROUP BY coalesce(award, position);
CREATE VIEW winners AS               -- one line a firm that was awarded something, once however many sources print it
    SELECT s.name AS supplier, s.address, s.municipality_code, s.corporate_number, s.address_source, r.title, r.buyer,
        coalesce(r.award_date, r.contract_date) AS date,
        coalesce(
            (SELECT a.yen FROM amounts a WHERE a.record = r.position AND a.role = 'contract_price'
                AND (a.supplier IS NULL OR a.supplier = s.position) ORDER BY a.position LIMIT 1),
            (SELECT a.yen FROM records o JOIN amounts a ON a.record = o.position
                WHERE o.award = r.position AND a.role = 'contract_price' ORDER BY o.position, a.position LIMIT 1)
        ) AS contract_price,
        r.award_rate, r.procurement_method, f.file, r.page, r.sheet, r.row, r.line, r.award_id
    FROM suppliers_known s JOIN records r ON r.position = s.record JOIN sources f ON f.id = r.source_id
    WHERE s.role = 'awarded' AND (r.award IS NULL OR r.award = r.position);
CREATE VIEW coverage_by_buyer AS     -- what is covered, by kind of source, buyer and month
    SELECT f.kind, c.buyer, c.month, sum(c.records) AS records FROM coverage c JOIN sources f ON f.id = c.source_id
    GROUP BY f.kind, c.buyer, c.month;
