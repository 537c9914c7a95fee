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
    response
        .serialize(ToPython { py: to.py(), into: Some(to.clone()) })
        .map(drop)
        .map_err(|ConversionError(error)| error)
}

/// The error for a response that cannot be turned into Python objects.
#[derive(Debug)]
struct ConversionError(PyErr);

impl fmt::Display for ConversionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl std::error::Error for ConversionError {}

impl ser::Error for ConversionError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyRuntimeError::new_err(format!("please report this as a bug of fake-xray: {message}")))
    }
}

impl From<PyErr> for ConversionError {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

/// A value as a Python object. `None` for null.
type PyValue<'py> = Option<Bound<'py, PyAny>>;

/// The serializer that creates Python objects.
#[derive(Clone)]
struct ToPython<'py> {
    py: Python<'py>,
    /// The dictionary that receives the members of a structure. By default, a new one.
    into: Option<Bound<'py, PyDict>>,
}

impl ToPython<'_> {
    fn within(&self) -> Self {
        Self { py: self.py, into: None }
    }

    fn unexpected<T>(what: &str) -> Result<T, ConversionError> {
        Err(ser::Error::custom(format!("no shape has {what}")))
    }
}

impl<'py> ser::Serializer for ToPython<'py> {
    type Ok = PyValue<'py>;
    type Error = ConversionError;
    type SerializeSeq = ListBuilder<'py>;
    type SerializeTuple = Impossible<PyValue<'py>, ConversionError>;
    type SerializeTupleStruct = Impossible<PyValue<'py>, ConversionError>;
    type SerializeTupleVariant = Impossible<PyValue<'py>, ConversionError>;
    type SerializeMap = MembersBuilder<'py>;
    type SerializeStruct = MembersBuilder<'py>;
    type SerializeStructVariant = Impossible<PyValue<'py>, ConversionError>;

    /// Selects the order of members in botocore's parser.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Result<PyValue<'py>, ConversionError> {
        Ok(Some(PyBool::new(self.py, value).to_owned().into_any()))
    }

    fn serialize_i32(self, value: i32) -> Result<PyValue<'py>, ConversionError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<PyValue<'py>, ConversionError> {
        Ok(Some(PyInt::new(self.py, value).into_any()))
    }

    fn serialize_f64(self, value: f64) -> Result<PyValue<'py>, ConversionError> {
        Ok(Some(PyFloat::new(self.py, value).into_any()))
    }

    fn serialize_str(self, value: &str) -> Result<PyValue<'py>, ConversionError> {
        Ok(Some(PyString::new(self.py, value).into_any()))
    }

    fn serialize_none(self) -> Result<PyValue<'py>, ConversionError> {
        Ok(None)
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<PyValue<'py>, ConversionError> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<PyValue<'py>, ConversionError> {
        let py = self.py;
        let object = value.serialize(self)?;
        match object {
            Some(seconds) if name == TIMESTAMP => Ok(Some(Zone::local(py)?.moment(seconds.extract()?)?)),
            object => Ok(object),
        }
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListBuilder<'py>, ConversionError> {
        Ok(ListBuilder { items: PyList::empty(self.py), serializer: self })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<MembersBuilder<'py>, ConversionError> {
        self.serialize_struct("", 0)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<MembersBuilder<'py>, ConversionError> {
        let serializer = self.within();
        Ok(MembersBuilder { members: self.into.unwrap_or_else(|| PyDict::new(serializer.py)), key: None, serializer })
    }

    fn serialize_i8(self, value: i8) -> Result<PyValue<'py>, ConversionError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<PyValue<'py>, ConversionError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u8(self, value: u8) -> Result<PyValue<'py>, ConversionError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<PyValue<'py>, ConversionError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<PyValue<'py>, ConversionError> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<PyValue<'py>, ConversionError> {
        Ok(Some(PyInt::new(self.py, value).into_any()))
    }

    fn serialize_f32(self, value: f32) -> Result<PyValue<'py>, ConversionError> {
        self.serialize_f64(value.into())
    }

    fn serialize_char(self, _: char) -> Result<PyValue<'py>, ConversionError> {
        Self::unexpected("a character")
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<PyValue<'py>, ConversionError> {
        Self::unexpected("bytes")
    }

    fn serialize_unit(self) -> Result<PyValue<'py>, ConversionError> {
        Self::unexpected("a unit")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<PyValue<'py>, ConversionError> {
        Self::unexpected("a unit")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<PyValue<'py>, ConversionError> {
        Self::unexpected("a variant")
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<PyValue<'py>, ConversionError> {
        Self::unexpected("a variant")
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, ConversionError> {
        Self::unexpected("a tuple")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, ConversionError> {
        Self::unexpected("a tuple")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, ConversionError> {
        Self::unexpected("a variant")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, ConversionError> {
        Self::unexpected("a variant")
    }
}

struct ListBuilder<'py> {
    items: Bound<'py, PyList>,
    serializer: ToPython<'py>,
}

impl<'py> ser::SerializeSeq for ListBuilder<'py> {
    type Ok = PyValue<'py>;
    type Error = ConversionError;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), ConversionError> {
        Ok(self.items.append(value.serialize(self.serializer.clone())?)?)
    }

    fn end(self) -> Result<PyValue<'py>, ConversionError> {
        Ok(Some(self.items.into_any()))
    }
}

struct MembersBuilder<'py> {
    members: Bound<'py, PyDict>,
    /// In a map, the key of the next value.
    key: PyValue<'py>,
    serializer: ToPython<'py>,
}

impl<'py> ser::SerializeStruct for MembersBuilder<'py> {
    type Ok = PyValue<'py>;
    type Error = ConversionError;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), ConversionError> {
        let Some(value) = value.serialize(self.serializer.clone())? else { return Ok(()) };
        Ok(self.members.set_item(interned(self.serializer.py, name), value)?)
    }

    fn end(self) -> Result<PyValue<'py>, ConversionError> {
        Ok(Some(self.members.into_any()))
    }
}

impl<'py> ser::SerializeMap for MembersBuilder<'py> {
    type Ok = PyValue<'py>;
    type Error = ConversionError;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), ConversionError> {
        self.key = key.serialize(self.serializer.clone())?;
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), ConversionError> {
        let value = value.serialize(self.serializer.clone())?;
        Ok(self.members.set_item(self.key.take(), value)?)
    }

    fn end(self) -> Result<PyValue<'py>, ConversionError> {
        Ok(Some(self.members.into_any()))
    }
}

/// The Python string of a member's name. Names are literals, so their addresses identify them.
fn interned<'py>(py: Python<'py>, name: &'static str) -> Bound<'py, PyString> {
    static KNOWN: Mutex<Option<Names>> = Mutex::new(None);
    let key = (name.as_ptr().addr(), name.len());
    let known = KNOWN.lock().as_ref().and_then(|known| known.get(&key).map(|known| known.clone_ref(py)));
    if let Some(known) = known {
        return known.into_bound(py);
    }
    let created = PyString::intern(py, name);
    let mut known = KNOWN.lock();
    known.get_or_insert_with(|| HashMap::with_hasher(FixedState::with_seed(0))).insert(key, created.clone().unbind());
    created
}

type Names = HashMap<(usize, usize), Py<PyString>, FixedState>;
