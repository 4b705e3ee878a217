//! The expressions inside template tags, read far enough to know every path that they look up.
//!
//! Tera reads them again when it compiles a template; this reader exists because Tera takes a misspelt path
//! in a condition for "no" without a word, and would drop a clause.

use std::ops::Range;

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// `economics.cap.amount`
    Path(Path),
    /// `"slice"` with its place; `1` and `true` without
    Literal(Option<(String, Range<usize>)>),
    /// `not x`
    Not(Box<Expression>),
    /// `x and y`
    And(Box<Expression>, Box<Expression>),
    /// `x or y`
    Or(Box<Expression>, Box<Expression>),
    /// `x == y`
    Equal(Box<Expression>, Box<Expression>),
    /// `x in y`
    In(Box<Expression>, Box<Expression>),
    /// `x if y else z`
    Choice {
        /// What it is if the condition holds.
        yes: Box<Expression>,
        /// The condition.
        condition: Box<Expression>,
        /// What it is otherwise.
        no: Box<Expression>,
    },
    /// `x | filter(a=b)`
    Filter {
        /// What is filtered.
        value: Box<Expression>,
        /// The name and its place.
        name: (String, Range<usize>),
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// Anything else that looks up its parts: sums, comparisons, lists.
    Parts(Vec<Expression>),
}

/// A name and the keys after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    /// The names, each with its place.
    pub(super) keys: Vec<(String, Range<usize>)>,
    /// The whole path.
    pub(super) at: Range<usize>,
}

/// What a deciding tag says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Statement {
    /// `if x`
    If(Expression),
    /// `elif x`
    ElseIf(Expression),
    /// `else`
    Else,
    /// `endif`
    EndIf,
    /// `for x in y`
    For {
        /// The name of each.
        name: String,
        /// What is gone through.
        list: Expression,
    },
    /// `endfor`
    EndFor,
    /// `set x = y`
    Set {
        /// The new name.
        name: String,
        /// What it stands for.
        value: Expression,
    },
    /// Anything else, by its first word.
    Other(String),
}

/// What could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// What was found.
    pub(super) message: String,
    /// Where.
    pub(super) at: Range<usize>,
}

type Read<T> = Result<T, Unreadable>;

/// Reads what `{{ ... }}` prints. `start` is where the text begins in the template.
pub(super) fn expression(text: &str, start: usize) -> Read<Expression> {
    let mut reader = Tokens::new(text, start)?;
    let read = reader.choice()?;
    reader.end()?;
    Ok(read)
}

/// Reads what `{% ... %}` says. `start` is where the text begins in the template.
pub(super) fn statement(text: &str, start: usize) -> Read<Statement> {
    let mut reader = Tokens::new(text, start)?;
    let word = reader.word()?;
    let statement = match word.as_str() {
        "if" => Statement::If(reader.choice()?),
        "elif" => Statement::ElseIf(reader.choice()?),
        "else" => Statement::Else,
        "endif" => Statement::EndIf,
        "endfor" => Statement::EndFor,
        "for" => {
            let name = reader.word()?;
            reader.expect("in")?;
            Statement::For {
                name,
                list: reader.choice()?,
            }
        }
        "set" => {
            let name = reader.word()?;
            reader.expect("=")?;
            Statement::Set {
                name,
                value: reader.choice()?,
            }
        }
        _ => return Ok(Statement::Other(word)),
    };
    reader.end()?;
    Ok(statement)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Number,
    Sign(&'static str),
}

struct Tokens {
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    end: usize,
}

const SIGNS: &[&str] = &[
    "==", "!=", "<=", ">=", "//", "**", "?.", "...", "=", "<", ">", "+", "-", "*", "/", "%", "~",
    "|", "(", ")", "[", "]", "{", "}", ",", ".", ":", "?",
];

impl Tokens {
    fn new(text: &str, start: usize) -> Read<Tokens> {
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            let from = at;
            if letter.is_whitespace() {
                at += letter.len_utf8();
                continue;
            }
            let token = if letter.is_ascii_digit() {
                at += length(text, at, |letter| letter.is_ascii_alphanumeric());
                Token::Number
            } else if letter.is_alphanumeric() || letter == '_' {
                at += length(text, at, |letter| letter.is_alphanumeric() || letter == '_');
                Token::Word(text[from..at].to_owned())
            } else if matches!(letter, '"' | '\'' | '`') {
                let inner = from + 1;
                let Some(close) = text[inner..].find(letter) else {
                    return Err(Unreadable {
                        message: "a quotation mark is not closed".to_owned(),
                        at: start + from..start + text.len(),
                    });
                };
                at = inner + close + 1;
                Token::Text(text[inner..inner + close].to_owned())
            } else if let Some(sign) = SIGNS.iter().find(|sign| text[at..].starts_with(**sign)) {
                at += sign.len();
                Token::Sign(sign)
            } else {
                return Err(Unreadable {
                    message: format!("`{letter}` has no meaning in a tag"),
                    at: start + from..start + from + letter.len_utf8(),
                });
            };
            tokens.push((token, start + from..start + at));
        }
        Ok(Tokens {
            tokens,
            next: 0,
            end: start + text.len(),
        })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn is(&self, sign: &str) -> bool {
        match self.peek() {
            Some(Token::Word(word)) => word == sign,
            Some(Token::Sign(found)) => *found == sign,
            Some(Token::Text(_) | Token::Number) | None => false,
        }
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.is(sign);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Read<()> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{sign}`")))
        }
    }

    fn word(&mut self) -> Read<String> {
        match self.peek() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.next += 1;
                Ok(word)
            }
            Some(Token::Text(_) | Token::Number | Token::Sign(_)) | None => {
                Err(self.unexpected("a name"))
            }
        }
    }

    fn end(&self) -> Read<()> {
        if self.next == self.tokens.len() {
            Ok(())
        } else {
            Err(self.unexpected("the end of the tag"))
        }
    }

    fn place(&self) -> Range<usize> {
        self.tokens
            .get(self.next)
            .map_or(self.end..self.end, |(_, at)| at.clone())
    }

    fn unexpected(&self, wanted: &str) -> Unreadable {
        let found = match self.peek() {
            Some(Token::Word(word)) => format!("`{word}`"),
            Some(Token::Text(text)) => format!("\"{text}\""),
            Some(Token::Number) => "a number".to_owned(),
            Some(Token::Sign(sign)) => format!("`{sign}`"),
            None => "the end of the tag".to_owned(),
        };
        Unreadable {
            message: format!("expected {wanted}, found {found}"),
            at: self.place(),
        }
    }

    fn choice(&mut self) -> Read<Expression> {
        let yes = self.or()?;
        if !self.take("if") {
            return Ok(yes);
        }
        let condition = self.or()?;
        let no = if self.take("else") {
            self.choice()?
        } else {
            Expression::Literal(None)
        };
        Ok(Expression::Choice {
            yes: Box::new(yes),
            condition: Box::new(condition),
            no: Box::new(no),
        })
    }

    fn or(&mut self) -> Read<Expression> {
        let mut left = self.and()?;
        while self.take("or") {
            left = Expression::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Read<Expression> {
        let mut left = self.not()?;
        while self.take("and") {
            left = Expression::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Read<Expression> {
        if self.take("not") {
            return Ok(Expression::Not(Box::new(self.not()?)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Read<Expression> {
        let left = self.sum()?;
        if self.take("==") {
            return Ok(Expression::Equal(Box::new(left), Box::new(self.sum()?)));
        }
        if self.take("in") {
            return Ok(Expression::In(Box::new(left), Box::new(self.sum()?)));
        }
        if self.is("not") {
            self.next += 1;
            self.expect("in")?;
            let within = Expression::In(Box::new(left), Box::new(self.sum()?));
            return Ok(Expression::Not(Box::new(within)));
        }
        for sign in ["!=", "<=", ">=", "<", ">"] {
            if self.take(sign) {
                return Ok(Expression::Parts(vec![left, self.sum()?]));
            }
        }
        Ok(left)
    }

    fn sum(&mut self) -> Read<Expression> {
        let first = self.filtered()?;
        let mut parts = vec![first];
        while ["+", "-", "*", "/", "//", "%", "**", "~"]
            .iter()
            .any(|sign| self.take(sign))
        {
            parts.push(self.filtered()?);
        }
        if parts.len() == 1 {
            Ok(parts.remove(0))
        } else {
            Ok(Expression::Parts(parts))
        }
    }

    fn filtered(&mut self) -> Read<Expression> {
        let mut value = self.value()?;
        while self.take("|") {
            let at = self.place();
            let name = self.word()?;
            let arguments = if self.is("(") {
                self.arguments()?
            } else {
                Vec::new()
            };
            value = Expression::Filter {
                value: Box::new(value),
                name: (name, at),
                arguments,
            };
        }
        Ok(value)
    }

    fn arguments(&mut self) -> Read<Vec<Expression>> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        while !self.take(")") {
            self.word()?;
            self.expect("=")?;
            arguments.push(self.choice()?);
            if !self.is(")") {
                self.expect(",")?;
            }
        }
        Ok(arguments)
    }

    fn value(&mut self) -> Read<Expression> {
        let at = self.place();
        let Some(token) = self.peek().cloned() else {
            return Err(self.unexpected("a value"));
        };
        self.next += 1;
        match token {
            Token::Number => Ok(Expression::Literal(None)),
            Token::Text(text) => Ok(Expression::Literal(Some((text, at)))),
            Token::Sign("(") => {
                let inner = self.choice()?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Sign("-") => self.value(),
            Token::Sign("[") => {
                let mut parts = Vec::new();
                while !self.take("]") {
                    parts.push(self.choice()?);
                    if !self.is("]") {
                        self.expect(",")?;
                    }
                }
                Ok(Expression::Parts(parts))
            }
            Token::Word(word) if matches!(word.as_str(), "true" | "false" | "none") => {
                Ok(Expression::Literal(None))
            }
            Token::Word(word) => self.path(word, at),
            Token::Sign(_) => {
                self.next -= 1;
                Err(self.unexpected("a value"))
            }
        }
    }

    fn path(&mut self, first: String, at: Range<usize>) -> Read<Expression> {
        let mut keys = vec![(first, at.clone())];
        let mut end = at.end;
        while self.take(".") {
            let here = self.place();
            end = here.end;
            keys.push((self.word()?, here));
        }
        if self.is("(") || self.is("[") || self.is("?.") {
            return Err(self.unexpected("a plain path, `|` or the end of the tag"));
        }
        Ok(Expression::Path(Path {
            keys,
            at: at.start..end,
        }))
    }
}

/// How many bytes from `at` on are letters that `fits` takes.
fn length(text: &str, at: usize, fits: impl Fn(char) -> bool) -> usize {
    text[at..]
        .find(|letter| !fits(letter))
        .unwrap_or(text.len() - at)
}
