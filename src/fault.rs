//! An AWS error as data. It becomes an exception, or an HTTP answer, only at a front.

/// The codes that the fake answers with, as AWS spells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The request is missing required parameters or has invalid ones.
    InvalidRequestException,
    /// The policy changed since the caller read it.
    InvalidPolicyRevisionIdException,
    /// The policy would keep its caller from putting another one.
    LockoutPreventionException,
    /// The policy document does not follow the grammar.
    MalformedPolicyDocumentException,
    /// The account and Region already have as many policies as they may.
    PolicyCountLimitExceededException,
    /// The policy document is too long.
    PolicySizeLimitExceededException,
    /// The request's bytes do not form the request's types. Not modelled by X-Ray.
    SerializationException,
    /// A parameter breaks a constraint of the API model. Not modelled by X-Ray.
    ValidationException,
}

impl Code {
    /// The code as AWS sends it in `x-amzn-errortype`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequestException => "InvalidRequestException",
            Self::InvalidPolicyRevisionIdException => "InvalidPolicyRevisionIdException",
            Self::LockoutPreventionException => "LockoutPreventionException",
            Self::MalformedPolicyDocumentException => "MalformedPolicyDocumentException",
            Self::PolicyCountLimitExceededException => "PolicyCountLimitExceededException",
            Self::PolicySizeLimitExceededException => "PolicySizeLimitExceededException",
            Self::SerializationException => "SerializationException",
            Self::ValidationException => "ValidationException",
        }
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub const fn status(self) -> u16 {
        400
    }

    /// Whether X-Ray's API model declares this error. The body of a declared one says `Message`, that of any other
    /// `message` (recorded).
    #[must_use]
    pub const fn is_modelled(self) -> bool {
        !matches!(self, Self::SerializationException | Self::ValidationException)
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
}

impl Fault {
    /// A fault whose message says all there is to say.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: Some(message.into()), reason: None }
    }
}
