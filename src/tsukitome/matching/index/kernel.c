/* The inner loops of a question: what plain.py does with numpy, row by row instead of column by column, over the mapped columns as
 * they lie there. Plain C, no headers but the standard ones; compiled.py, which calls it, sees to sizes and types. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#define VERSION 7
#define TAKEN_BITS 10 /* of the place of a row's marks in a table of those met, with the bits that these take of its key */
#define AHEAD 24      /* rows that are fetched before their turn: those that are hit lie anywhere */

typedef struct { uint32_t place, kind, total, firm; } Row; /* total: where its only total stands among those of all rows */
typedef struct {
    /* The index; total has of each only total the place and the kind of its row; awards begin from the first row on that has others. */
    const Row *row;
    const uint32_t *total, *total_rows, *cells, *cells_by_kind, *place_first, *place_rows, *firm_first, *award_begins;
    const uint8_t *kin_of_kind;
    int64_t rows, alone, awards, places, kinds, of_kin, firms; /* how many there are; kinds of kin */
    /* The question: the code of each place, keys by that code and by kind, and what the code of an only total does to a key. */
    const uint8_t *of_place, *code_of_total;                     /* of each only total; 0 for the usual one, and for none */
    const int64_t *stretches;                                    /* of the others: begin, end and code of each */
    const uint32_t *place_keys, *by_kind, *clear, *set, *lowest; /* by bit, the lowest bits of all codes wide enough to have it */
    int64_t place_codes, commonest, n_stretches, total_codes, widest;
    /* The tally: marks by row, the rows that are hit, by key its place among keys, if it stands there, and the rest by place. */
    uint32_t *marks, *taken, *hit, *keys;
    int32_t *place_of_key, *place_of_cell, *hit_at, *others_at;
    int32_t *counts, *in_cell, *mixed; /* rows by kin; by cell those that no clue hits; the awards whose rows have different keys */
    int64_t *held, *alike;             /* rows in all, then for each kind of kin those with it; awards whose rows all have the key */
    int64_t hits, n, n_mixed, usual;   /* the place of the key of all rows counted by cell, -1 without any, -2 where they differ */
} Question;

int64_t version(void) { return VERSION; }
static inline uint32_t base_key(const Question *q, int64_t of_place, int64_t kind, int64_t code) {
    return ((q->place_keys[of_place] | q->by_kind[kind]) & q->clear[code]) | q->set[code];
}

static inline uint32_t key_of(const Question *q, uint32_t row) {
    const Row *at = q->row + row;
    uint32_t marks = q->marks[row], *known = q->taken + 2 * (marks * 0x9E3779B1u >> (32 - TAKEN_BITS));
    if (known[0] != marks) {
        uint32_t marked = 0, taken = 0;
        for (int64_t bit = 0; bit < q->widest; bit++)
            marked |= marks >> bit & q->lowest[bit];
        for (int64_t bit = 0; bit < q->widest; bit++)
            taken |= (marked & q->lowest[bit]) << bit;
        known[0] = marks, known[1] = taken;
    }
    return (base_key(q, q->of_place[at->place], at->kind, q->code_of_total[at->total]) & ~known[1]) | marks;
}

void mark(Question *q, const uint32_t *rows, int64_t n, const uint8_t *codes, uint32_t code, int64_t shift, uint32_t clear,
          const uint8_t *only) {
    for (int64_t i = 0; i < n; i++) {
        uint32_t row = rows[i], better = only ? q->code_of_total[q->row[row].total] : 0;
        __builtin_prefetch(q->marks + rows[i + AHEAD < n ? i + AHEAD : i]);
        if (!only || (only[q->row[row].kind] && (!better || better > code)))
            q->marks[row] = (q->marks[row] & clear) | (codes ? codes[i] : code) << shift;
    }
}

static inline int64_t place_of(Question *q, uint32_t key) { /* it counts only where it leads back to its key: nothing is cleared */
    int64_t place = q->place_of_key[key];
    if (place < 0 || place >= q->n || q->keys[place] != key) {
        q->place_of_key[key] = (int32_t)(place = q->n++);
        q->keys[place] = key, q->alike[place] = 0;
        memset(q->counts + (place << q->of_kin), 0, sizeof *q->counts << q->of_kin);
    }
    return place;
}

static inline int64_t place_of_cell(Question *q, int64_t cell) {
    int64_t kind = cell % q->kinds, place = cell / q->kinds % q->place_codes, code = cell / q->kinds / q->place_codes;
    if (q->place_of_cell[cell] < 0)
        q->place_of_cell[cell] = (int32_t)place_of(q, base_key(q, place, kind, code));
    return q->place_of_cell[cell];
}

static inline int64_t cell_of(const Question *q, const Row *at) {
    return (q->code_of_total[at->total] * q->place_codes + q->of_place[at->place]) * q->kinds + at->kind;
}

static inline int64_t place_at(Question *q, uint32_t row) {
    return q->marks[row] ? place_of(q, key_of(q, row)) : place_of_cell(q, cell_of(q, q->row + row));
}

static inline int32_t count(Question *q, uint32_t row) {
    int64_t place = place_at(q, row);
    q->in_cell[cell_of(q, q->row + row)]--;
    q->counts[(place << q->of_kin) + q->kin_of_kind[q->row[row].kind]]++;
    return (int32_t)place;
}

static void count_cells(Question *q) { /* all rows by code of total, code of place, and kind */
    int32_t *usual = q->in_cell + q->commonest * q->kinds;
    int64_t size = q->place_codes * q->kinds;
    memset(q->in_cell, 0, (size_t)(q->total_codes * size) * sizeof *q->in_cell);
    memset(q->place_of_cell, 0xFF, (size_t)(q->total_codes * size) * sizeof *q->place_of_cell);
    memcpy(usual, q->cells_by_kind, (size_t)q->kinds * sizeof *usual);
    for (int64_t place = 0; place < q->places; place++)
        for (int64_t kind = 0; kind < q->kinds && q->of_place[place] != q->commonest; kind++)
            q->in_cell[q->of_place[place] * q->kinds + kind] += q->cells[place * q->kinds + kind],
                usual[kind] -= q->cells[place * q->kinds + kind];
    for (int64_t i = 0; i < q->n_stretches; i++)
        for (int64_t at = q->stretches[3 * i]; at < q->stretches[3 * i + 1]; at++) {
            int64_t cell = q->of_place[q->total[2 * at]] * q->kinds + q->total[2 * at + 1];
            q->in_cell[cell]--, q->in_cell[q->stretches[3 * i + 2] * size + cell]++;
        }
}

/* Counts all rows by key and kin: those that are hit, and those whose awards have others, one by one; the others by cell. */
void tally(Question *q) {
    count_cells(q);
    for (int64_t row = 0; row < q->alone; row++) /* in order, so that memory is gone through once */
        q->hit[q->hits] = (uint32_t)row, q->hits += q->marks[row] != 0;
    for (int64_t i = 0; i < q->hits; i++) {
        __builtin_prefetch(q->row + q->hit[i + 2 * AHEAD < q->hits ? i + 2 * AHEAD : i]);
        __builtin_prefetch(q->code_of_total + q->row[q->hit[i + AHEAD < q->hits ? i + AHEAD : i]].total);
        q->alike[q->hit_at[i] = count(q, q->hit[i])]++;
    }
    for (int64_t award = 0; award < q->awards; award++) {
        int64_t begin = q->award_begins[award], end = q->award_begins[award + 1], same = 1;
        for (int64_t i = begin; i < end; i++) {
            q->others_at[i] = count(q, (uint32_t)(q->alone + i));
            same &= q->others_at[i] == q->others_at[begin];
        }
        q->alike[q->others_at[begin]] += same;
        q->mixed[q->n_mixed] = (int32_t)award, q->n_mixed += !same;
    }
    for (int64_t cell = 0; cell < q->total_codes * q->place_codes * q->kinds; cell++)
        if (q->in_cell[cell]) {
            int64_t at = place_of_cell(q, cell);
            q->counts[(at << q->of_kin) + q->kin_of_kind[cell % q->kinds]] += q->in_cell[cell];
            q->alike[at] += q->in_cell[cell];
            q->usual = q->usual == -1 || q->usual == at ? at : -2;
        }
    memset(q->held, 0, (size_t)(q->n * (1 + q->of_kin)) * sizeof *q->held);
    for (int64_t at = 0; at < q->n << q->of_kin; at++)
        for (int64_t kind = 0; q->counts[at] && kind <= q->of_kin; kind++)
            q->held[kind * q->n + (at >> q->of_kin)] += !kind || at >> (kind - 1) & 1 ? q->counts[at] : 0;
}

void look_up(const Question *q, int64_t shift, uint32_t mask, const int64_t *table, int64_t *sums) { /* what it says of each key's code */
    for (int64_t at = 0; at < q->n; at++)
        sums[at] += table[q->keys[at] >> shift & mask];
}

/* For each bit how many awards have a row whose key has it; or, by halves, one whose key has neither it nor one below it. */
void awards_with(const Question *q, uint64_t *bits, int64_t unset, int64_t *found) {
    for (int64_t at = 0; unset && at < q->n; at++) {
        uint32_t low = (uint32_t)bits[at], high = (uint32_t)(bits[at] >> 32);
        bits[at] = ((low & -low) - 1) | (uint64_t)((high & -high) - 1) << 32;
    }
    for (int64_t i = -q->n; i < q->n_mixed; i++) {
        int64_t award = i < 0 ? 0 : q->mixed[i], at = i < 0 ? 0 : q->award_begins[award];
        uint64_t any = i < 0 ? bits[i + q->n] : 0;
        for (; i >= 0 && at < q->award_begins[award + 1]; at++)
            any |= bits[q->others_at[at]];
        for (; any; any &= any - 1)
            found[__builtin_ctzll(any)] += i < 0 ? q->alike[i + q->n] : 1;
    }
}

void raise_two(const int64_t *thousandths, int64_t n, int64_t least, double factor, const double *powers, double *found) {
    for (int64_t i = 0; i < n; i++) {
        int64_t power = thousandths[i] - least, part = (power % 1000 + 1000) % 1000;
        found[i] = factor * ldexp(powers[part], (int)((power - part) / 1000));
    }
}

/* Adds values, each as often as counts less some others say, to parts that together are the exact sum; a value is split, so that half
 * of its digits times a count is exact. Source: Dekker, as in ../probability.py; J. R. Shewchuk, "Adaptive precision" (1997). */
int64_t add_exactly(const double *values, const int64_t *counts, const int64_t *less, int64_t n, double *parts, int64_t met) {
    for (int64_t i = 0; i < 2 * n; i++) {
        double value = values[i / 2], scaled = value * 134217729, high = scaled - (scaled - value);
        double more = (i & 1 ? value - high : high) * (double)(counts[i / 2] - (less ? less[i / 2] : 0));
        int64_t kept = 0;
        for (int64_t at = 0; at < met && more != 0; at++) {
            double sum = more + parts[at], part = sum - more, lost = (more - (sum - part)) + (parts[at] - part);
            parts[kept] = lost, kept += lost != 0;
            more = sum;
        }
        if (more != 0)
            parts[kept] = more, met = kept + 1;
    }
    return met;
}

/* The places of the keys of rows that have all been counted; where no rows are given, of the first n. */
void places_of(Question *q, const uint32_t *rows, int64_t n, int32_t *places) {
    for (int64_t i = 0; i < n; i++)
        places[i] = (int32_t)place_at(q, rows ? rows[i] : (uint32_t)i);
}

/* The rows whose places are wanted; where no rows are given, they are numbered from first on. */
int64_t choose(const int32_t *places, const uint32_t *rows, int64_t first, int64_t n, const uint8_t *wanted, uint32_t *found) {
    int64_t met = 0;
    for (int64_t i = 0; i < n; i++)
        found[met] = rows ? rows[i] : (uint32_t)(first + i), met += wanted[places[i]] != 0;
    return met;
}

int64_t rows_with(const Question *q, const uint8_t *wanted, uint32_t *found) { /* all whose keys' places are wanted */
    int64_t met = choose(q->hit_at, q->hit, 0, q->hits, wanted, found), size = q->place_codes * q->kinds;
    uint8_t near[512] = {0}; /* whether any may be wanted: of those without a total, by code of place; from 256 on by code of total */
    met += choose(q->others_at, 0, q->alone, q->rows - q->alone, wanted, found + met);
    for (int64_t cell = 0; cell < q->total_codes * size; cell++)
        near[cell < size ? cell / q->kinds : 256 + cell / size] |= q->place_of_cell[cell] >= 0 && wanted[q->place_of_cell[cell]];
    for (int64_t i = 0; i < q->n_stretches + q->places; i++) { /* those counted by cell: with a total, and by place without one */
        const int64_t place = i - q->n_stretches, *total = place < 0 ? q->stretches + 3 * i : 0;
        const uint32_t *rows = total ? q->total_rows : q->place_rows;
        int64_t begin = total ? total[0] : q->place_first[place], end = total ? total[1] : q->place_first[place + 1];
        for (int64_t at = near[total ? 256 + total[2] : q->of_place[place]] ? begin : end; at < end; at++) {
            const Row *row = q->row + rows[at];
            int64_t key = q->place_of_cell[cell_of(q, row)], here = total || !q->code_of_total[row->total];
            if (here && key >= 0 && wanted[key] && rows[at] < q->alone && !q->marks[rows[at]])
                found[met++] = rows[at];
        }
    }
    return met;
}

/* For each firm of some rows what these are worth; sums are 0 before and after. A firm may come again, with 0. */
int64_t sum_some(Question *q, const double *worth, const uint32_t *rows, int64_t n, double *sums, uint32_t *firms, double *each) {
    int64_t met = 0;
    for (int64_t i = 0; i < n; i++) {
        uint32_t firm = firms[met] = q->row[rows[i]].firm;
        met += sums[firm] == 0;
        sums[firm] += worth[place_at(q, rows[i])];
    }
    for (int64_t i = 0; i < met; i++)
        each[i] = sums[firms[i]], sums[firms[i]] = 0;
    return met;
}

/* For each firm what all its rows are worth; usual is the place of the key of all rows that are counted by cell, if it is one. */
void sum_all(Question *q, const double *worth, int64_t usual, double *sums) {
    double each = usual < 0 ? 0 : worth[usual];
    for (int64_t firm = 0; firm < q->firms; firm++)
        sums[firm] = (q->firm_first[firm + 1] - q->firm_first[firm]) * each;
    for (int64_t i = 0; i < (usual < 0 ? q->rows : q->hits + q->rows - q->alone); i++) {
        int64_t at = usual < 0 ? place_at(q, (uint32_t)i) : i < q->hits ? q->hit_at[i] : q->others_at[i - q->hits];
        if (at != usual)
            sums[q->row[usual < 0 ? i : i < q->hits ? q->hit[i] : q->alone + i - q->hits].firm] += worth[at] - each;
    }
}

/* The places of values in [low, high), none of them 0; if asked, how many there are by their first 16 bits (they fall as these do); sums. */
int64_t between(const double *values, int64_t n, double low, double high, uint32_t *found, int64_t *counts, double *sums) {
    uint64_t bits, met = 0;
    for (int64_t i = 0; i < n; i++)
        if (values[i] > 0 && low <= values[i] && values[i] < high && (found[met++] = (uint32_t)i, counts) && memcpy(&bits, values + i, 8))
            counts[bits >> 48]++, sums[bits >> 48] += values[i];
    return (int64_t)met;
}

void add_weight(double *sums, const uint32_t *texts, int64_t n, double weight) { /* of a term, to every text that holds it */
    for (int64_t i = 0; i < n; i++)
        sums[texts[i]] += weight;
}

/* The texts with a share of the weight asked for that is large enough, or that are wanted (1: and have any); their likeness is found by
 * ../compare/title.py's formula. A share of what is asked is owed, the rest is not missed where it lacks. Shares are 0 after. */
int64_t near_texts(double *common, double *owed, int64_t n, double least, const uint8_t *wanted, double whole, double extra,
                   const float *weights, uint32_t *texts, double *likeness, double *without) {
    int64_t met = 0;
    for (int64_t text = 0; text < n; text++) {
        if (common[text] >= least || (wanted && (wanted[text] > 1 || (wanted[text] && common[text] > 0)))) {
            double more = weights[text] > common[text] ? weights[text] - common[text] : 0;
            without[met] = common[text] + whole - owed[text] + extra * more;
            likeness[met] = without[met] > 0 ? common[text] / without[met] : 0;
            texts[met++] = (uint32_t)text;
        }
        common[text] = owed[text] = 0;
    }
    return met;
}

typedef struct {
    const uint32_t *text_first, *text_rows, *title_first, *title_rows, *title_numbers;
    const int32_t *buyer;
    const uint8_t *class_of_numbers, *alike, *codes;
    int64_t classes;
} Titles;

/* The rows of texts and their codes other than 0; those of buyers that are alike go, each behind the place of its text, to apart. */
int64_t rows_of_texts(const Titles *t, const uint32_t *texts, const uint8_t *cells, int64_t n, uint32_t *rows, uint8_t *codes,
                      uint32_t *apart, int64_t *n_apart) {
    int64_t met = 0;
    for (int64_t i = 0; i < n; i++)
        for (uint32_t one = t->text_first[texts[i]]; one < t->text_first[texts[i] + 1]; one++) {
            uint32_t title = t->text_rows[one];
            uint8_t code = t->codes[cells[i] * t->classes + t->class_of_numbers[t->title_numbers[title]]];
            for (uint32_t at = t->title_first[title], row; at < t->title_first[title + 1]; at++) {
                row = t->title_rows[at];
                if (t->alike && t->buyer[row] >= 0 && t->alike[t->buyer[row]])
                    apart[2 * *n_apart] = (uint32_t)i, apart[2 * (*n_apart)++ + 1] = row;
                else if (code)
                    rows[met] = row, codes[met++] = code;
            }
        }
    return met;
}
