//! An AWS error as data. A front end turns it into an exception or an HTTP response.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// The codes of the errors that operations return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The caller does not have permission. The API model does not declare it.
    AccessDeniedException,
    /// The service failed. The API model does not declare it.
    InternalFailure,
    /// The policy changed since the caller read it.
    InvalidPolicyRevisionIdException,
    /// The request is missing required parameters or has invalid ones.
    InvalidRequestException,
    /// The policy would prevent its caller from changing it again.
    LockoutPreventionException,
    /// The policy document does not follow the grammar.
    MalformedPolicyDocumentException,
    /// The account already has the maximum number of policies in the Region.
    PolicyCountLimitExceededException,
    /// The policy document is too long.
    PolicySizeLimitExceededException,
    /// The resource does not exist.
    ResourceNotFoundException,
    /// The account already has the maximum number of sampling rules in the Region.
    RuleLimitExceededException,
    /// The body is not valid JSON for the operation's input. The API model does not declare it.
    SerializationException,
    /// The request rate is too high.
    ThrottledException,
    /// The resource would have more than the maximum number of tags.
    TooManyTagsException,
    /// A parameter violates a constraint of the API model. The API model does not declare it.
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

    /// The HTTP status of the response. Source: X-Ray's API model, and "Common errors" in the X-Ray API reference for errors
    /// that the model does not declare. The status of `SerializationException` is assumed.
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

    /// The member of the HTTP body that has the message. Recorded for modelled errors, `AccessDeniedException` and
    /// `ValidationException`; assumed for the others.
    #[must_use]
    pub const fn message_member(self) -> &'static str {
        if self.is_modelled() || matches!(self, Self::AccessDeniedException) { "Message" } else { "message" }
    }
}

/// The error of a rejected request: what AWS responds, and the fake's own explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The error code.
    pub code: Code,
    /// AWS's message. `None` if AWS sends null, as for a malformed policy document.
    pub message: Option<String>,
    /// The fake's explanation of an error that AWS's message does not explain, for the reader of a failing test. AWS does not
    /// send it.
    pub reason: Option<String>,
    /// The requested resource, which AWS names in a `ResourceNotFoundException` (recorded).
    pub resource_name: Option<String>,
}

impl Fault {
    /// Creates a fault that AWS's message explains.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: Some(message.into()), reason: None, resource_name: None }
    }

    /// Creates an `InvalidRequestException`, the error for most invalid requests.
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidRequestException, message)
    }

    /// Adds a reason that names the argument of `FakeXRay` that changes a limit. Used if an account has reached the limit.
    pub(crate) fn with_limit_argument(self, argument: &str) -> Self {
        Self { reason: Some(format!("to change the limit, use FakeXRay({argument}=...)")), ..self }
    }

    /// Creates a fault with a null message, which AWS sends with some codes.
    pub fn without_message(code: Code, reason: impl Into<String>) -> Self {
        Self { code, message: None, reason: Some(reason.into()), resource_name: None }
    }

    /// The body of the HTTP response, to be written as JSON.
    #[must_use]
    pub fn body(&self) -> FaultBody<'_> {
        FaultBody(self)
    }

    /// The headers that the fault adds to the HTTP response. Characters that a header cannot contain are escaped in the reason.
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

/// Escapes all characters that are not printable ASCII, because a header cannot contain them.
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
