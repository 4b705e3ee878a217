//! Names and their numbers: a table that is looked up millions of times and is the same in every run.

use super::ledger::digest;

/// Names, each with a number in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Index {
    names: Vec<Box<str>>,
    /// A number plus one for each place, 0 for a free one; at most half of the places are taken.
    places: Vec<u32>,
}

impl Index {
    /// The number of a name.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        if self.places.is_empty() {
            return None;
        }
        self.place(name).1
    }

    /// The number of a name, which gets the next one if it has none. Whether it is new.
    pub(super) fn insert(&mut self, name: &str) -> (u32, bool) {
        if self.places.len() <= self.names.len() * 2 {
            self.grow();
        }
        let (place, found) = self.place(name);
        if let Some(number) = found {
            return (number, false);
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.into());
        self.places[place] = number + 1;
        (number, true)
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Where a name stands or would stand, and its number.
    fn place(&self, name: &str) -> (usize, Option<u32>) {
        let mask = self.places.len() - 1;
        // The upper half of the digest is mixed in, as the lower bits of it are the weaker ones.
        let mixed = digest(name);
        let mut place = usize::try_from((mixed ^ (mixed >> 32)) & 0xFFFF_FFFF).unwrap_or(0) & mask;
        loop {
            let Some(number) = self.places[place].checked_sub(1) else {
                return (place, None);
            };
            if &*self.names[number as usize] == name {
                return (place, Some(number));
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(64);
        self.places.clear();
        self.places.resize(size, 0);
        for number in 0..self.names.len() {
            let (place, _) = self.place(&self.names[number]);
            self.places[place] = u32::try_from(number).unwrap_or(u32::MAX - 1) + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn a_name_keeps_its_number() {
        let mut index = Index::default();
        assert_eq!(index.get("a"), None);
        for number in 0..5_000_u32 {
            assert_eq!(index.insert(&format!("name {number}")), (number, true));
        }
        for number in 0..5_000_u32 {
            assert_eq!(index.insert(&format!("name {number}")), (number, false));
            assert_eq!(index.get(&format!("name {number}")), Some(number));
        }
        assert_eq!((index.len(), index.get("name")), (5_000, None));
    }
}
