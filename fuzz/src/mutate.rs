//! Mutations that keep the JSON in an input valid. Mutations of arbitrary bytes seldom produce a text that the parser
//! accepts.

use std::ops::Range;

use fake_xray::policy::{Arena, Json};
use libfuzzer_sys::fuzzer_mutate;

/// The number of bytes by which one mutation may lengthen a string.
const GROWTH: usize = 64;

/// Changes the JSON in the range that `find_range` returns, or, once in four mutations, any bytes of the input. Returns
/// the new size.
pub fn mutate(
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
    find_range: fn(&str, &mut Random) -> Range<usize>,
) -> usize {
    let mut random = Random(seed.into());
    let changed = if random.below(4) == 0 { None } else { change_input(&data[..size], &mut random, find_range) };
    match changed {
        Some(changed) if changed.len() <= max_size => {
            data[..changed.len()].copy_from_slice(changed.as_bytes());
            changed.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}

/// The range of the document in an input that [`Input`](crate::Input) reads.
pub fn document(text: &str, _: &mut Random) -> Range<usize> {
    0..text.find("\n\n").unwrap_or(text.len())
}

/// The range of the body in a random line of an input whose lines are HTTP requests.
pub fn body(text: &str, random: &mut Random) -> Range<usize> {
    let lines = || text.split('\n');
    let before: usize = lines().take(random.below(lines().count())).map(|line| line.len() + 1).sum();
    let line = text[before..].split('\n').next().unwrap_or_default();
    before + line.find('{').unwrap_or(line.len())..before + line.len()
}

fn change_input(data: &[u8], random: &mut Random, find_range: fn(&str, &mut Random) -> Range<usize>) -> Option<String> {
    let text = std::str::from_utf8(data).ok()?;
    let Range { start, end } = find_range(text, random);
    Some(format!("{}{}{}", &text[..start], change_json(&text[start..end], random)?, &text[end..]))
}

fn change_json(text: &str, random: &mut Random) -> Option<String> {
    let arena = Arena::new();
    let json = Json::parse(text, &arena).ok()?;
    let count = count(&json);
    let other = find(&json, &mut random.below(count))?;
    let mut index = Some(random.below(count));
    Some(rewrite(&json, &mut index, &arena, &mut |value| change_value(value, other, random, &arena)).to_string())
}

/// Changes one value. Some changes insert `other`, which is another value of the same JSON.
fn change_value<'a>(value: &Json<'a>, other: &Json<'a>, random: &mut Random, arena: &'a Arena) -> Json<'a> {
    let choice = random.below(8);
    match value {
        _ if choice == 0 => other.clone(),
        _ if choice == 1 => Json::Array(arena.alloc_slice_clone(std::slice::from_ref(value))),
        Json::Null | Json::Bool(_) | Json::Number(_) => other.clone(),
        Json::String(text) => {
            // A policy document is JSON in a string, which is mutated as JSON too.
            let changed = change_json(text, random).unwrap_or_else(|| change_text(text));
            Json::String((&*arena.alloc_str(&changed)).into())
        }
        Json::Array(items) => {
            let mut items = items.to_vec();
            if items.is_empty() {
                items.push(other.clone());
                return Json::Array(arena.alloc_slice_clone(&items));
            }
            let at = random.below(items.len());
            match choice {
                2 => return items.swap_remove(at),
                3 | 4 => drop(items.remove(at)),
                5 => items.insert(at, other.clone()),
                _ => items.insert(at, items[at].clone()),
            }
            Json::Array(arena.alloc_slice_clone(&items))
        }
        Json::Object(members) => {
            let mut members = members.to_vec();
            if members.is_empty() {
                members.push(("k:s".into(), other.clone()));
                return Json::Object(arena.alloc_slice_clone(&members));
            }
            let (at, to) = (random.below(members.len()), random.below(members.len()));
            let name = || (&*arena.alloc_str(&change_text(&members[at].0))).into();
            match choice {
                2 | 3 => drop(members.remove(at)),
                4 => members.insert(at, (name(), other.clone())),
                5 => members.swap(at, to),
                _ => members[at].0 = name(),
            }
            Json::Object(arena.alloc_slice_clone(&members))
        }
    }
}

/// Changes a text with libFuzzer's own mutations, which use the dictionary and the values that the code compares with.
fn change_text(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(text.len() + GROWTH, 0);
    let size = fuzzer_mutate(&mut bytes, text.len(), text.len() + GROWTH);
    String::from_utf8_lossy(&bytes[..size]).into_owned()
}

/// The number of values in a JSON tree.
fn count(json: &Json<'_>) -> usize {
    1 + match json {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(members) => members.iter().map(|(_, value)| count(value)).sum::<usize>(),
        _ => 0,
    }
}

/// Returns the value at `index`. Values are numbered in the order of the text.
fn find<'j, 'a>(json: &'j Json<'a>, index: &mut usize) -> Option<&'j Json<'a>> {
    if *index == 0 {
        return Some(json);
    }
    *index -= 1;
    match json {
        Json::Array(items) => items.iter().find_map(|item| find(item, index)),
        Json::Object(members) => members.iter().find_map(|(_, value)| find(value, index)),
        _ => None,
    }
}

/// Returns the same JSON with a changed value at `index`. `index` becomes `None` when the value has been changed.
fn rewrite<'a>(
    json: &Json<'a>,
    index: &mut Option<usize>,
    arena: &'a Arena,
    change: &mut impl FnMut(&Json<'a>) -> Json<'a>,
) -> Json<'a> {
    match index {
        None => return json.clone(),
        Some(0) => {
            *index = None;
            return change(json);
        }
        Some(ahead) => *ahead -= 1,
    }
    match json {
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| rewrite(item, index, arena, change)).collect();
            Json::Array(arena.alloc_slice_clone(&items))
        }
        Json::Object(members) => {
            let members: Vec<_> =
                members.iter().map(|(name, value)| (*name, rewrite(value, index, arena, change))).collect();
            Json::Object(arena.alloc_slice_clone(&members))
        }
        leaf => leaf.clone(),
    }
}

/// The `SplitMix64` generator. Its numbers depend on the seed only, so libFuzzer can repeat a run.
pub struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}
