//! The shapes of the API model: requests, responses and the structures within them, each declared once with the macro `shape!`.
//!
//! A declaration gives a plain struct, how it is read and written (`serde`), the check of its constraints in AWS's words,
//! and a description of itself that tests compare with the API model.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::constraint::{At, Constraint, Report, Value};
use crate::java;

/// What the API model says of a shape.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// A string.
    String,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Long,
    /// A floating-point number of 64 bits.
    Double,
    /// True or false.
    Boolean,
    /// A moment, on the wire in seconds since 1970.
    Timestamp,
    /// A list of items of one type.
    List(&'static Type),
    /// A map from strings to values of one type.
    Map(&'static Type),
    /// A structure.
    Structure(&'static Structure),
}

/// A structure of the API model.
#[derive(Debug, Clone, Copy)]
pub struct Structure {
    /// Its name in the model.
    pub name: &'static str,
    /// Whether exactly one of its members must be set.
    pub is_union: bool,
    /// Its members in the order of the model, which is the order in which botocore's parser gives them.
    pub members: &'static [Member],
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Its name in the model and on the wire.
    pub name: &'static str,
    /// Its type.
    pub of: Type,
    /// Whether the model requires it.
    pub is_required: bool,
    /// False for a member that AWS sends and the model lacks: botocore drops it.
    pub is_modelled: bool,
    /// Its constraints, with those of its items, keys and values.
    pub constraints: &'static [Constraint],
}

/// Something that the API model describes.
pub trait Shape {
    /// What the model says of it.
    const TYPE: Type;
}

/// A shape that requests hold.
pub trait Input<'de>: Shape + Sized {
    /// What arrives, before its constraints are checked.
    type Raw: Deserialize<'de>;

    /// Checks what arrived. What is wrong goes into the report; `None` if that leaves no value.
    fn check(raw: Self::Raw, at: &At<'_>, constraints: &'static [Constraint], report: &mut Report) -> Option<Self>;

    /// The value as Java prints it.
    fn show(raw: &Self::Raw) -> String;

    /// Checks a member that must be there.
    #[doc(hidden)]
    #[inline]
    fn required(
        raw: Option<Self::Raw>,
        at: &At<'_>,
        constraints: &'static [Constraint],
        report: &mut Report,
    ) -> Option<Self> {
        if let Some(raw) = raw {
            return Self::check(raw, at, constraints, report);
        }
        report.missing(at);
        None
    }

    /// Checks a member that the service does without, though the model requires it.
    #[doc(hidden)]
    fn lenient(
        raw: Option<Self::Raw>,
        at: &At<'_>,
        constraints: &'static [Constraint],
        report: &mut Report,
    ) -> Option<Option<Self>> {
        if raw.is_none() {
            report.forgive();
        }
        Self::optional(raw, at, constraints, report)
    }

    /// Checks a member that responses leave out where it has no value.
    #[doc(hidden)]
    fn omitted(
        raw: Option<Self::Raw>,
        at: &At<'_>,
        constraints: &'static [Constraint],
        report: &mut Report,
    ) -> Option<Option<Self>> {
        Self::optional(raw, at, constraints, report)
    }

    /// Checks a member that may be missing.
    #[doc(hidden)]
    #[inline]
    fn optional(
        raw: Option<Self::Raw>,
        at: &At<'_>,
        constraints: &'static [Constraint],
        report: &mut Report,
    ) -> Option<Option<Self>> {
        raw.map_or(Some(None), |raw| Self::check(raw, at, constraints, report).map(Some))
    }
}

/// A structure that requests hold. Implemented by [`shape!`].
#[doc(hidden)]
pub trait Fields<'de>: Sized {
    /// The members that arrived, in the order of the declaration.
    type Members;
    const NAMES: &'static [&'static str];

    fn read<A: MapAccess<'de>>(map: A) -> Result<Self::Members, A::Error>;
    fn check(members: Self::Members, at: &At<'_>, report: &mut Report) -> Option<Self>;
    fn show(members: &Self::Members) -> String;
}

/// The members of a structure, before their constraints are checked.
#[doc(hidden)]
pub struct Raw<'de, S: Fields<'de>>(pub(crate) S::Members);

impl<'de, S: Fields<'de>> Deserialize<'de> for Raw<'de, S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<S>(PhantomData<S>);
        impl<'de, S: Fields<'de>> Visitor<'de> for Reader<S> {
            type Value = Raw<'de, S>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                S::read(map).map(Raw)
            }
        }
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

/// Reads the name of a member as its index in the declaration; an unknown one as a number beyond.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct MemberIndex(pub(crate) &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for MemberIndex {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for MemberIndex {
    type Value = usize;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        Ok(self.0.iter().position(|known| *known == name).unwrap_or(self.0.len()))
    }

    /// A front end may know the index already.
    fn visit_u64<E>(self, index: u64) -> Result<usize, E> {
        Ok(usize::try_from(index).unwrap_or(self.0.len()))
    }
}

/// Reads past the value of an unknown member. AWS ignores it (recorded); botocore does not let one through.
#[doc(hidden)]
pub fn skip_unknown<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Reads a member's value, naming the member in an error. Null is absence (assumed).
#[doc(hidden)]
pub fn read_member<'de, T: Input<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &'static str,
) -> Result<Option<T::Raw>, A::Error> {
    map.next_value::<Option<T::Raw>>().map_err(|why| A::Error::custom(format_args!("{name}: {why}")))
}

/// The indices of names, in alphabetical order: the order in which AWS writes members. Evaluated by the compiler.
#[doc(hidden)]
#[must_use]
#[allow(clippy::indexing_slicing)] // out of range, it would not compile
pub const fn alphabetical<const N: usize>(names: [&str; N]) -> [usize; N] {
    let mut order = [0; N];
    let mut index = 0;
    while index < N {
        let (mut rank, mut other) = (0, 0);
        while other < N {
            if is_before(names[other].as_bytes(), names[index].as_bytes()) {
                rank += 1;
            }
            other += 1;
        }
        order[rank] = index;
        index += 1;
    }
    order
}

#[allow(clippy::indexing_slicing)]
const fn is_before(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() {
        if one[index] != other[index] {
            return one[index] < other[index];
        }
        index += 1;
    }
    one.len() < other.len()
}

/// Declares a structure of the API model: its struct, its description, how it is written, and, after `input`, how it is
/// read and checked. Members are in the order of the model.
///
/// ```text
/// shape! {
///     input struct CreateGroupRequest {
///         "GroupName" group_name: required String where Length(1, 32);
///         "FilterExpression" filter_expression: optional String;
///         "Tags" tags: optional Vec<Tag> where Length(0, 200);
///     }
/// }
/// ```
///
/// | a member is | in the model | in Rust | on the wire, where it has no value |
/// |---|---|---|---|
/// | `required` | required | `T` | rejected |
/// | `lenient` | required | `Option<T>` | accepted: only botocore demands it |
/// | `optional` | optional | `Option<T>` | null |
/// | `omitted` | optional | `Option<T>` | left out |
/// | `present` | optional | `T` | always there (responses only) |
/// | `unmodelled` | missing | `Option<T>` | null (responses only) |
macro_rules! shape {
    (
        $(#[$meta:meta])*
        input $kind:ident $Name:ident $(<$life:lifetime>)? {
            $($member:literal $field:ident : $presence:ident $Type:ty $(where $($constraint:expr),+)?;)*
        }
    ) => {
        $crate::shape::shape! {
            $(#[$meta])*
            $kind $Name $(<$life>)? { $($member $field : $presence $Type $(where $($constraint),+)?;)* }
        }

        impl<'de $(: $life, $life)?> $crate::shape::Fields<'de> for $Name $(<$life>)? {
            type Members = ($(Option<<$Type as $crate::shape::Input<'de>>::Raw>,)*);
            const NAMES: &'static [&'static str] = &[$($member),*];

            #[allow(unused_mut, unused_variables, unused_assignments)]
            fn read<A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self::Members, A::Error> {
                $(let mut $field = None;)*
                while let Some(index) = map.next_key_seed($crate::shape::MemberIndex(Self::NAMES))? {
                    let mut is_known = false;
                    let mut place = 0;
                    $(
                        if index == place {
                            $field = $crate::shape::read_member::<$Type, A>(&mut map, $member)?;
                            is_known = true;
                        }
                        place += 1;
                    )*
                    if !is_known {
                        $crate::shape::skip_unknown(&mut map)?;
                    }
                }
                Ok(($($field,)*))
            }

            #[allow(unused_variables)]
            #[inline]
            fn check(
                members: Self::Members,
                at: &$crate::constraint::At<'_>,
                report: &mut $crate::constraint::Report,
            ) -> Option<Self> {
                #[allow(unused_imports)]
                use $crate::constraint::Constraint::*;
                let ($($field,)*) = members;
                $crate::shape::shape!(@union $kind at report $($field $member)*);
                $(
                    let $field = <$Type as $crate::shape::Input<'de>>::$presence(
                        $field,
                        &$crate::constraint::At::Member(at, $member),
                        const { &[$($($constraint),+)?] },
                        report,
                    );
                )*
                Some(Self { $($field: $field?,)* })
            }

            #[allow(unused_variables)]
            fn show(members: &Self::Members) -> String {
                let ($($field,)*) = members;
                let shown: Vec<String> = vec![$({
                    let value = $field.as_ref().map_or("null".to_owned(), <$Type as $crate::shape::Input<'de>>::show);
                    format!("{}={value}", $crate::constraint::lower_camel($member))
                }),*];
                format!("{}({})", stringify!($Name), shown.join(", "))
            }
        }

        impl<'de $(: $life, $life)?> $crate::shape::Input<'de> for $Name $(<$life>)? {
            type Raw = $crate::shape::Raw<'de, Self>;

            #[inline]
            fn check(
                raw: Self::Raw,
                at: &$crate::constraint::At<'_>,
                _: &'static [$crate::constraint::Constraint],
                report: &mut $crate::constraint::Report,
            ) -> Option<Self> {
                <Self as $crate::shape::Fields<'de>>::check(raw.0, at, report)
            }

            fn show(raw: &Self::Raw) -> String {
                <Self as $crate::shape::Fields<'de>>::show(&raw.0)
            }
        }
    };

    (
        $(#[$meta:meta])*
        $kind:ident $Name:ident $(<$life:lifetime>)? {
            $($member:literal $field:ident : $presence:ident $Type:ty $(where $($constraint:expr),+)?;)*
        }
    ) => {
        $(#[$meta])*
        #[allow(missing_docs)] // the API reference says what each member is
        #[derive(Debug, Clone, PartialEq)]
        pub struct $Name $(<$life>)? {
            $(pub $field: $crate::shape::shape!(@field $presence $Type),)*
        }

        impl $(<$life>)? $crate::shape::Shape for $Name $(<$life>)? {
            const TYPE: $crate::shape::Type = $crate::shape::Type::Structure(&$crate::shape::Structure {
                name: stringify!($Name),
                is_union: $crate::shape::shape!(@is_union $kind),
                members: {
                    #[allow(unused_imports)]
                    use $crate::constraint::Constraint::*;
                    &[$($crate::shape::Member {
                        name: $member,
                        of: <$Type as $crate::shape::Shape>::TYPE,
                        is_required: $crate::shape::shape!(@is_required $presence),
                        is_modelled: $crate::shape::shape!(@is_modelled $presence),
                        constraints: &[$($($constraint),+)?],
                    }),*]
                },
            });
        }

        impl $(<$life>)? serde::Serialize for $Name $(<$life>)? {
            /// In AWS's order, which is alphabetical, for the wire; in the model's order, as botocore's parser, for Python.
            #[allow(clippy::items_after_statements)]
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_imports)]
                use serde::ser::SerializeStruct;
                const COUNT: usize = <[&str]>::len(&[$($member),*]);
                const ALPHABETICAL: [usize; COUNT] = $crate::shape::alphabetical([$($member),*]);
                type Write<T, S> = fn(&T, &mut S) -> Result<(), <S as SerializeStruct>::Error>;
                let write: [Write<Self, S::SerializeStruct>; COUNT] = [$(
                    |own, out| $crate::shape::shape!(@write $presence own out $member $field)
                ),*];
                let is_wire = serializer.is_human_readable();
                #[allow(unused_mut)]
                let mut out = serializer.serialize_struct(stringify!($Name), COUNT)?;
                if is_wire {
                    for write in ALPHABETICAL.iter().filter_map(|index| write.get(*index)) {
                        write(self, &mut out)?;
                    }
                } else {
                    for write in write {
                        write(self, &mut out)?;
                    }
                }
                out.end()
            }
        }
    };

    (@field required $Type:ty) => { $Type };
    (@field present $Type:ty) => { $Type };
    (@field $presence:ident $Type:ty) => { Option<$Type> };

    (@is_required required) => { true };
    (@is_required lenient) => { true };
    (@is_required $presence:ident) => { false };

    (@is_modelled unmodelled) => { false };
    (@is_modelled $presence:ident) => { true };

    (@is_union union) => { true };
    (@is_union $kind:ident) => { false };

    (@union union $at:ident $report:ident $($field:ident $member:literal)*) => {
        if [$($field.is_some()),*].iter().filter(|is_set| **is_set).count() != 1 {
            let names = [$($member),*].map($crate::constraint::lower_camel).join(", ");
            $report.demand($at, "", &format!("Member must set exactly one of [{names}]"));
        }
    };
    (@union $kind:ident $($rest:tt)*) => {};

    (@write omitted $own:ident $out:ident $member:literal $field:ident) => {
        match &$own.$field {
            Some(value) => $out.serialize_field($member, value),
            None => $out.skip_field($member),
        }
    };
    (@write $presence:ident $own:ident $out:ident $member:literal $field:ident) => {
        $out.serialize_field($member, &$own.$field)
    };
}
pub(crate) use shape;

/// Text that a request lends from where it was read, if it holds no escape there.
pub type Text<'a> = Cow<'a, str>;

/// A moment in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Timestamp(pub f64);

/// The name by which a [`Timestamp`] is known to a serializer.
pub(crate) const TIMESTAMP: &str = "Timestamp";

impl Timestamp {
    /// A moment of whole seconds.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        // Exact up to 2**53, far beyond the years that any date knows.
        #[allow(clippy::cast_precision_loss)]
        Self(seconds as f64)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(TIMESTAMP, &self.0)
    }
}

/// A shape that arrives as one JSON value.
#[doc(hidden)]
pub trait Scalar<'de>: Shape + Sized {
    /// The value that arrived as this scalar.
    ///
    /// # Errors
    /// What the value is not.
    fn from_arrived(arrived: Arrived<'de>) -> Result<Self, &'static str>;
    /// The value that constraints are about.
    fn value(&self) -> Value<'_>;
    /// The value as Java prints it.
    fn show(&self) -> String;
    /// Reads what arrives.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Arrived<'de>, D::Error> {
        deserializer.deserialize_any(ArrivedReader)
    }
}

/// A scalar before its constraints are checked.
#[doc(hidden)]
pub struct RawScalar<T>(T);

impl<'de, T: Scalar<'de>> Deserialize<'de> for RawScalar<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::from_arrived(T::read(deserializer)?).map(RawScalar).map_err(D::Error::custom)
    }
}

impl<'de, T: Scalar<'de>> Input<'de> for T {
    type Raw = RawScalar<T>;

    #[inline]
    fn check(
        RawScalar(scalar): Self::Raw,
        at: &At<'_>,
        constraints: &'static [Constraint],
        report: &mut Report,
    ) -> Option<Self> {
        report.check(at, constraints, scalar.value(), || scalar.show());
        Some(scalar)
    }

    fn show(RawScalar(scalar): &Self::Raw) -> String {
        scalar.show()
    }
}

/// A JSON value that is neither a list nor an object.
#[doc(hidden)]
#[derive(Debug)]
#[allow(missing_docs)]
pub enum Arrived<'de> {
    Bool(bool),
    Whole(i64),
    Double(f64),
    Text(Text<'de>),
}

struct ArrivedReader;

impl<'de> Visitor<'de> for ArrivedReader {
    type Value = Arrived<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string, a number or a boolean")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Arrived<'de>, E> {
        Ok(Arrived::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Arrived<'de>, E> {
        Ok(Arrived::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Arrived<'de>, E> {
        // Too large for any whole number of the model, so it keeps only its size.
        #[allow(clippy::cast_precision_loss)]
        Ok(i64::try_from(value).map_or(Arrived::Double(value as f64), Arrived::Whole))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Arrived<'de>, E> {
        Ok(Arrived::Double(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Arrived<'de>, E> {
        Ok(Arrived::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Arrived<'de>, E> {
        Ok(Arrived::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Arrived<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de: 'a, 'a> Scalar<'de> for Text<'a> {
    #[inline]
    fn from_arrived(arrived: Arrived<'de>) -> Result<Self, &'static str> {
        if let Arrived::Text(text) = arrived { Ok(text) } else { Err("not a string") }
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<'de> Scalar<'de> for String {
    fn from_arrived(arrived: Arrived<'de>) -> Result<Self, &'static str> {
        Text::from_arrived(arrived).map(Cow::into_owned)
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn show(&self) -> String {
        self.clone()
    }
}

impl<'de> Scalar<'de> for bool {
    fn from_arrived(arrived: Arrived<'de>) -> Result<Self, &'static str> {
        if let Arrived::Bool(value) = arrived { Ok(value) } else { Err("not a boolean") }
    }

    fn value(&self) -> Value<'_> {
        Value::Other
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// botocore lets a boolean through where a number is wanted; it is taken as 0 or 1 (assumed).
impl<'de> Scalar<'de> for i64 {
    fn from_arrived(arrived: Arrived<'de>) -> Result<Self, &'static str> {
        match arrived {
            Arrived::Whole(number) => Ok(number),
            Arrived::Bool(value) => Ok(value.into()),
            Arrived::Double(_) | Arrived::Text(_) => Err("not a whole number"),
        }
    }

    fn value(&self) -> Value<'_> {
        // Constraints are within 32 bits, so what is lost decides none.
        #[allow(clippy::cast_precision_loss)]
        Value::Number(*self as f64)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<'de> Scalar<'de> for i32 {
    fn from_arrived(arrived: Arrived<'de>) -> Result<Self, &'static str> {
        i64::from_arrived(arrived)?.try_into().map_err(|_| "not a whole number of 32 bits")
    }

    fn value(&self) -> Value<'_> {
        Value::Number((*self).into())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// botocore sends what JSON lacks as "NaN", "Infinity" and "-Infinity".
impl<'de> Scalar<'de> for f64 {
    fn from_arrived(arrived: Arrived<'de>) -> Result<Self, &'static str> {
        match arrived {
            Arrived::Double(number) => Ok(number),
            // Java rounds as well.
            #[allow(clippy::cast_precision_loss)]
            Arrived::Whole(number) => Ok(number as f64),
            Arrived::Bool(value) => Ok(value.into()),
            Arrived::Text(text) => match &*text {
                "NaN" => Ok(Self::NAN),
                "Infinity" => Ok(Self::INFINITY),
                "-Infinity" => Ok(Self::NEG_INFINITY),
                _ => Err("not a number"),
            },
        }
    }

    fn value(&self) -> Value<'_> {
        Value::Number(*self)
    }

    fn show(&self) -> String {
        java::double(*self)
    }
}

impl<'de> Scalar<'de> for Timestamp {
    fn from_arrived(arrived: Arrived<'de>) -> Result<Self, &'static str> {
        match f64::from_arrived(arrived) {
            Ok(seconds) if seconds.is_finite() => Ok(Self(seconds)),
            _ => Err("not a number of seconds since 1970"),
        }
    }

    fn value(&self) -> Value<'_> {
        Value::Other
    }

    fn show(&self) -> String {
        java::date(self.0)
    }

    /// Says that a moment is wanted: Python has more types for one than JSON.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Arrived<'de>, D::Error> {
        deserializer.deserialize_newtype_struct(TIMESTAMP, ArrivedReader)
    }
}

macro_rules! describe {
    ($($Type:ty: $of:ident),*) => {
        $(impl Shape for $Type {
            const TYPE: Type = Type::$of;
        })*
    };
}

describe!(
    Text<'_>: String, String: String, Arc<str>: String, &'static str: String,
    bool: Boolean, i32: Integer, i64: Long, f64: Double, Timestamp: Timestamp
);

impl<T: Shape> Shape for Vec<T> {
    const TYPE: Type = Type::List(&T::TYPE);
}

impl<T: Shape> Shape for BTreeMap<String, T> {
    const TYPE: Type = Type::Map(&T::TYPE);
}

impl<T: Shape> Shape for Arc<T> {
    const TYPE: Type = T::TYPE;
}

impl<'de, T: Input<'de>> Input<'de> for Vec<T> {
    type Raw = Vec<Option<T::Raw>>;

    fn check(raw: Self::Raw, at: &At<'_>, constraints: &'static [Constraint], report: &mut Report) -> Option<Self> {
        report.check(at, constraints, Value::Entries(raw.len()), || Self::show(&raw));
        let each = constraints.iter().find_map(|constraint| match constraint {
            Constraint::Items(constraints) => Some((constraint, *constraints)),
            _ => None,
        });
        let shown = each.is_some().then(|| Self::show(&raw));
        let mut items = Vec::with_capacity(raw.len());
        let mut is_broken = false;
        for (index, item) in raw.into_iter().enumerate() {
            // Of constraints on scalar items, AWS speaks once for the whole list (assumed).
            let mut of_item = Report::default();
            let constraints = each.map_or(&[][..], |(_, constraints)| constraints);
            items.push(T::required(item, &At::Item(at, index), constraints, &mut of_item));
            if each.is_some() {
                is_broken |= !of_item.is_empty();
            } else {
                report.extend(of_item);
            }
        }
        if let (true, Some((constraint, _)), Some(shown)) = (is_broken, each, shown) {
            report.broken(at, constraint, Value::Other, &shown);
        }
        items.into_iter().collect()
    }

    fn show(raw: &Self::Raw) -> String {
        let shown: Vec<String> = raw.iter().map(|item| item.as_ref().map_or("null".to_owned(), T::show)).collect();
        format!("[{}]", shown.join(", "))
    }
}

impl<'de, T: Scalar<'de>> Input<'de> for BTreeMap<String, T> {
    type Raw = BTreeMap<String, RawScalar<T>>;

    fn check(raw: Self::Raw, at: &At<'_>, constraints: &'static [Constraint], report: &mut Report) -> Option<Self> {
        report.check(at, constraints, Value::Entries(raw.len()), || Self::show(&raw));
        for constraint in constraints {
            let is_kept = match constraint {
                Constraint::Keys(own) => {
                    raw.keys().all(|key| own.iter().all(|constraint| constraint.admits(Value::Text(key))))
                }
                Constraint::Values(own) => {
                    raw.values().all(|RawScalar(value)| own.iter().all(|constraint| constraint.admits(value.value())))
                }
                _ => true,
            };
            if !is_kept {
                report.broken(at, constraint, Value::Other, &Self::show(&raw));
            }
        }
        Some(raw.into_iter().map(|(key, RawScalar(value))| (key, value)).collect())
    }

    fn show(raw: &Self::Raw) -> String {
        let shown: Vec<String> = raw.iter().map(|(key, RawScalar(value))| format!("{key}={}", value.show())).collect();
        format!("{{{}}}", shown.join(", "))
    }
}
