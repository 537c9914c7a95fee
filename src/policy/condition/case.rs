//! Comparison that ignores case.

#[cfg(test)]
mod tests;

/// Whether two texts are equal in lower case by IAM's rules.
pub(super) fn eq_ignoring_case(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    lower(one) == lower(other)
}

/// Converts a text to the full lower case of Unicode, including the final sigma. Letters outside the Basic Multilingual
/// Plane are unchanged. A sigma at the end of a word becomes a final sigma even if it follows such a letter (recorded).
/// The text is not normalized.
fn lower(text: &str) -> String {
    let full = text.to_lowercase();
    let mut lowered = full.chars();
    let mut result = String::with_capacity(full.len());
    for character in text.chars() {
        let length = character.to_lowercase().count();
        if is_supplementary(character) {
            lowered.by_ref().take(length).for_each(drop);
            result.push(character);
        } else {
            result.extend(lowered.by_ref().take(length));
        }
    }
    result
}

fn is_supplementary(character: char) -> bool {
    character.len_utf16() == 2
}
