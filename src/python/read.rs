//! Reads keyword arguments as a request.
//!
//! This module reads arguments of Python's built-in types. For all other arguments (subclasses, datetimes, decimals, invalid
//! values), botocore validates and serializes them, and the request is then read from the body, as in the HTTP front end. So
//! both ways give the same result.

use std::fmt;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde::de::value::{MapDeserializer, SeqDeserializer, UsizeDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::clock::REPRESENTABLE_IN_EVERY_ZONE;
use crate::operation::Operation;
use crate::shape::{Shape, TIMESTAMP, Type};
use crate::wire;

/// The names of an operation's arguments, as Python strings. Each method keeps them in a static variable.
pub(super) struct Names(PyOnceLock<Vec<Py<PyString>>>);

impl Names {
    pub(super) const fn new() -> Self {
        Self(PyOnceLock::new())
    }

    fn of<O: Operation>(&self, py: Python<'_>) -> &[Py<PyString>] {
        self.0.get_or_init(py, || {
            let Type::Structure(request) = <O::Request<'static> as Shape>::TYPE else { return Vec::new() };
            request.members.iter().map(|member| PyString::intern(py, member.name).unbind()).collect()
        })
    }
}

/// Keyword arguments. They are kept for as long as a request borrows from them.
pub(super) struct Keywords<'py> {
    /// The first arguments, each with the index of its name. Most calls have few arguments, so they need no allocation.
    first: [Option<(usize, Bound<'py, PyAny>)>; 4],
    rest: Vec<(usize, Bound<'py, PyAny>)>,
    /// Whether there are arguments that the operation does not have.
    has_unknown: bool,
}

impl<'py> Keywords<'py> {
    pub(super) fn of<O: Operation>(given: Option<&Bound<'py, PyDict>>, names: &Names) -> PyResult<Self> {
        let mut keywords = Self { first: [const { None }; 4], rest: Vec::new(), has_unknown: false };
        let Some(given) = given else { return Ok(keywords) };
        let mut unmatched = given.len();
        let mut free = keywords.first.iter_mut();
        for (index, name) in names.of::<O>(given.py()).iter().enumerate() {
            // Once all given arguments are found, no other name needs a lookup.
            if unmatched == 0 {
                break;
            }
            let Some(value) = given.get_item(name)? else { continue };
            unmatched -= 1;
            match free.next() {
                Some(place) => *place = Some((index, value)),
                None => keywords.rest.push((index, value)),
            }
        }
        keywords.has_unknown = unmatched > 0;
        Ok(keywords)
    }

    /// The request in arguments of Python's built-in types. `None` if botocore must validate or serialize the arguments.
    pub(super) fn plain_request<O: Operation>(&self) -> Option<O::Request<'_>> {
        if self.has_unknown {
            return None;
        }
        let keywords =
            self.first.iter().flatten().chain(&self.rest).map(|(index, value)| (Index(*index), Plain(value)));
        wire::read_members::<O, _>(MapDeserializer::new(keywords))
    }
}

/// The index of a member's name.
struct Index(usize);

impl IntoDeserializer<'_, NotPlain> for Index {
    type Deserializer = UsizeDeserializer<NotPlain>;

    fn into_deserializer(self) -> Self::Deserializer {
        self.0.into_deserializer()
    }
}

/// The error for a value that botocore must validate or serialize.
#[derive(Debug)]
struct NotPlain;

impl fmt::Display for NotPlain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not a plain value")
    }
}

impl std::error::Error for NotPlain {}

impl serde::de::Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A value that outlives the request, so the request can borrow its text.
struct Plain<'a, 'py>(&'a Bound<'py, PyAny>);

/// A value inside a list or a dictionary. The request copies its text.
struct Nested<'py>(Bound<'py, PyAny>);

impl<'de> Deserializer<'de> for Plain<'de, '_> {
    type Error = NotPlain;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        match self.0.cast_exact::<PyString>() {
            Ok(text) => visitor.visit_borrowed_str(text.to_str().map_err(|_| NotPlain)?),
            Err(_) => Nested(self.0.clone()).deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        visitor.visit_some(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotPlain> {
        Err(NotPlain)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, NotPlain> {
        Nested(self.0.clone()).deserialize_newtype_struct(name, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier
    }
}

impl<'de> Deserializer<'de> for Nested<'_> {
    type Error = NotPlain;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        let value = &self.0;
        if let Ok(text) = value.cast_exact::<PyString>() {
            visitor.visit_str(text.to_str().map_err(|_| NotPlain)?)
        } else if let Ok(flag) = value.cast_exact::<PyBool>() {
            visitor.visit_bool(flag.is_true())
        } else if value.is_exact_instance_of::<PyInt>() {
            visitor.visit_i64(value.extract().map_err(|_| NotPlain)?)
        } else if let Ok(number) = value.cast_exact::<PyFloat>() {
            let number = Some(number.value()).filter(|number| number.is_finite());
            visitor.visit_f64(number.ok_or(NotPlain)?)
        } else if let Ok(dict) = value.cast_exact::<PyDict>() {
            visitor.visit_map(MapDeserializer::new(dict.iter().map(|(name, value)| (Nested(name), Nested(value)))))
        } else if let Ok(list) = value.cast_exact::<PyList>() {
            visitor.visit_seq(SeqDeserializer::new(list.iter().map(Nested)))
        } else if let Ok(tuple) = value.cast_exact::<PyTuple>() {
            visitor.visit_seq(SeqDeserializer::new(tuple.iter().map(Nested)))
        } else {
            Err(NotPlain)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        visitor.visit_some(self)
    }

    /// Called for an unknown member.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NotPlain> {
        Err(NotPlain)
    }

    /// A time can have several types. This module reads only an int, which means seconds since 1970.
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, NotPlain> {
        let is_whole = self.0.is_exact_instance_of::<PyInt>();
        match self.0.extract().map_err(|_| NotPlain)? {
            seconds if name == TIMESTAMP && is_whole && REPRESENTABLE_IN_EVERY_ZONE.contains(&seconds) => {
                visitor.visit_i64(seconds)
            }
            _ => Err(NotPlain),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier
    }
}

impl<'de, 'a: 'de, 'py> IntoDeserializer<'de, NotPlain> for Plain<'a, 'py> {
    type Deserializer = Plain<'de, 'py>;

    fn into_deserializer(self) -> Plain<'de, 'py> {
        Plain(self.0)
    }
}

impl IntoDeserializer<'_, NotPlain> for Nested<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
