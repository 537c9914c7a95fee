//! A JSON tree that keeps what `serde_json::Value` drops: the order of an object's members, and repeated members. Its
//! nodes are allocated in an arena, and strings without escapes borrow from the text, so parsing a document takes few
//! allocations.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

pub use bumpalo::Bump as Arena;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::Malformed;
use super::text::quoted;

/// One JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number. Integers of 64 bits are exact; other numbers are doubles.
    Number(Number),
    /// A string.
    String(Text<'a>),
    /// A list.
    Array(&'a [Json<'a>]),
    /// An object's members in order, repeated ones included.
    Object(&'a [(Text<'a>, Json<'a>)]),
}

impl<'a> Json<'a> {
    /// Parses exactly one JSON value, with only white space around it.
    ///
    /// # Errors
    /// [`Malformed`] for text that is not JSON, and for nesting deeper than 127 levels (`serde_json`'s limit, which
    /// prevents a hostile text from exhausting the stack).
    pub fn parse(text: &'a str, arena: &'a Arena) -> Result<Self, Malformed> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        // A policy of one statement needs no more space than this.
        let mut reader = Reader { arena, items: Vec::with_capacity(4), members: Vec::with_capacity(12) };
        let json = reader.deserialize(&mut deserializer);
        json.and_then(|json| deserializer.end().map(|()| json)).map_err(|error| not_json(&error))
    }

    /// The value as messages show it, such as `the string 'x'` or `an object`.
    pub(super) fn described(&self) -> String {
        match self {
            Self::Null | Self::Bool(_) => self.to_string(),
            Self::Number(number) => format!("the number {number}"),
            Self::String(text) => format!("the string {}", quoted(text)),
            Self::Array(_) => "an array".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }

    /// The text of a string, or `None` for any other value.
    #[must_use]
    pub fn as_str(&self) -> Option<&'a str> {
        if let Self::String(text) = self { Some(text.0) } else { None }
    }

    /// Appends compact JSON to `out`.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(value) => out.push_str(&value.to_string()),
            Self::String(value) => value.write(out),
            Self::Array(_) => self.write_items(out, Self::write),
            Self::Object(_) => self.write_members(out, |_, value, out| value.write(out)),
        }
    }

    /// Writes an array with `write_item` for each item. Any other value is written as a single item.
    pub fn write_items(&self, out: &mut String, write_item: impl Fn(&Self, &mut String)) {
        match self {
            Self::Array(items) => write_separated(['[', ']'], items, out, write_item),
            single => write_item(single, out),
        }
    }

    /// Writes an object with `write_value` for each name and value. Any other value is written unchanged.
    pub fn write_members(&self, out: &mut String, write_value: impl Fn(&str, &Self, &mut String)) {
        let Self::Object(members) = self else { return self.write(out) };
        write_separated(['{', '}'], members, out, |(name, value), out| {
            name.write(out);
            out.push(':');
            write_value(name, value, out);
        });
    }

    /// The text of a value that a condition can compare: a string, a number or a boolean.
    pub(super) fn as_operand(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::String(text) => Some(Cow::Borrowed(text.0)),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Self::Null | Self::Array(_) | Self::Object(_) => None,
        }
    }
}

/// Compact JSON: no white space, members in order.
impl fmt::Display for Json<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        out.write_str(&text)
    }
}

/// Converts the parser's error. Its position becomes the place of the problem.
fn not_json(error: &serde_json::Error) -> Malformed {
    let position = format!(" at line {} column {}", error.line(), error.column());
    let problem = error.to_string();
    let problem = problem.strip_suffix(&position).unwrap_or(&problem);
    Malformed::at(position.trim_start_matches(" at "), format!("not valid JSON: {problem}"))
}

fn write_separated<T>([open, close]: [char; 2], items: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(close);
}

/// The text of a string with its escapes resolved, and whether it can be written without escapes. If this is not known,
/// it is false.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a>(&'a str, bool);

impl Text<'_> {
    fn write(self, out: &mut String) {
        match self {
            Self(text, true) => {
                out.push('"');
                out.push_str(text);
                out.push('"');
            }
            Self(text, false) => out.push_str(&serde_json::Value::from(text).to_string()),
        }
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(text, false)
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// Reads values. Two stacks hold the items of unfinished arrays and the members of unfinished objects.
struct Reader<'a> {
    arena: &'a Arena,
    items: Vec<Json<'a>>,
    members: Vec<(Text<'a>, Json<'a>)>,
}

impl<'de: 'a, 'a> DeserializeSeed<'de> for &mut Reader<'a> {
    type Value = Json<'a>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'a>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de: 'a, 'a> Visitor<'de> for &mut Reader<'a> {
    type Value = Json<'a>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'a>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'a>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'a>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'a>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'a>, E> {
        // JSON has neither NaN nor infinities, so this never falls back.
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Json<'a>, E> {
        TextReader(self.arena).visit_borrowed_str(value).map(Json::String)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json<'a>, E> {
        TextReader(self.arena).visit_str(value).map(Json::String)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'a>, A::Error> {
        let start = self.items.len();
        while let Some(item) = items.next_element_seed(&mut *self)? {
            self.items.push(item);
        }
        Ok(Json::Array(self.arena.alloc_slice_fill_iter(self.items.drain(start..))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json<'a>, A::Error> {
        let start = self.members.len();
        while let Some(name) = members.next_key_seed(TextReader(self.arena))? {
            let value = members.next_value_seed(&mut *self)?;
            self.members.push((name, value));
        }
        Ok(Json::Object(self.arena.alloc_slice_fill_iter(self.members.drain(start..))))
    }
}

/// Reads a string.
struct TextReader<'a>(&'a Arena);

impl<'de: 'a, 'a> DeserializeSeed<'de> for TextReader<'a> {
    type Value = Text<'a>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Text<'a>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de: 'a, 'a> Visitor<'de> for TextReader<'a> {
    type Value = Text<'a>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    /// `serde_json` calls this for a string without escapes, so writing the text needs no escapes either.
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Text<'a>, E> {
        Ok(Text(value, true))
    }

    fn visit_str<E>(self, value: &str) -> Result<Text<'a>, E> {
        Ok(Text(self.0.alloc_str(value), false))
    }
}
