//! An AWS error as data. Only a front end turns it into an exception or an HTTP response.

/// The errors that the fake knows, by AWS's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The caller may not do this. Not modelled by X-Ray.
    AccessDeniedException,
    /// The policy changed since the caller read it.
    InvalidPolicyRevisionIdException,
    /// The request is missing required parameters or has invalid ones.
    InvalidRequestException,
    /// The policy would prevent its caller from changing it again.
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
    /// The request rate is too high.
    ThrottledException,
    /// The resource would have more tags than it may.
    TooManyTagsException,
    /// The request's method and path are no operation's. Not modelled by X-Ray.
    UnknownOperationException,
    /// A parameter breaks a constraint of the API model. Not modelled by X-Ray.
    ValidationException,
}

impl Code {
    /// The code as AWS sends it in `x-amzn-errortype`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessDeniedException => "AccessDeniedException",
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
            Self::UnknownOperationException => "UnknownOperationException",
            Self::ValidationException => "ValidationException",
        }
    }

    /// The HTTP status of the response. Source: X-Ray's API model; for the errors that it does not declare, "Common
    /// errors" in the X-Ray API reference; of an unknown operation, assumed.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::AccessDeniedException => 403,
            Self::ResourceNotFoundException | Self::UnknownOperationException => 404,
            Self::ThrottledException => 429,
            _ => 400,
        }
    }

    /// Whether X-Ray's API model declares this error.
    #[must_use]
    pub const fn is_modelled(self) -> bool {
        !matches!(
            self,
            Self::AccessDeniedException
                | Self::SerializationException
                | Self::UnknownOperationException
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

/// A rejected request: what AWS would respond and, apart from that, why the fake rejected it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which error it is.
    pub code: Code,
    /// AWS's message; AWS sends null with a malformed document.
    pub message: Option<String>,
    /// What the message does not say, for the reader of a failing test. AWS does not send it.
    pub reason: Option<String>,
}

impl Fault {
    /// A fault whose message needs no further reason.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: Some(message.into()), reason: None }
    }

    /// A fault with a null message, as AWS sends it with some codes.
    pub fn without_message(code: Code, reason: impl Into<String>) -> Self {
        Self { code, message: None, reason: Some(reason.into()) }
    }

    /// The headers that the fault adds to the HTTP response. A header holds printable ASCII, so other characters of the
    /// reason are escaped.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, String)> {
        let escape = |reason: &String| reason.chars().map(escape_for_header).collect();
        let reason = self.reason.as_ref().map(|reason| ("x-fake-xray-reason", escape(reason)));
        std::iter::once(("x-amzn-errortype", self.code.as_str().to_owned())).chain(reason)
    }
}

fn escape_for_header(character: char) -> String {
    if character == ' ' || character.is_ascii_graphic() {
        character.to_string()
    } else {
        character.escape_default().to_string()
    }
}
