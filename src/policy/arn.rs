//! ARNs: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.

#[cfg(test)]
mod tests;

use super::text::quoted;
use super::wildcard::Pattern;

/// The segments of an ARN after `arn`. The resource may contain colons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arn<'a> {
    pub(super) partition: &'a str,
    pub(super) service: &'a str,
    pub(super) region: &'a str,
    pub(super) account: &'a str,
    pub(super) resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits an ARN of six segments. Returns `None` for any other text. Segments may be empty and may contain wildcards.
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

/// The partitions of AWS. A Python test compares them with botocore's.
const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/// Whether the text is the name of a partition.
pub(super) fn is_partition(text: &str) -> bool {
    PARTITIONS.contains(&text)
}

const WILDCARDS: [char; 2] = ['*', '?'];

/// Checks the ARN in a `Resource` as IAM does when it stores a policy. The ARN needs `arn`, a known partition and a service
/// without wildcards. The segments after the service may be missing and may have any value: IAM stores `arn:aws:fdsasf`
/// (recorded).
///
/// `prefix` is the part of the text before its first policy variable. Only segments that end within the prefix are checked,
/// because a variable may replace whole segments (recorded).
///
/// # Errors
/// The problem, as a sentence that shows the text.
pub(super) fn check_resource(text: &str, prefix: &str) -> Result<(), String> {
    let has_no_variable = prefix.len() == text.len();
    let complete = prefix.bytes().filter(|byte| *byte == b':').count();
    let is_known = |index: usize| has_no_variable || index < complete;
    let mut segments = prefix.split(':');
    let (scheme, partition, service) = (segments.next(), segments.next(), segments.next());
    if is_known(0) && (scheme != Some("arn") || partition.is_none()) {
        return Err(format!("{} is neither '*' nor an ARN, which begins with 'arn:PARTITION:SERVICE:'", quoted(text)));
    }
    let partition = partition.unwrap_or_default();
    if is_known(1) && !is_partition_pattern(partition) {
        let known = PARTITIONS.join(", ");
        return Err(format!(
            "{} has the unknown partition {}; expected one of {known}",
            quoted(text),
            quoted(partition)
        ));
    }
    match service.unwrap_or_default() {
        _ if !is_known(2) => Ok(()),
        "" => Err(format!("{} has no service; an ARN begins with 'arn:PARTITION:SERVICE:'", quoted(text))),
        service if service.contains(WILDCARDS) => {
            Err(format!("{} has a wildcard in its service; write the name of the service", quoted(text)))
        }
        _ => Ok(()),
    }
}

/// Whether the text is a partition, or a pattern with wildcards that matches a partition (assumed).
fn is_partition_pattern(text: &str) -> bool {
    is_partition(text)
        || text.contains(WILDCARDS) && {
            let pattern = Pattern::new(text);
            PARTITIONS.iter().any(|partition| pattern.matches(partition))
        }
}
