//! Quotes texts for messages, and finds suggestions for misspelled names.

#[cfg(test)]
mod tests;

/// The text in single quotes. Single quotes, backslashes and control characters in it are escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        match character {
            '"' => quoted.push(character),
            _ => quoted.extend(character.escape_debug()),
        }
    }
    quoted.push('\'');
    quoted
}

/// The texts, each in single quotes, separated by commas.
pub(super) fn quoted_list(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    texts.into_iter().map(|text| quoted(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// The name that `text` most likely misspells: the one with the fewest edits, ignoring ASCII case. `None` if every name
/// needs more than two edits, or more than one edit for every three characters.
pub(super) fn closest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const MOST_EDITS: usize = 2;
    // Every name is shorter than this. A document may contain a text of thousands of characters, which takes long to
    // compare.
    const LONGEST: usize = 64;
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let allowed = MOST_EDITS.min(text.chars().count() / 3);
    let distances = names.into_iter().map(|name| (edits(&lower, &name.to_ascii_lowercase()), name));
    distances.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// The Levenshtein distance of two texts.
fn edits(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (index, character) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = left;
        }
        for (cell, other_character) in cells.zip(other.chars()) {
            let above = *cell;
            left = (diagonal + usize::from(character != other_character)).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
