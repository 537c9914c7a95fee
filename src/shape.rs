//! The shapes of the API model: requests, responses and the structures in them. The macro `shape!` declares each of them.
//!
//! A declaration creates a plain struct, code that reads and writes it (`serde`), a check of its constraints with AWS's
//! messages, and a description that tests compare with the API model.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::constraint::{At, Constraint, Report, Value};
use crate::java;

/// The type of a shape in the API model.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// A string.
    String,
    /// An integer of 32 bits.
    Integer,
    /// An integer of 64 bits.
    Long,
    /// A floating-point number of 64 bits.
    Double,
    /// True or false.
    Boolean,
    /// A moment. HTTP bodies contain it in seconds since 1970.
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
    /// The name of the structure in the model.
    pub name: &'static str,
    /// Whether exactly one member must be set.
    pub is_union: bool,
    /// The members in the order of the model. botocore's parser returns them in the same order.
    pub members: &'static [Member],
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// The name in the model and in HTTP bodies.
    pub name: &'static str,
    /// The type.
    pub of: Type,
    /// Whether the model requires it.
    pub is_required: bool,
    /// False for a member that AWS sends although the model does not have it. botocore drops such a member.
    pub is_modelled: bool,
    /// The constraints on the value, and on its items, keys and values.
    pub constraints: &'static [Constraint],
}

/// A Rust type for a shape of the API model.
pub trait Shape {
    /// The type of the shape in the model.
    const TYPE: Type;
}

/// A shape that is part of requests.
pub trait Input<'de>: Shape + Sized {
    /// The received value, before its constraints are checked.
    type Raw: Deserialize<'de>;

    /// Checks a received value and adds violated constraints to the report. Returns `None` if there is no usable value.
    fn check(raw: Self::Raw, at: &At<'_>, constraints: &'static [Constraint], report: &mut Report) -> Option<Self>;

    /// The value in Java's format.
    fn show(raw: &Self::Raw) -> String;

    /// Checks a required member.
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

    /// Checks a member that the API model requires and the service does not.
    #[doc(hidden)]
    fn lenient(
        raw: Option<Self::Raw>,
        at: &At<'_>,
        constraints: &'static [Constraint],
        report: &mut Report,
    ) -> Option<Option<Self>> {
        if raw.is_none() {
            report.missing_lenient();
        }
        Self::optional(raw, at, constraints, report)
    }

    /// Checks a member that responses omit if it has no value.
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

/// A structure that is part of requests. [`shape!`] implements it.
#[doc(hidden)]
pub trait Fields<'de>: Sized {
    /// The received members, in the order of the declaration.
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

/// Reads the name of a member as its index in the declaration. An unknown name becomes an index that is out of range.
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

    /// For a front end that already knows the index.
    fn visit_u64<E>(self, index: u64) -> Result<usize, E> {
        Ok(usize::try_from(index).unwrap_or(self.0.len()))
    }
}

/// Skips the value of an unknown member. AWS ignores unknown members (recorded for updates of sampling rules, assumed
/// for all others). botocore rejects them.
#[doc(hidden)]
pub fn skip_unknown<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Reads the value of a member. Errors name the member. Null is the same as a missing member (assumed).
#[doc(hidden)]
pub fn read_member<'de, T: Input<'de>, A: MapAccess<'de>>(
    map: &mut A,
    name: &'static str,
) -> Result<Option<T::Raw>, A::Error> {
    map.next_value::<Option<T::Raw>>().map_err(|why| A::Error::custom(format_args!("{name}: {why}")))
}

/// Returns the indices of the names in alphabetical order. AWS writes members in this order. The compiler evaluates
/// this function.
#[doc(hidden)]
#[must_use]
#[allow(clippy::indexing_slicing)] // an index out of range would not compile
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

/// Declares a structure of the API model: the struct, its description, and the code that writes it. With `input`, also the
/// code that reads and checks it. List the members in the order of the model.
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
/// | a member is | in the model | in Rust | in HTTP bodies, if it has no value |
/// |---|---|---|---|
/// | `required` | required | `T` | rejected |
/// | `lenient` | required | `Option<T>` | accepted (only botocore rejects the request) |
/// | `optional` | optional | `Option<T>` | null |
/// | `omitted` | optional | `Option<T>` | omitted |
/// | `present` | optional | `T` | always has a value (responses only) |
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
#[allow(missing_docs)] // AWS's API reference describes the members
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
            /// Members are in alphabetical order for HTTP bodies, as AWS writes them. For Python, they are in the order of
            /// the model, as in botocore's parser.
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
                let is_http = serializer.is_human_readable();
                #[allow(unused_mut)]
                let mut out = serializer.serialize_struct(stringify!($Name), COUNT)?;
                if is_http {
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
            $report.add($at, "", &format!("Member must set exactly one of [{names}]"));
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

/// A text in a request. It borrows from the source of the request, or is a copy if the text has escapes there.
pub type Text<'a> = Cow<'a, str>;

/// A moment in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Timestamp(pub f64);

/// The name by which a serializer recognizes a [`Timestamp`].
pub(crate) const TIMESTAMP: &str = "Timestamp";

impl Timestamp {
    /// The moment that is the given number of seconds after 1970.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        // Exact up to 2**53 seconds, which is far beyond the years that dates support.
        #[allow(clippy::cast_precision_loss)]
        Self(seconds as f64)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(TIMESTAMP, &self.0)
    }
}

/// A shape that is neither a list, a map nor a structure.
#[doc(hidden)]
pub trait Scalar<'de>: Shape + Sized {
    /// Converts a received value to this type.
    ///
    /// # Errors
    /// Returns what the value is not, for example `not a string`.
    fn from_received(received: Received<'de>) -> Result<Self, &'static str>;
    /// The part of the value that constraints check.
    fn value(&self) -> Value<'_>;
    /// The value in Java's format.
    fn show(&self) -> String;
    /// Reads a received value.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Received<'de>, D::Error> {
        deserializer.deserialize_any(ReceivedReader)
    }
}

/// A scalar before its constraints are checked.
#[doc(hidden)]
pub struct RawScalar<T>(T);

impl<'de, T: Scalar<'de>> Deserialize<'de> for RawScalar<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::from_received(T::read(deserializer)?).map(RawScalar).map_err(D::Error::custom)
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
pub enum Received<'de> {
    Bool(bool),
    Whole(i64),
    Double(f64),
    Text(Text<'de>),
}

struct ReceivedReader;

impl<'de> Visitor<'de> for ReceivedReader {
    type Value = Received<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string, a number or a boolean")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Received<'de>, E> {
        Ok(Received::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Received<'de>, E> {
        Ok(Received::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Received<'de>, E> {
        // The value is too large for an integer of the model, so the loss of precision does not matter.
        #[allow(clippy::cast_precision_loss)]
        Ok(i64::try_from(value).map_or(Received::Double(value as f64), Received::Whole))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Received<'de>, E> {
        Ok(Received::Double(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Received<'de>, E> {
        Ok(Received::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Received<'de>, E> {
        Ok(Received::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Received<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de: 'a, 'a> Scalar<'de> for Text<'a> {
    #[inline]
    fn from_received(received: Received<'de>) -> Result<Self, &'static str> {
        if let Received::Text(text) = received { Ok(text) } else { Err("not a string") }
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<'de> Scalar<'de> for String {
    fn from_received(received: Received<'de>) -> Result<Self, &'static str> {
        Text::from_received(received).map(Cow::into_owned)
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn show(&self) -> String {
        self.clone()
    }
}

impl<'de> Scalar<'de> for bool {
    fn from_received(received: Received<'de>) -> Result<Self, &'static str> {
        if let Received::Bool(value) = received { Ok(value) } else { Err("not a boolean") }
    }

    fn value(&self) -> Value<'_> {
        Value::Other
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// botocore accepts a boolean as an integer. The fake converts it to 0 or 1 (assumed).
impl<'de> Scalar<'de> for i64 {
    fn from_received(received: Received<'de>) -> Result<Self, &'static str> {
        match received {
            Received::Whole(number) => Ok(number),
            Received::Bool(value) => Ok(value.into()),
            Received::Double(_) | Received::Text(_) => Err("not a whole number"),
        }
    }

    fn value(&self) -> Value<'_> {
        // Constraints are within 32 bits, so the loss of precision does not matter.
        #[allow(clippy::cast_precision_loss)]
        Value::Number(*self as f64)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<'de> Scalar<'de> for i32 {
    fn from_received(received: Received<'de>) -> Result<Self, &'static str> {
        i64::from_received(received)?.try_into().map_err(|_| "not a whole number of 32 bits")
    }

    fn value(&self) -> Value<'_> {
        Value::Number((*self).into())
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// botocore sends the values that JSON cannot represent as "NaN", "Infinity" and "-Infinity".
impl<'de> Scalar<'de> for f64 {
    fn from_received(received: Received<'de>) -> Result<Self, &'static str> {
        match received {
            Received::Double(number) => Ok(number),
            // Java loses the same precision.
            #[allow(clippy::cast_precision_loss)]
            Received::Whole(number) => Ok(number as f64),
            Received::Bool(value) => Ok(value.into()),
            Received::Text(text) => match &*text {
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
    fn from_received(received: Received<'de>) -> Result<Self, &'static str> {
        match f64::from_received(received) {
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

    /// Tells the deserializer that a moment is expected, because Python has more types for moments than JSON.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Received<'de>, D::Error> {
        deserializer.deserialize_newtype_struct(TIMESTAMP, ReceivedReader)
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
        let mut is_violated = false;
        for (index, item) in raw.into_iter().enumerate() {
            // For constraints on scalar items, AWS sends one message for the whole list (assumed).
            let mut of_item = Report::default();
            let constraints = each.map_or(&[][..], |(_, constraints)| constraints);
            items.push(T::required(item, &At::Item(at, index), constraints, &mut of_item));
            if each.is_some() {
                is_violated |= !of_item.is_empty();
            } else {
                report.extend(of_item);
            }
        }
        if let (true, Some((constraint, _)), Some(shown)) = (is_violated, each, shown) {
            report.violated(at, constraint, Value::Other, &shown);
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
            let is_satisfied = match constraint {
                Constraint::Keys(own) => {
                    raw.keys().all(|key| own.iter().all(|constraint| constraint.admits(Value::Text(key))))
                }
                Constraint::Values(own) => {
                    raw.values().all(|RawScalar(value)| own.iter().all(|constraint| constraint.admits(value.value())))
                }
                _ => true,
            };
            if !is_satisfied {
                report.violated(at, constraint, Value::Other, &Self::show(&raw));
            }
        }
        Some(raw.into_iter().map(|(key, RawScalar(value))| (key, value)).collect())
    }

    fn show(raw: &Self::Raw) -> String {
        let shown: Vec<String> = raw.iter().map(|(key, RawScalar(value))| format!("{key}={}", value.show())).collect();
        format!("{{{}}}", shown.join(", "))
    }
}
