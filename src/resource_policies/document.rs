//! Policy documents: checks the text that a caller sends and converts it to the text that is stored.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;
use parking_lot::Mutex;

use crate::fault::{Code, Fault};
use crate::policy::{Arena, Effect, Json, Malformed, Policy, Statement};

/// The maximum size of a document in bytes of UTF-8: "5kb" (X-Ray API reference), 5120 (`CloudFormation`'s schema).
pub(super) const LIMIT: usize = 5120;

/// A valid document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// The document in AWS's normal form.
    pub(super) text: Arc<str>,
    /// Whether one of its statements is a Deny.
    pub(super) denies: bool,
}

impl Document {
    /// Checks a document's syntax, its size and its grammar.
    ///
    /// The size is checked after the syntax: deep nesting is malformed at any size.
    ///
    /// # Errors
    /// `MalformedPolicyDocumentException`, `PolicySizeLimitExceededException`.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        // Holds all nodes of most documents, and is a size that allocators have at hand.
        let arena = Arena::with_capacity(900);
        let json = Json::parse(text, &arena).map_err(|why| malformed(&why))?;
        if text.len() > LIMIT {
            return Err(too_long(text.len()));
        }
        let policy = Policy::from_json(&json).map_err(|why| malformed(&why))?;
        let denies = policy.statements().iter().map(Statement::effect).any(|effect| effect == Effect::Deny);
        let mut normal = String::with_capacity(text.len());
        write_normal(&json, &mut normal);
        Ok(Self { text: normal.into(), denies })
    }

    /// The result of [`Document::read`]. From the third time on, a text's result of the second time is returned.
    ///
    /// A suite has few documents and puts them again in each test. They are kept for the whole process. Faults are not kept.
    pub(super) fn known(text: &str) -> Result<Self, Fault> {
        static KEPT: Mutex<Kept> = Mutex::new(Kept::new());
        if let Some(document) = KEPT.lock().last(text) {
            return Ok(document);
        }
        let hash = HASHER.hash_one(text);
        let is_seen = match KEPT.lock().find(hash, text) {
            Seen::Kept(document) => return Ok(document),
            Seen::Once => true,
            Seen::Never => false,
        };
        let document = Self::read(text)?;
        if is_seen {
            KEPT.lock().keep(hash, text, &document);
        }
        Ok(document)
    }
}

const HASHER: FixedState = FixedState::with_seed(0);

/// The documents that were read recently.
struct Kept {
    /// Hashes of texts that were read once. If a suite creates a new document for each test, most of them are never read
    /// again, and keeping them would cost as much as reading them.
    once: [u64; Self::MOST],
    /// At most [`Kept::MOST`] texts of at most [`LIMIT`] bytes each, with their documents, by their hashes.
    documents: HashMap<u64, (Box<str>, Document), FixedState>,
    /// The hash of the document that was found last. Comparing a text with that one first saves hashing it.
    last: u64,
}

enum Seen {
    Never,
    Once,
    Kept(Document),
}

impl Kept {
    const MOST: usize = 64;

    const fn new() -> Self {
        Self { once: [0; Self::MOST], documents: HashMap::with_hasher(HASHER), last: 0 }
    }

    fn last(&self, text: &str) -> Option<Document> {
        self.get(self.last, text)
    }

    fn get(&self, hash: u64, text: &str) -> Option<Document> {
        self.documents.get(&hash).filter(|(source, _)| **source == *text).map(|(_, document)| document.clone())
    }

    fn find(&mut self, hash: u64, text: &str) -> Seen {
        if let Some(document) = self.get(hash, text) {
            self.last = hash;
            return Seen::Kept(document);
        }
        #[allow(clippy::cast_possible_truncation)] // the low bits are as good as any
        let once = self.once.get_mut(hash as usize % Self::MOST);
        let before = once.map(|once| std::mem::replace(once, hash));
        if before == Some(hash) { Seen::Once } else { Seen::Never }
    }

    fn keep(&mut self, hash: u64, text: &str, document: &Document) {
        if self.documents.len() >= Self::MOST {
            self.documents.clear();
        }
        self.documents.insert(hash, (text.into(), document.clone()));
    }
}

/// Writes a policy in AWS's normal form (recorded): no white space between tokens, and an `Action` list of one element
/// becomes that element. Everything else is unchanged, including a single statement object and a missing version (assumed).
fn write_normal(policy: &Json<'_>, out: &mut String) {
    policy.write_members(out, |name, value, out| match name {
        "Statement" => value.write_items(out, write_normal_statement),
        _ => value.write(out),
    });
}

fn write_normal_statement(statement: &Json<'_>, out: &mut String) {
    statement.write_members(out, |name, value, out| match (name, value) {
        ("Action", Json::Array([only])) => only.write(out),
        _ => value.write(out),
    });
}

/// AWS sends a null message for a malformed document (recorded for text that is not JSON).
fn malformed(why: &Malformed) -> Fault {
    Fault::without_message(Code::MalformedPolicyDocumentException, why.to_string())
}

fn too_long(bytes: usize) -> Fault {
    Fault::new(Code::PolicySizeLimitExceededException, size_problem(bytes))
}

fn size_problem(bytes: usize) -> String {
    format!("The policy document has {bytes} bytes; the limit is {LIMIT}.")
}

/// Checks a policy document as a put does: its syntax, its size and its grammar.
///
/// # Errors
/// [`Malformed`], the first problem that is found. The place is empty if the document is too long or the problem is one of
/// the whole document.
pub fn check_document(text: &str) -> Result<(), Malformed> {
    let arena = Arena::new();
    let json = Json::parse(text, &arena)?;
    if text.len() > LIMIT {
        return Err(Malformed::at("", size_problem(text.len())));
    }
    Policy::from_json(&json).map(drop)
}
