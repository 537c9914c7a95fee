//! Turns responses into dictionaries like those of botocore's parser: with datetimes, and without members that are null. The
//! keys are interned strings.

use std::collections::HashMap;
use std::fmt;

use foldhash::fast::FixedState;
use parking_lot::Mutex;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};
use serde::ser::{self, Impossible, Serialize};

use super::clock::Zone;
use crate::shape::TIMESTAMP;

/// Adds the members of a response to a dictionary.
pub(super) fn add_members(to: &Bound<'_, PyDict>, response: &impl Serialize) -> PyResult<()> {
    response.serialize(Show { py: to.py(), into: Some(to.clone()) }).map(drop).map_err(|Unshown(error)| error)
}

/// The error for a response that cannot be turned into Python objects.
#[derive(Debug)]
struct Unshown(PyErr);

impl fmt::Display for Unshown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl std::error::Error for Unshown {}

impl ser::Error for Unshown {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyRuntimeError::new_err(format!("please report this as a bug of fake-xray: {message}")))
    }
}

impl From<PyErr> for Unshown {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

/// A value as a Python object. `None` for null.
type Shown<'py> = Option<Bound<'py, PyAny>>;

#[derive(Clone)]
struct Show<'py> {
    py: Python<'py>,
    /// The dictionary that receives the members of a structure. By default, a new one.
    into: Option<Bound<'py, PyDict>>,
}

impl Show<'_> {
    fn within(&self) -> Self {
        Self { py: self.py, into: None }
    }

    fn unexpected<T>(what: &str) -> Result<T, Unshown> {
        Err(ser::Error::custom(format!("no shape has {what}")))
    }
}

impl<'py> ser::Serializer for Show<'py> {
    type Ok = Shown<'py>;
    type Error = Unshown;
    type SerializeSeq = ShowList<'py>;
    type SerializeTuple = Impossible<Shown<'py>, Unshown>;
    type SerializeTupleStruct = Impossible<Shown<'py>, Unshown>;
    type SerializeTupleVariant = Impossible<Shown<'py>, Unshown>;
    type SerializeMap = ShowMembers<'py>;
    type SerializeStruct = ShowMembers<'py>;
    type SerializeStructVariant = Impossible<Shown<'py>, Unshown>;

    /// Selects the order of members in botocore's parser.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Result<Shown<'py>, Unshown> {
        Ok(Some(PyBool::new(self.py, value).to_owned().into_any()))
    }

    fn serialize_i32(self, value: i32) -> Result<Shown<'py>, Unshown> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<Shown<'py>, Unshown> {
        Ok(Some(PyInt::new(self.py, value).into_any()))
    }

    fn serialize_f64(self, value: f64) -> Result<Shown<'py>, Unshown> {
        Ok(Some(PyFloat::new(self.py, value).into_any()))
    }

    fn serialize_str(self, value: &str) -> Result<Shown<'py>, Unshown> {
        Ok(Some(PyString::new(self.py, value).into_any()))
    }

    fn serialize_none(self) -> Result<Shown<'py>, Unshown> {
        Ok(None)
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<Shown<'py>, Unshown> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Shown<'py>, Unshown> {
        let py = self.py;
        let shown = value.serialize(self)?;
        match shown {
            Some(seconds) if name == TIMESTAMP => Ok(Some(Zone::local(py)?.moment(seconds.extract()?)?)),
            shown => Ok(shown),
        }
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ShowList<'py>, Unshown> {
        Ok(ShowList { items: PyList::empty(self.py), show: self })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ShowMembers<'py>, Unshown> {
        self.serialize_struct("", 0)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ShowMembers<'py>, Unshown> {
        let show = self.within();
        Ok(ShowMembers { members: self.into.unwrap_or_else(|| PyDict::new(show.py)), key: None, show })
    }

    fn serialize_i8(self, value: i8) -> Result<Shown<'py>, Unshown> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<Shown<'py>, Unshown> {
        self.serialize_i64(value.into())
    }

    fn serialize_u8(self, value: u8) -> Result<Shown<'py>, Unshown> {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<Shown<'py>, Unshown> {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<Shown<'py>, Unshown> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<Shown<'py>, Unshown> {
        Ok(Some(PyInt::new(self.py, value).into_any()))
    }

    fn serialize_f32(self, value: f32) -> Result<Shown<'py>, Unshown> {
        self.serialize_f64(value.into())
    }

    fn serialize_char(self, _: char) -> Result<Shown<'py>, Unshown> {
        Self::unexpected("a character")
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Shown<'py>, Unshown> {
        Self::unexpected("bytes")
    }

    fn serialize_unit(self) -> Result<Shown<'py>, Unshown> {
        Self::unexpected("a unit")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Shown<'py>, Unshown> {
        Self::unexpected("a unit")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<Shown<'py>, Unshown> {
        Self::unexpected("a variant")
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Shown<'py>, Unshown> {
        Self::unexpected("a variant")
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Unshown> {
        Self::unexpected("a tuple")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unshown> {
        Self::unexpected("a tuple")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unshown> {
        Self::unexpected("a variant")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unshown> {
        Self::unexpected("a variant")
    }
}

struct ShowList<'py> {
    items: Bound<'py, PyList>,
    show: Show<'py>,
}

impl<'py> ser::SerializeSeq for ShowList<'py> {
    type Ok = Shown<'py>;
    type Error = Unshown;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Unshown> {
        Ok(self.items.append(value.serialize(self.show.clone())?)?)
    }

    fn end(self) -> Result<Shown<'py>, Unshown> {
        Ok(Some(self.items.into_any()))
    }
}

struct ShowMembers<'py> {
    members: Bound<'py, PyDict>,
    /// In a map, the key of the next value.
    key: Shown<'py>,
    show: Show<'py>,
}

impl<'py> ser::SerializeStruct for ShowMembers<'py> {
    type Ok = Shown<'py>;
    type Error = Unshown;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Unshown> {
        let Some(value) = value.serialize(self.show.clone())? else { return Ok(()) };
        Ok(self.members.set_item(interned(self.show.py, name), value)?)
    }

    fn end(self) -> Result<Shown<'py>, Unshown> {
        Ok(Some(self.members.into_any()))
    }
}

impl<'py> ser::SerializeMap for ShowMembers<'py> {
    type Ok = Shown<'py>;
    type Error = Unshown;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Unshown> {
        self.key = key.serialize(self.show.clone())?;
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Unshown> {
        let value = value.serialize(self.show.clone())?;
        Ok(self.members.set_item(self.key.take(), value)?)
    }

    fn end(self) -> Result<Shown<'py>, Unshown> {
        Ok(Some(self.members.into_any()))
    }
}

/// The Python string of a member's name. Names are literals, so their addresses identify them.
fn interned<'py>(py: Python<'py>, name: &'static str) -> Bound<'py, PyString> {
    static KNOWN: Mutex<Option<Names>> = Mutex::new(None);
    let place = (name.as_ptr().addr(), name.len());
    let known = KNOWN.lock().as_ref().and_then(|known| known.get(&place).map(|known| known.clone_ref(py)));
    if let Some(known) = known {
        return known.into_bound(py);
    }
    let made = PyString::intern(py, name);
    let mut known = KNOWN.lock();
    known.get_or_insert_with(|| HashMap::with_hasher(FixedState::with_seed(0))).insert(place, made.clone().unbind());
    made
}

type Names = HashMap<(usize, usize), Py<PyString>, FixedState>;
