//! Numbers in English words.

const BELOW_TWENTY: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

const THOUSANDS: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "quintillion"),
    (1_000_000_000_000_000, "quadrillion"),
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];

/// The number in words, in American style without "and": `one hundred twenty-one`.
pub fn cardinal(number: u64) -> String {
    if number == 0 {
        return BELOW_TWENTY[0].to_owned();
    }
    let mut words = String::with_capacity(32);
    let mut rest = number;
    for (size, name) in THOUSANDS {
        if rest >= size {
            below_thousand(rest / size, &mut words);
            add(&mut words, " ", name);
            rest %= size;
        }
    }
    below_thousand(rest, &mut words);
    words
}

/// Adds a word, after `joint` if it is not the first.
fn add(words: &mut String, joint: &str, word: &str) {
    if !words.is_empty() {
        words.push_str(joint);
    }
    words.push_str(word);
}

/// Adds the words of a number from 1 to 999; none for 0.
fn below_thousand(number: u64, words: &mut String) {
    let [hundreds, tens, ones] = [number / 100, number / 10 % 10, number % 10]
        .map(|digit| usize::try_from(digit).unwrap_or(0));
    if hundreds > 0 {
        add(words, " ", BELOW_TWENTY[hundreds]);
        words.push_str(" hundred");
    }
    match (tens, ones) {
        (0, 0) => {}
        (0 | 1, _) => add(words, " ", BELOW_TWENTY[tens * 10 + ones]),
        (_, 0) => add(words, " ", TENS[tens]),
        (_, _) => {
            add(words, " ", TENS[tens]);
            add(words, "-", BELOW_TWENTY[ones]);
        }
    }
}

/// The place in a row: `first` to `tenth`, then `11th`, `22nd`, `113th`.
pub fn ordinal(number: u32) -> String {
    let word = match number {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        6 => "sixth",
        7 => "seventh",
        8 => "eighth",
        9 => "ninth",
        10 => "tenth",
        _ => {
            let ending = match (number % 100, number % 10) {
                (11..=13, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                (_, _) => "th",
            };
            return format!("{number}{ending}");
        }
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads the words back, by adding and multiplying them up.
    fn read(words: &str) -> u64 {
        let (mut total, mut group) = (0, 0);
        for word in words.split([' ', '-']) {
            let scale = THOUSANDS.iter().find(|(_, name)| *name == word);
            if let Some((size, _)) = scale {
                total += group * size;
                group = 0;
            } else if word == "hundred" {
                group *= 100;
            } else {
                let ones = BELOW_TWENTY.iter().position(|name| *name == word);
                let tens = TENS.iter().position(|name| *name == word);
                let value = ones.or(tens.map(|tens| tens * 10)).expect(word);
                group += u64::try_from(value).expect("a small number");
            }
        }
        total + group
    }

    #[test]
    fn cardinals_are_american() {
        for (number, words) in [
            (0, "zero"),
            (10, "ten"),
            (13, "thirteen"),
            (20, "twenty"),
            (21, "twenty-one"),
            (100, "one hundred"),
            (121, "one hundred twenty-one"),
            (1_000, "one thousand"),
            (250_000, "two hundred fifty thousand"),
            (1_000_001, "one million one"),
            (
                u64::MAX,
                "eighteen quintillion four hundred forty-six quadrillion seven hundred forty-four \
                 trillion seventy-three billion seven hundred nine million five hundred fifty-one \
                 thousand six hundred fifteen",
            ),
        ] {
            assert_eq!(cardinal(number), words);
        }
    }

    #[test]
    fn small_cardinals_read_back() {
        for number in 0..=20_000 {
            assert_eq!(read(&cardinal(number)), number);
        }
    }

    #[test]
    fn ordinals_are_words_to_ten() {
        let all = [
            0, 1, 2, 3, 10, 11, 12, 13, 21, 22, 23, 24, 100, 101, 111, 112, 113, 122,
        ]
        .map(ordinal);
        assert_eq!(
            all.join(" "),
            "0th first second third tenth 11th 12th 13th 21st 22nd 23rd 24th 100th 101st 111th 112th 113th 122nd"
        );
    }

    proptest! {
        #[test]
        fn cardinals_read_back(number: u64) {
            prop_assert_eq!(read(&cardinal(number)), number);
        }
    }
}
