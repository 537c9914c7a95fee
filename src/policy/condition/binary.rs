//! Base64.

#[cfg(test)]
mod tests;

/// Whether the text is base64 of the standard alphabet with padding.
pub(super) fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len() % 4 == 0
        && text.len() - digits.len() <= 2
        && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
}
