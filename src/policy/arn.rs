//! ARNs: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.

#[cfg(test)]
mod tests;

/// An ARN's segments. The resource may hold colons of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arn<'a> {
    pub(super) partition: &'a str,
    pub(super) service: &'a str,
    pub(super) region: &'a str,
    pub(super) account: &'a str,
    pub(super) resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits a text of the form of an ARN; `None` for any other. Segments may be empty and may hold wildcards.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut segments = text.strip_prefix("arn:")?.splitn(5, ':');
        Some(Self {
            partition: segments.next()?,
            service: segments.next()?,
            region: segments.next()?,
            account: segments.next()?,
            resource: segments.next()?,
        })
    }
}

/// Whether the text is an account id: twelve digits.
pub(super) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
