//! Sorting more records than memory holds: runs that are sorted in memory, and all runs merged.
//!
//! A run is written as the distance of each key to the one before, the length of the record, and the record. Records
//! with one key keep the order in which they came.

use super::record::{number, number_at};
use super::{Leaf, Room};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io::{Error, ErrorKind, Result, SeekFrom};
use std::ops::Range;
use std::rc::Rc;

/// Records being sorted.
#[derive(Debug)]
pub(super) struct Sorter {
    room: Rc<dyn Room>,
    /// The records that are in memory, one after the other.
    held: Vec<u8>,
    /// Their keys, and where they begin and end.
    index: Vec<(u128, u32, u32)>,
    /// Whether records are keys alone, and one of each is enough.
    sole: bool,
    leaf: Option<Box<dyn Leaf>>,
    runs: Vec<Range<u64>>,
    /// Why nothing can be written any more; told at the end.
    failed: Option<Error>,
}

/// How much is written at once.
const PIECE: usize = 1 << 18;
/// What all runs together hold in memory while they are merged, and the least and the most that one does.
const MERGED: usize = 16 << 20;
const CHUNK: Range<usize> = 1 << 12..1 << 18;

impl Sorter {
    pub(super) fn new(room: &Rc<dyn Room>) -> Sorter {
        Sorter {
            room: Rc::clone(room),
            held: Vec::new(),
            index: Vec::new(),
            sole: false,
            leaf: None,
            runs: Vec::new(),
            failed: None,
        }
    }

    /// Sorts keys alone, and keeps one of those that are alike wherever it meets them.
    pub(super) fn sole(room: &Rc<dyn Room>) -> Sorter {
        Sorter {
            sole: true,
            ..Sorter::new(room)
        }
    }

    /// Takes in a record, which `write` appends to what it is given.
    pub(super) fn push(&mut self, key: u128, write: impl FnOnce(&mut Vec<u8>)) {
        let start = place(self.held.len());
        write(&mut self.held);
        self.index.push((key, start, place(self.held.len())));
        let held = self.held.len() + self.index.len() * size_of::<(u128, u32, u32)>();
        if held >= self.room.held() {
            self.flush();
        }
    }

    /// Writes what is in memory as a run.
    fn flush(&mut self) {
        if self.failed.is_none() {
            self.failed = self.write().err();
        }
        self.held.clear();
        self.index.clear();
    }

    fn write(&mut self) -> Result<()> {
        if self.leaf.is_none() {
            self.leaf = Some(self.room.leaf()?);
        }
        let Some(mut leaf) = self.leaf.take() else {
            return Ok(());
        };
        let start = self.runs.last().map_or(0, |run| run.end);
        let mut end = start;
        let mut piece = Vec::with_capacity(PIECE + (1 << 16));
        self.run(&mut piece, |piece| {
            if piece.len() >= PIECE {
                end += piece.len() as u64;
                leaf.write_all(piece)?;
                piece.clear();
            }
            Ok(())
        })?;
        end += piece.len() as u64;
        leaf.write_all(&piece)?;
        self.runs.push(start..end);
        self.leaf = Some(leaf);
        Ok(())
    }

    /// Appends what is in memory, sorted; `after` is called after each record.
    fn run(
        &mut self,
        piece: &mut Vec<u8>,
        mut after: impl FnMut(&mut Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        // By where they begin, records with one key stay in their order.
        self.index.sort_unstable();
        if self.sole {
            self.index.dedup_by_key(|(key, _, _)| *key);
        }
        let mut last = 0;
        for (key, start, end) in &self.index {
            number(piece, key - last);
            last = *key;
            let record = &self.held[*start as usize..*end as usize];
            number(piece, record.len() as u128);
            piece.extend_from_slice(record);
            after(piece)?;
        }
        Ok(())
    }

    /// All records, in the order of their keys.
    ///
    /// # Errors
    ///
    /// If they could not be written.
    pub(super) fn finish(mut self) -> Result<Merge> {
        if !self.runs.is_empty() && !self.index.is_empty() {
            self.flush();
        }
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut cursors = Vec::new();
        if self.runs.is_empty() {
            let mut chunk = Vec::new();
            self.run(&mut chunk, |_| Ok(()))?;
            cursors.push(Cursor::new(chunk, 0..0));
        }
        for run in &self.runs {
            cursors.push(Cursor::new(Vec::new(), run.clone()));
        }
        let mut merge = Merge {
            leaf: self.leaf,
            chunk: (MERGED / cursors.len()).clamp(CHUNK.start, CHUNK.end),
            cursors,
            heap: BinaryHeap::new(),
            fresh: false,
        };
        merge.rewind()?;
        Ok(merge)
    }
}

/// A place in what is held, which is far below 4 GB.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Sorted records, read one after the other.
#[derive(Debug)]
pub(super) struct Merge {
    leaf: Option<Box<dyn Leaf>>,
    cursors: Vec<Cursor>,
    /// How much of a run is read at once.
    chunk: usize,
    /// The key at which each run is, and its number.
    heap: BinaryHeap<Reverse<(u128, usize)>>,
    /// Whether the first record of the heap is one that nobody has passed.
    fresh: bool,
}

/// How far a run has been read.
#[derive(Debug)]
struct Cursor {
    run: Range<u64>,
    /// What of it is still to be read from the leaf.
    ahead: Range<u64>,
    chunk: Vec<u8>,
    at: usize,
    key: u128,
    record: Range<usize>,
}

impl Merge {
    /// Goes back to the first record.
    pub(super) fn rewind(&mut self) -> Result<()> {
        self.heap.clear();
        for (number, cursor) in self.cursors.iter_mut().enumerate() {
            if !cursor.run.is_empty() {
                cursor.chunk.clear();
            }
            (cursor.ahead, cursor.at, cursor.key) = (cursor.run.clone(), 0, 0);
            if cursor.advance(self.leaf.as_deref_mut(), self.chunk)? {
                self.heap.push(Reverse((cursor.key, number)));
            }
        }
        self.fresh = true;
        Ok(())
    }

    /// The next record with its key; the same one until it is passed.
    pub(super) fn peek(&mut self) -> Result<Option<(u128, &[u8])>> {
        if !self.fresh {
            self.fresh = true;
            if let Some(mut top) = self.heap.peek_mut() {
                let Reverse((key, number)) = &mut *top;
                let cursor = &mut self.cursors[*number];
                if cursor.advance(self.leaf.as_deref_mut(), self.chunk)? {
                    *key = cursor.key;
                } else {
                    PeekMut::pop(top);
                }
            }
        }
        Ok(self.heap.peek().map(|Reverse((key, number))| {
            let cursor = &self.cursors[*number];
            (*key, &cursor.chunk[cursor.record.clone()])
        }))
    }

    /// Goes on to the record after this one.
    pub(super) fn pass(&mut self) {
        self.fresh = false;
    }
}

impl Cursor {
    fn new(chunk: Vec<u8>, run: Range<u64>) -> Cursor {
        Cursor {
            ahead: run.clone(),
            run,
            chunk,
            at: 0,
            key: 0,
            record: 0..0,
        }
    }

    /// Goes on to the next record; `false` at the end.
    fn advance(
        &mut self,
        mut leaf: Option<&mut (dyn Leaf + 'static)>,
        size: usize,
    ) -> Result<bool> {
        loop {
            let mut at = self.at;
            if let Some(distance) = number_at(&self.chunk, &mut at)
                && let Some(length) = number_at(&self.chunk, &mut at)
                && let Ok(length) = usize::try_from(length)
                && self.chunk.len() - at >= length
            {
                self.key += distance;
                self.record = at..at + length;
                self.at = at + length;
                return Ok(true);
            }
            if self.ahead.is_empty() {
                return if self.at == self.chunk.len() {
                    Ok(false)
                } else {
                    Err(broken())
                };
            }
            self.chunk.drain(..self.at);
            self.at = 0;
            let left = self.ahead.end - self.ahead.start;
            let more = usize::try_from(left).unwrap_or(usize::MAX).min(size);
            let start = self.chunk.len();
            self.chunk.resize(start + more, 0);
            let leaf = leaf.as_deref_mut().ok_or_else(broken)?;
            leaf.seek(SeekFrom::Start(self.ahead.start))?;
            leaf.read_exact(&mut self.chunk[start..])?;
            self.ahead.start += more as u64;
        }
    }
}

/// What was written is not what is read.
pub(super) fn broken() -> Error {
    Error::new(
        ErrorKind::InvalidData,
        "what was put aside does not read back as it was",
    )
}

#[cfg(test)]
mod tests {
    use super::Sorter;
    use crate::events::tests::{Paper, dice};
    use std::rc::Rc;

    #[test]
    fn records_come_back_sorted_and_in_their_order_whatever_memory_holds() {
        for held in [1, 100, 5_000, 1 << 20] {
            let room: Rc<dyn super::Room> = Rc::new(Paper { held });
            let mut sorter = Sorter::new(&room);
            let mut sole = Sorter::sole(&room);
            let mut expected = Vec::new();
            let mut roll = dice(held as u64);
            for number in 0..3_000_u64 {
                let key = u128::from(roll(500)) << roll(90);
                let record = vec![b'x'; usize::try_from(roll(60)).expect("small")];
                let record = [record, number.to_le_bytes().to_vec()].concat();
                sorter.push(key, |out| out.extend_from_slice(&record));
                sole.push(key, |_| ());
                expected.push((key, record));
            }
            expected.sort_by_key(|(key, _)| *key);
            let mut merge = sorter.finish().expect("memory holds it");
            for _ in 0..2 {
                for (key, record) in &expected {
                    assert_eq!(merge.peek().expect("it reads"), Some((*key, &record[..])));
                    assert_eq!(merge.peek().expect("it reads"), Some((*key, &record[..])));
                    merge.pass();
                }
                assert_eq!(merge.peek().expect("it reads"), None);
                merge.rewind().expect("it reads");
            }
            let mut keys = Vec::new();
            let mut merge = sole.finish().expect("memory holds it");
            while let Some((key, _)) = merge.peek().expect("it reads") {
                if keys.last() != Some(&key) {
                    keys.push(key);
                }
                merge.pass();
            }
            expected.dedup_by_key(|(key, _)| *key);
            assert!(keys.iter().eq(expected.iter().map(|(key, _)| key)));
        }
    }
}
