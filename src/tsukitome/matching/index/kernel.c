/* The inner loops of a question, for tsukitome.matching.index.kernel, which says what each of them does: the same as the numpy
 * functions of the same names beside it, row by row instead of column by column. Plain C, no headers but the standard ones; whoever
 * calls it has checked sizes and types. */
#include <stdint.h>

#define VERSION 1
#define MIXED 255

typedef struct {
    /* The index: of each row its place, its kind and where its only total stands; of each only total its place and its kind. */
    const uint32_t *place;
    const uint16_t *kind;
    const uint32_t *total_at;
    const uint32_t *total_place;
    const uint16_t *total_kind;
    const uint8_t *kin_of_kind;
    const int64_t *award_begins; /* from the first row whose award has others, and the end */
    int64_t awards, alone, kinds, kins;
    /* The question: keys by place and by kind, the number of the code of each place, and what the code of an only total does. */
    const uint32_t *by_place;
    const uint32_t *by_kind;
    const uint32_t *of_place;
    const uint32_t *place_keys; /* by number of code */
    int64_t place_codes;
    const uint8_t *buckets;
    int64_t shift;
    const int64_t *stretches; /* begin, end and code of each, in order; one more behind the last */
    int64_t n_stretches;
    const uint32_t *clear;
    const uint32_t *set;
    int64_t total_codes;
    /* For each bit of a code, the lowest bits of all codes that are wide enough to have it. */
    const uint32_t *lowest;
    int64_t widest;
    uint32_t *marks;
} Question;

int64_t version(void) { return VERSION; }

static inline uint32_t code_of_total(const Question *q, uint32_t at)
{
    uint32_t code = q->buckets[at >> q->shift];
    if (code != MIXED)
        return code;
    int64_t low = 0, high = q->n_stretches; /* the last stretch that begins at or before it */
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (q->stretches[3 * middle] <= (int64_t)at)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low || (int64_t)at >= q->stretches[3 * (low - 1) + 1])
        return 0;
    return (uint32_t)q->stretches[3 * (low - 1) + 2];
}

static inline uint32_t base(const Question *q, uint32_t row, uint32_t code)
{
    uint32_t key = q->by_place[q->place[row]] | q->by_kind[q->kind[row]];
    return q->total_codes > 1 ? (key & q->clear[code]) | q->set[code] : key;
}

static inline uint32_t filled(const Question *q, uint32_t marks, uint32_t key)
{
    if (!marks)
        return key;
    uint32_t marked = marks & q->lowest[0];
    for (int64_t bit = 1; bit < q->widest; bit++)
        marked |= marks >> bit & q->lowest[bit];
    uint32_t taken = marked;
    for (int64_t bit = 1; bit < q->widest; bit++)
        taken |= (marked & q->lowest[bit]) << bit;
    return (key & ~taken) | marks;
}

/* Marks rows; those marked for the first time are appended to hit, if their awards have no other row. */
int64_t mark(const Question *q, const uint32_t *rows, const uint32_t *codes, int64_t n, uint32_t code, int64_t shift,
             uint32_t clear, uint32_t *hit, int64_t hits)
{
    uint32_t *marks = q->marks;
    for (int64_t i = 0; i < n; i++) {
        uint32_t row = rows[i], before = marks[row];
        if (!before && row < q->alone)
            hit[hits++] = row;
        marks[row] = (before & clear) | (codes ? codes[i] : code) << shift;
    }
    return hits;
}

void keys_of(const Question *q, const uint32_t *rows, int64_t n, uint32_t *keys)
{
    for (int64_t i = 0; i < n; i++) {
        uint32_t row = rows[i], code = q->total_codes > 1 ? code_of_total(q, q->total_at[row]) : 0;
        keys[i] = filled(q, q->marks[row], base(q, row, code));
    }
}

/* How many rows are in each stretch of the only totals, by code of total, code of place, and kind. */
void count_totals(const Question *q, int64_t *cells)
{
    int64_t size = q->place_codes * q->kinds;
    for (int64_t i = 0; i < q->n_stretches; i++) {
        int64_t *of_code = cells + q->stretches[3 * i + 2] * size;
        for (int64_t at = q->stretches[3 * i]; at < q->stretches[3 * i + 1]; at++)
            of_code[q->of_place[q->total_place[at]] * q->kinds + q->total_kind[at]]++;
    }
}

typedef struct {
    int32_t *places; /* by key: its place among keys, if it stands there */
    uint32_t *keys;
    int64_t *counts; /* by place and kin */
    int64_t *alike;
    int64_t n;
} Tally;

/* None of the arrays need be cleared before: a place counts only where it leads to its key. */
static inline int64_t place_of(const Question *q, Tally *t, uint32_t key)
{
    int64_t place = t->places[key];
    if (place < 0 || place >= t->n || t->keys[place] != key) {
        place = t->n++;
        t->keys[place] = key;
        t->places[key] = (int32_t)place;
        t->alike[place] = 0;
        for (int64_t kin = 0; kin < q->kins; kin++)
            t->counts[place * q->kins + kin] = 0;
    }
    return place;
}

static inline uint32_t count(const Question *q, Tally *t, uint32_t row, int64_t *cells)
{
    uint32_t code = q->total_codes > 1 ? code_of_total(q, q->total_at[row]) : 0;
    uint32_t key = filled(q, q->marks[row], base(q, row, code));
    cells[(code * q->place_codes + q->of_place[q->place[row]]) * q->kinds + q->kind[row]]--;
    t->counts[place_of(q, t, key) * q->kins + q->kin_of_kind[q->kind[row]]]++;
    return key;
}

/* Takes the rows that are hit, and those whose awards have others, out of cells; counts them by key and kin; and, of the
 * latter, the awards whose rows are alike, by key, while the keys of the others are appended to mixed. Last it counts what is left
 * in the cells. The return value is how many keys there are; sizes takes how many keys and awards are mixed. */
int64_t tally(const Question *q, Tally *t, const uint32_t *hit, int64_t hits, uint32_t *hit_keys, uint32_t *others_keys,
              int64_t *cells, uint32_t *mixed, int64_t *mixed_begins, int64_t *sizes)
{
    int64_t n_mixed = 0, n_awards = 0;
    for (int64_t i = 0; i < hits; i++) {
        hit_keys[i] = count(q, t, hit[i], cells);
        t->alike[t->places[hit_keys[i]]]++;
    }
    for (int64_t award = 0; award < q->awards; award++) {
        int64_t begin = q->award_begins[award], end = q->award_begins[award + 1], same = 1;
        for (int64_t i = begin; i < end; i++) {
            others_keys[i] = count(q, t, (uint32_t)(q->alone + i), cells);
            same &= others_keys[i] == others_keys[begin];
        }
        if (same) {
            t->alike[t->places[others_keys[begin]]]++;
            continue;
        }
        mixed_begins[n_awards++] = n_mixed;
        for (int64_t i = begin; i < end; i++)
            mixed[n_mixed++] = others_keys[i];
    }
    for (int64_t code = 0, cell = 0; code < q->total_codes; code++)
        for (int64_t place = 0; place < q->place_codes; place++)
            for (int64_t kind = 0; kind < q->kinds; kind++, cell++)
                if (cells[cell]) {
                    uint32_t key = q->place_keys[place] | q->by_kind[kind];
                    if (q->total_codes > 1)
                        key = (key & q->clear[code]) | q->set[code];
                    int64_t at = place_of(q, t, key);
                    t->counts[at * q->kins + q->kin_of_kind[kind]] += cells[cell];
                    t->alike[at] += cells[cell];
                }
    sizes[0] = n_mixed;
    sizes[1] = n_awards;
    return t->n;
}

/* Adds the weight of a term to every text that holds it. */
void add_weight(double *sums, const uint32_t *texts, int64_t n, double weight)
{
    for (int64_t i = 0; i < n; i++)
        sums[texts[i]] += weight;
}
