//! Tables by column, row and cell: one changed cell is one change, and a new column replaces no table.

use super::flat::{Span, spans};
use super::marks;
use super::order::{Pair, heaviest};
use super::token::{Renames, Said, said_by};
use super::{Edit, End, MarkedColumn, MarkedRow, MarkedTable, Moved, Piece};
use crate::document::{Inline, Table};

/// A table with one fate.
pub(super) fn whole(table: &Table, edit: Edit) -> MarkedTable {
    let all = |words: &[Inline]| marks::all(&spans(words), edit);
    let old = match edit {
        Edit::Kept | Edit::Deleted => table.anchor.clone(),
        Edit::Inserted => None,
    };
    let new = match edit {
        Edit::Kept | Edit::Inserted => table.anchor.clone(),
        Edit::Deleted => None,
    };
    MarkedTable {
        old_anchor: old,
        new_anchor: new,
        caption: all(&table.caption),
        columns: table
            .columns
            .iter()
            .map(|column| MarkedColumn {
                edit,
                moved: None,
                heading: all(&column.heading),
                align: column.align,
                was: None,
                change: None,
            })
            .collect(),
        rows: table
            .rows
            .iter()
            .map(|row| MarkedRow {
                edit,
                moved: None,
                cells: row.iter().map(|cell| all(cell)).collect(),
                change: None,
            })
            .collect(),
    }
}

/// One place in the order of a marked table: a row or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Kept { old: usize, new: usize },
    Deleted(usize),
    Inserted(usize),
    From { old: usize, id: usize },
    To { old: usize, new: usize, id: usize },
}

impl Slot {
    fn edit(self) -> Edit {
        match self {
            Slot::Kept { .. } => Edit::Kept,
            Slot::Deleted(_) | Slot::From { .. } => Edit::Deleted,
            Slot::Inserted(_) | Slot::To { .. } => Edit::Inserted,
        }
    }

    fn moved(self) -> Option<Moved> {
        match self {
            Slot::Kept { .. } | Slot::Deleted(_) | Slot::Inserted(_) => None,
            Slot::From { id, .. } => Some(Moved { id, end: End::From }),
            Slot::To { id, .. } => Some(Moved { id, end: End::To }),
        }
    }

    /// Whether it is in both documents and stands where it is in the new one.
    fn stays(self) -> bool {
        match self {
            Slot::Kept { .. } | Slot::To { .. } => true,
            Slot::Deleted(_) | Slot::Inserted(_) | Slot::From { .. } => false,
        }
    }

    /// Whether it stands where it is in the old document.
    fn was(self) -> bool {
        match self {
            Slot::Kept { .. } | Slot::Deleted(_) | Slot::From { .. } => true,
            Slot::Inserted(_) | Slot::To { .. } => false,
        }
    }

    fn at_old(self) -> Option<usize> {
        match self {
            Slot::Kept { old, .. }
            | Slot::Deleted(old)
            | Slot::From { old, .. }
            | Slot::To { old, .. } => Some(old),
            Slot::Inserted(_) => None,
        }
    }

    fn at_new(self) -> Option<usize> {
        match self {
            Slot::Kept { new, .. } | Slot::Inserted(new) | Slot::To { new, .. } => Some(new),
            Slot::Deleted(_) | Slot::From { .. } => None,
        }
    }
}

/// What became of a table. The moves in it are numbered from 0, columns first.
pub(super) fn compare(old: &Table, new: &Table, renames: &Renames<'_>) -> MarkedTable {
    let mut moves = 0;
    let columns = columns(old, new, &mut moves);
    let rows = rows(old, new, &columns, &mut moves);
    MarkedTable {
        old_anchor: old.anchor.clone(),
        new_anchor: new.anchor.clone(),
        caption: marks::of_words(&old.caption, &new.caption, renames),
        columns: columns
            .iter()
            .map(|slot| {
                let was = slot.at_old().map(|at| &old.columns[at]);
                let is = slot.at_new().map(|at| &new.columns[at]);
                let align = is.or(was).map(|column| column.align);
                MarkedColumn {
                    edit: slot.edit(),
                    moved: slot.moved(),
                    heading: cell(
                        *slot,
                        was.map(|column| column.heading.as_slice()),
                        is.map(|column| column.heading.as_slice()),
                        renames,
                    ),
                    align: align.unwrap_or(crate::document::Align::Start),
                    was: match slot {
                        Slot::Kept { .. } => was
                            .map(|column| column.align)
                            .filter(|was| Some(*was) != align),
                        Slot::Deleted(_)
                        | Slot::Inserted(_)
                        | Slot::From { .. }
                        | Slot::To { .. } => None,
                    },
                    change: None,
                }
            })
            .collect(),
        rows: rows
            .iter()
            .map(|row| MarkedRow {
                edit: row.edit(),
                moved: row.moved(),
                cells: columns
                    .iter()
                    .map(|column| {
                        let met = (row.stays() && column.stays()) || (row.was() && column.was());
                        let was = row.at_old().zip(column.at_old()).filter(|_| met);
                        let is = row.at_new().zip(column.at_new());
                        cell(
                            across(*row, *column),
                            was.map(|(row, column)| old.rows[row][column].as_slice()),
                            is.map(|(row, column)| new.rows[row][column].as_slice()),
                            renames,
                        )
                    })
                    .collect(),
                change: None,
            })
            .collect(),
    }
}

/// Which of a row and a column decides about the cell where they meet.
fn across(row: Slot, column: Slot) -> Slot {
    match (row, column) {
        (Slot::Kept { .. } | Slot::To { .. }, Slot::Kept { .. } | Slot::To { .. }) => {
            Slot::Kept { old: 0, new: 0 }
        }
        // At the old end of a move all is kept, but not what is struck with its row or column.
        (Slot::Deleted(_), _) | (_, Slot::Deleted(_)) => Slot::Deleted(0),
        (Slot::Inserted(_), _) | (_, Slot::Inserted(_)) => Slot::Inserted(0),
        (Slot::From { .. }, _) | (_, Slot::From { .. }) => Slot::From { old: 0, id: 0 },
    }
}

/// The words of a cell or heading in such a slot.
fn cell(
    slot: Slot,
    was: Option<&[Inline]>,
    is: Option<&[Inline]>,
    renames: &Renames<'_>,
) -> Vec<Piece> {
    let all = |words: Option<&[Inline]>, edit| {
        words.map_or(Vec::new(), |words| marks::all(&spans(words), edit))
    };
    match slot {
        Slot::Kept { .. } | Slot::To { .. } => match (was, is) {
            (Some(was), Some(is)) => marks::of_words(was, is, renames),
            (was, None) => all(was, Edit::Deleted),
            (None, is) => all(is, Edit::Inserted),
        },
        Slot::Deleted(_) => all(was, Edit::Deleted),
        Slot::Inserted(_) => all(is, Edit::Inserted),
        Slot::From { .. } => all(was, Edit::Kept),
    }
}

fn of(words: &[Inline]) -> Said {
    let spans: Vec<Span<'_>> = spans(words);
    said_by(&spans)
}

/// Columns by heading; one with a new heading by what stands under it.
fn columns(old: &Table, new: &Table, moves: &mut usize) -> Vec<Slot> {
    let keys = |table: &Table| -> Vec<u64> {
        table
            .columns
            .iter()
            .map(|column| of(&column.heading).key)
            .collect()
    };
    let under = |table: &Table, at: usize| -> Vec<u64> {
        table.rows.iter().map(|row| of(&row[at]).key).collect()
    };
    let (was, is) = (keys(old), keys(new));
    let (spine, moved) = pair(&was, &is, &vec![1; was.len()]);
    let mut spine = within_gaps(
        &spine,
        &moved,
        was.len(),
        new.columns.len(),
        |at_old, at_new| {
            was[at_old] == is[at_new] || alike(&under(old, at_old), &under(new, at_new))
        },
    );
    if spine.is_empty() && old.columns.len() == new.columns.len() && old.rows.is_empty() {
        spine = (0..old.columns.len()).map(|at| (at, at)).collect();
    }
    slots(&spine, &moved, was.len(), is.len(), moves)
}

/// Rows by all their cells, then by the first; then by half of their cells.
fn rows(old: &Table, new: &Table, columns: &[Slot], moves: &mut usize) -> Vec<Slot> {
    let mut shared: Vec<(usize, usize)> = columns
        .iter()
        .filter_map(|slot| slot.at_old().zip(slot.at_new()))
        .collect();
    shared.sort_unstable();
    let cells = |table: &Table, of_side: fn(&(usize, usize)) -> usize| -> Vec<Vec<Said>> {
        table
            .rows
            .iter()
            .map(|row| shared.iter().map(|pair| of(&row[of_side(pair)])).collect())
            .collect()
    };
    let was = cells(old, |pair| pair.0);
    let is = cells(new, |pair| pair.1);
    if shared.is_empty() {
        let mut all: Vec<Slot> = (0..was.len()).map(Slot::Deleted).collect();
        all.extend((0..is.len()).map(Slot::Inserted));
        return all;
    }
    let fold = |row: &Vec<Said>| {
        row.iter().fold(0u64, |key, said| {
            key.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ said.key
        })
    };
    let weights: Vec<u64> = was
        .iter()
        .map(|row| 1 + row.iter().map(|said| u64::from(said.words)).sum::<u64>())
        .collect();
    let full = |rows: &[Vec<Said>]| -> Vec<u64> { rows.iter().map(fold).collect() };
    let head = |rows: &[Vec<Said>]| -> Vec<u64> { rows.iter().map(|row| row[0].key).collect() };
    let (was_full, is_full) = (full(&was), full(&is));
    let mut pairs = unique(&was_full, &is_full);
    let taken_old: Vec<usize> = pairs.iter().map(|pair| pair.0).collect();
    let mut taken_new: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
    taken_new.sort_unstable();
    // A row that is not the same is known by its first cell, if that says anything.
    for (at_old, at_new) in unique(&head(&was), &head(&is)) {
        let free =
            taken_old.binary_search(&at_old).is_err() && taken_new.binary_search(&at_new).is_err();
        if free && was[at_old][0].words > 0 {
            pairs.push((at_old, at_new));
        }
    }
    let (spine, moved) = split(pairs, &weights);
    let keys = |row: &[Said]| -> Vec<u64> { row.iter().map(|said| said.key).collect() };
    let spine = within_gaps(&spine, &moved, was.len(), is.len(), |at_old, at_new| {
        was_full[at_old] == is_full[at_new] || alike(&keys(&was[at_old]), &keys(&is[at_new]))
    });
    slots(&spine, &moved, was.len(), is.len(), moves)
}

/// Whether two rows or columns are one: half of what is in them is the same, at the same place.
fn alike(old: &[u64], new: &[u64]) -> bool {
    let same = old.iter().zip(new).filter(|(was, is)| was == is).count();
    same > 0 && 2 * same >= old.len().min(new.len())
}

/// Pairs of places whose key is there once on each side, by the old place.
fn unique(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    let mut all: Vec<(u64, u8, usize)> = Vec::with_capacity(old.len() + new.len());
    all.extend(old.iter().enumerate().map(|(at, key)| (*key, 0, at)));
    all.extend(new.iter().enumerate().map(|(at, key)| (*key, 1, at)));
    all.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = all
        .chunk_by(|one, other| one.0 == other.0)
        .filter_map(|same| match same {
            [(_, 0, old), (_, 1, new)] => Some((*old, *new)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    pairs
}

type Paired = Vec<(usize, usize)>;

fn pair(old: &[u64], new: &[u64], weights: &[u64]) -> (Paired, Paired) {
    split(unique(old, new), weights)
}

/// Those pairs that stay in order, and those that moved.
fn split(mut pairs: Paired, weights: &[u64]) -> (Paired, Paired) {
    pairs.sort_unstable();
    let weighed: Vec<Pair> = pairs
        .iter()
        .map(|&(old, new)| Pair {
            old,
            new,
            weight: weights[old],
        })
        .collect();
    let mut stays = vec![false; pairs.len()];
    for place in heaviest(&weighed) {
        stays[place] = true;
    }
    let mut stay = stays.iter();
    pairs
        .into_iter()
        .partition(|_| stay.next().copied().unwrap_or(false))
}

/// The spine, with pairs between its pairs: the first that is alike, in order.
fn within_gaps(
    spine: &Paired,
    moved: &Paired,
    old: usize,
    new: usize,
    alike: impl Fn(usize, usize) -> bool,
) -> Paired {
    /// How far ahead a row looks for the one that it was.
    const AHEAD: usize = 50;
    let mut gone = vec![false; old];
    let mut come = vec![false; new];
    for pair in moved {
        gone[pair.0] = true;
        come[pair.1] = true;
    }
    let mut all = Paired::new();
    let mut next = (0, 0);
    for &(end_old, end_new) in spine.iter().chain([&(old, new)]) {
        let mut from = next.1;
        for at_old in (next.0..end_old).filter(|at| !gone[*at]) {
            let found = (from..end_new.min(from + AHEAD))
                .filter(|at_new| !come[*at_new])
                .find(|at_new| alike(at_old, *at_new));
            if let Some(at_new) = found {
                all.push((at_old, at_new));
                from = at_new + 1;
            }
        }
        if (end_old, end_new) != (old, new) {
            all.push((end_old, end_new));
        }
        next = (end_old + 1, end_new + 1);
    }
    all
}

/// All places of both sides in the order in which they are shown.
fn slots(spine: &Paired, moved: &Paired, old: usize, new: usize, moves: &mut usize) -> Vec<Slot> {
    let mut from = vec![None; old];
    let mut to = vec![None; new];
    for &(at_old, at_new) in moved {
        from[at_old] = Some(*moves);
        to[at_new] = Some((at_old, *moves));
        *moves += 1;
    }
    let mut all = Vec::with_capacity(old + new);
    let mut next = (0, 0);
    for &(end_old, end_new) in spine.iter().chain([&(old, new)]) {
        all.extend((next.0..end_old).map(|old| match from[old] {
            Some(id) => Slot::From { old, id },
            None => Slot::Deleted(old),
        }));
        all.extend((next.1..end_new).map(|new| match to[new] {
            Some((old, id)) => Slot::To { old, new, id },
            None => Slot::Inserted(new),
        }));
        if (end_old, end_new) != (old, new) {
            all.push(Slot::Kept {
                old: end_old,
                new: end_new,
            });
        }
        next = (end_old + 1, end_new + 1);
    }
    all
}
