/* The inner loops of a question, for tsukitome.matching.index.kernel, which says what each of them does: the same as the numpy
 * functions of the same names beside it, row by row instead of column by column. Plain C, no headers but the standard ones; whoever
 * calls it has checked sizes and types. */
#include <stdint.h>

#define VERSION 4
#define MIXED 255
#define AHEAD 24 /* rows that are fetched before their turn: those that are hit lie anywhere */

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

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

typedef struct {
    int32_t *places; /* by key: its place among keys, if it stands there */
    uint32_t *keys;
    int64_t *counts; /* by place and kin */
    int64_t *alike;
    int64_t n;
} Tally;

static inline void fetch(const Question *q, uint32_t row)
{
    FETCH(q->place + row);
    FETCH(q->kind + row);
    FETCH(q->marks + row);
    if (q->total_codes > 1)
        FETCH(q->total_at + row);
}

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
        if (i + AHEAD < n)
            FETCH(marks + rows[i + AHEAD]);
        if (!before && row < q->alone)
            hit[hits++] = row;
        marks[row] = (before & clear) | (codes ? codes[i] : code) << shift;
    }
    return hits;
}

/* The places of the keys of rows that have all been counted. */
void places_of(const Question *q, const Tally *t, const uint32_t *rows, int64_t n, int32_t *places)
{
    for (int64_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            fetch(q, rows[i + AHEAD]);
        uint32_t row = rows[i], key = q->by_place[q->place[row]] | q->by_kind[q->kind[row]];
        if (q->total_codes > 1) {
            uint32_t code = code_of_total(q, q->total_at[row]);
            key = (key & q->clear[code]) | q->set[code];
        }
        places[i] = t->places[filled(q, q->marks[row], key)];
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

static inline int64_t count(const Question *q, Tally *t, uint32_t row, int64_t *cells)
{
    uint32_t code = q->total_codes > 1 ? code_of_total(q, q->total_at[row]) : 0;
    uint32_t kind = q->kind[row], place = q->place[row];
    uint32_t key = q->by_place[place] | q->by_kind[kind];
    if (q->total_codes > 1)
        key = (key & q->clear[code]) | q->set[code];
    int64_t at = place_of(q, t, filled(q, q->marks[row], key));
    cells[(code * q->place_codes + q->of_place[place]) * q->kinds + kind]--;
    t->counts[at * q->kins + q->kin_of_kind[kind]]++;
    return at;
}

/* Awards whose rows have different keys, each set of keys once. */
typedef struct {
    int32_t *keys; /* by their places, in order; those of a set stand from begins on */
    int64_t *begins;
    int64_t *times;
    int32_t *table; /* by hash: the number of a set + 1; all 0 at first */
    int64_t slots, sets, n;
} Mixed;

#define ALIKE 8 /* rows of an award that are looked for among the sets before; a larger one is a set of its own */

static void add_mixed(Mixed *m, const int32_t *found, int64_t n)
{
    int32_t *keys = m->keys + m->n;
    for (int64_t i = 0; i < n; i++) {
        int64_t to = i;
        for (; to && n <= ALIKE && keys[to - 1] > found[i]; to--)
            keys[to] = keys[to - 1];
        keys[to] = found[i];
    }
    uint64_t hash = 0;
    for (int64_t i = 0; i < n; i++)
        hash = (hash ^ (uint64_t)keys[i]) * 0x9E3779B97F4A7C15u;
    uint64_t slot = (hash >> 40) & (uint64_t)(m->slots - 1);
    for (; n <= ALIKE && m->table[slot]; slot = (slot + 1) & (uint64_t)(m->slots - 1)) {
        int64_t set = m->table[slot] - 1, same = m->begins[set + 1] - m->begins[set] == n;
        for (int64_t i = 0; same && i < n; i++)
            same = m->keys[m->begins[set] + i] == keys[i];
        if (same) {
            m->times[set]++;
            return;
        }
    }
    if (n <= ALIKE && m->sets < m->slots / 2)
        m->table[slot] = (int32_t)m->sets + 1;
    m->times[m->sets++] = 1;
    m->begins[m->sets] = m->n += n;
}

/* Takes the rows that are hit, and those whose awards have others, out of cells; counts them by key and kin; and, of the
 * latter, the awards whose rows are alike, by key, while the keys of the others are added to mixed. Last it counts what is left
 * in the cells, and leaves there the place of its key, -1 where there is nothing. The return value is how many keys there are. */
int64_t tally(const Question *q, Tally *t, Mixed *m, const uint32_t *hit, int64_t hits, int32_t *hit_at, int32_t *others_at,
              int64_t *cells)
{
    m->begins[0] = 0;
    for (int64_t i = 0; i < hits; i++) {
        if (i + AHEAD < hits)
            fetch(q, hit[i + AHEAD]);
        hit_at[i] = (int32_t)count(q, t, hit[i], cells);
        t->alike[hit_at[i]]++;
    }
    for (int64_t award = 0; award < q->awards; award++) {
        int64_t begin = q->award_begins[award], end = q->award_begins[award + 1], same = 1;
        for (int64_t i = begin; i < end; i++) {
            others_at[i] = (int32_t)count(q, t, (uint32_t)(q->alone + i), cells);
            same &= others_at[i] == others_at[begin];
        }
        if (same)
            t->alike[others_at[begin]]++;
        else
            add_mixed(m, others_at + begin, end - begin);
    }
    for (int64_t code = 0, cell = 0; code < q->total_codes; code++)
        for (int64_t place = 0; place < q->place_codes; place++)
            for (int64_t kind = 0; kind < q->kinds; kind++, cell++)
                if (!cells[cell])
                    cells[cell] = -1;
                else {
                    uint32_t key = q->place_keys[place] | q->by_kind[kind];
                    if (q->total_codes > 1)
                        key = (key & q->clear[code]) | q->set[code];
                    int64_t at = place_of(q, t, key);
                    t->counts[at * q->kins + q->kin_of_kind[kind]] += cells[cell];
                    t->alike[at] += cells[cell];
                    cells[cell] = at;
                }
    return t->n;
}

/* The rows whose places are wanted; where no rows are given, they are numbered from first on. */
int64_t choose(const int32_t *places, const uint32_t *rows, int64_t first, int64_t n, const uint8_t *wanted, uint32_t *found)
{
    int64_t met = 0;
    for (int64_t i = 0; i < n; i++) {
        found[met] = rows ? rows[i] : (uint32_t)(first + i);
        met += wanted[places[i]];
    }
    return met;
}

/* The rows of stretches of totals whose places are wanted, of those that are counted by cell. */
int64_t choose_totals(const Question *q, const int64_t *cell_at, const uint8_t *wanted, const uint32_t *total_rows, uint32_t *found)
{
    int64_t met = 0, size = q->place_codes * q->kinds;
    for (int64_t i = 0; i < q->n_stretches; i++) {
        const int64_t *of_code = cell_at + q->stretches[3 * i + 2] * size;
        int64_t any = 0;
        for (int64_t cell = 0; cell < size; cell++)
            any |= of_code[cell] >= 0 && wanted[of_code[cell]];
        for (int64_t at = q->stretches[3 * i]; any && at < q->stretches[3 * i + 1]; at++) {
            int64_t place = of_code[q->of_place[q->total_place[at]] * q->kinds + q->total_kind[at]];
            if (place >= 0 && wanted[place] && total_rows[at] < q->alone && !q->marks[total_rows[at]])
                found[met++] = total_rows[at];
        }
    }
    return met;
}

void clear_marks(const Question *q, const uint32_t *rows, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            FETCH(q->marks + rows[i + AHEAD]);
        q->marks[rows[i]] = 0;
    }
}

/* Adds the weight of a term to every text that holds it. */
void add_weight(double *sums, const uint32_t *texts, int64_t n, double weight)
{
    for (int64_t i = 0; i < n; i++)
        sums[texts[i]] += weight;
}
