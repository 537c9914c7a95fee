//! An AWS error as data. It becomes an exception, or an HTTP response, only at a front end.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// The errors that the fake knows, by AWS's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The caller may not do this. Not modelled by X-Ray.
    AccessDeniedException,
    /// The service failed. Not modelled by X-Ray.
    InternalFailure,
    /// The policy changed since the caller read it.
    InvalidPolicyRevisionIdException,
    /// The request is missing required parameters or has invalid ones.
    InvalidRequestException,
    /// The policy would keep its caller from putting another one.
    LockoutPreventionException,
    /// The policy document does not follow the grammar.
    MalformedPolicyDocumentException,
    /// The account and Region already have as many policies as they may.
    PolicyCountLimitExceededException,
    /// The policy document is too long.
    PolicySizeLimitExceededException,
    /// The resource does not exist.
    ResourceNotFoundException,
    /// The account has as many sampling rules as it may.
    RuleLimitExceededException,
    /// The request's bytes do not form the request's types. Not modelled by X-Ray.
    SerializationException,
    /// The requests come too fast.
    ThrottledException,
    /// The resource would have more tags than it may.
    TooManyTagsException,
    /// A parameter breaks a constraint of the API model. Not modelled by X-Ray.
    ValidationException,
}

impl Code {
    /// The code as AWS sends it in `x-amzn-errortype`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessDeniedException => "AccessDeniedException",
            Self::InternalFailure => "InternalFailure",
            Self::InvalidPolicyRevisionIdException => "InvalidPolicyRevisionIdException",
            Self::InvalidRequestException => "InvalidRequestException",
            Self::LockoutPreventionException => "LockoutPreventionException",
            Self::MalformedPolicyDocumentException => "MalformedPolicyDocumentException",
            Self::PolicyCountLimitExceededException => "PolicyCountLimitExceededException",
            Self::PolicySizeLimitExceededException => "PolicySizeLimitExceededException",
            Self::ResourceNotFoundException => "ResourceNotFoundException",
            Self::RuleLimitExceededException => "RuleLimitExceededException",
            Self::SerializationException => "SerializationException",
            Self::ThrottledException => "ThrottledException",
            Self::TooManyTagsException => "TooManyTagsException",
            Self::ValidationException => "ValidationException",
        }
    }

    /// The HTTP status of the answer. Source: X-Ray's API model; for the errors that it does not declare, "Common
    /// errors" in the X-Ray API reference; of an unknown operation, assumed.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::AccessDeniedException => 403,
            Self::ResourceNotFoundException => 404,
            Self::ThrottledException => 429,
            Self::InternalFailure => 500,
            _ => 400,
        }
    }

    /// Whether X-Ray's API model declares this error.
    #[must_use]
    pub const fn is_modelled(self) -> bool {
        !matches!(
            self,
            Self::AccessDeniedException
                | Self::InternalFailure
                | Self::SerializationException
                | Self::ValidationException
        )
    }

    /// The member of the HTTP body that holds the message. Recorded of modelled errors, of `AccessDeniedException` and
    /// of `ValidationException`; assumed of the others.
    #[must_use]
    pub const fn message_member(self) -> &'static str {
        if self.is_modelled() || matches!(self, Self::AccessDeniedException) { "Message" } else { "message" }
    }
}

/// A refused request: what AWS would answer and, apart from it, why the fake refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which error it is.
    pub code: Code,
    /// AWS's message; AWS sends null with a malformed document.
    pub message: Option<String>,
    /// What the message does not tell, for the reader of a failing test. Not something AWS sends.
    pub reason: Option<String>,
    /// The resource that the request is about, which AWS names in a `ResourceNotFoundException` (recorded).
    pub resource_name: Option<String>,
}

impl Fault {
    /// A fault whose message says all there is to say.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: Some(message.into()), reason: None, resource_name: None }
    }

    /// An `InvalidRequestException`, the error for most invalid requests.
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidRequestException, message)
    }

    /// A fault with a null message, as AWS sends it with some codes.
    pub fn without_message(code: Code, reason: impl Into<String>) -> Self {
        Self { code, message: None, reason: Some(reason.into()), resource_name: None }
    }

    /// The JSON body that says it.
    #[must_use]
    pub fn body(&self) -> FaultBody<'_> {
        FaultBody(self)
    }

    /// The headers that the HTTP answer has because of the fault. A header holds printable ASCII, so other characters of
    /// the reason are escaped there.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, String)> {
        let reason = self.reason.as_ref().map(|reason| ("x-fake-xray-reason", escaped_for_header(reason)));
        std::iter::once(("x-amzn-errortype", self.code.as_str().to_owned())).chain(reason)
    }
}

/// The body of an error response.
#[derive(Debug, Clone, Copy)]
pub struct FaultBody<'a>(&'a Fault);

impl Serialize for FaultBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(fault) = self;
        let mut body = serializer.serialize_map(None)?;
        body.serialize_entry(fault.code.message_member(), &fault.message)?;
        if let Some(resource_name) = &fault.resource_name {
            body.serialize_entry("ResourceName", resource_name)?;
        }
        body.end()
    }
}

/// A header holds printable ASCII, so other characters are escaped in it.
pub(crate) fn escaped_for_header(text: &str) -> String {
    let escape = |character: char| {
        if character == ' ' || character.is_ascii_graphic() {
            character.to_string()
        } else {
            character.escape_default().to_string()
        }
    };
    text.chars().map(escape).collect()
}
