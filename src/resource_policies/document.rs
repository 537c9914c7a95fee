//! Policy documents. This module checks the text that a caller sends and converts it to the text that is stored.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;
use parking_lot::Mutex;

use crate::fault::{Code, Fault};
use crate::policy::{Arena, Effect, Json, Malformed, Policy, Statement};

/// The maximum size of a document, in bytes of UTF-8. The X-Ray API reference says "5kb", `CloudFormation`'s schema 5120.
pub(super) const LIMIT: usize = 5120;

/// A valid document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// The document in AWS's normal form.
    pub(super) text: Arc<str>,
    /// Whether at least one of its statements is a Deny.
    pub(super) denies: bool,
}

impl Document {
    /// Checks a document's syntax, its size and its grammar, in this order.
    ///
    /// # Errors
    /// `MalformedPolicyDocumentException` or `PolicySizeLimitExceededException`.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        // This size holds all nodes of most documents and is fast to allocate.
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

    /// Returns the result of [`Document::read`] from a cache, if the text was read at least twice before.
    ///
    /// A test suite has few documents and puts them again in each test. The cache lives as long as the process. Faults
    /// are not cached.
    pub(super) fn cached(text: &str) -> Result<Self, Fault> {
        static CACHE: Mutex<Cache> = Mutex::new(Cache::new());
        if let Some(document) = CACHE.lock().last(text) {
            return Ok(document);
        }
        let hash = HASHER.hash_one(text);
        let was_read_once = match CACHE.lock().find(hash, text) {
            Lookup::Cached(document) => return Ok(document),
            Lookup::ReadOnce => true,
            Lookup::Unknown => false,
        };
        let document = Self::read(text)?;
        if was_read_once {
            CACHE.lock().insert(hash, text, &document);
        }
        Ok(document)
    }
}

const HASHER: FixedState = FixedState::with_seed(0);

/// The documents that were read repeatedly.
struct Cache {
    /// Hashes of texts that were read once. If a suite creates a new document for each test, most of them are never read
    /// again, and caching them would cost as much as reading them.
    read_once: [u64; Self::SIZE],
    /// Maps the hash of a text to the text and its document. It has at most [`Cache::SIZE`] entries, and each text has
    /// at most [`LIMIT`] bytes.
    documents: HashMap<u64, (Box<str>, Document), FixedState>,
    /// The hash of the document that was found last. A text that equals this document's text is not hashed.
    last: u64,
}

/// The result of a search in the cache.
enum Lookup {
    /// The cache does not know the text.
    Unknown,
    /// The text was read once before.
    ReadOnce,
    /// The text was read more often, and this is the result.
    Cached(Document),
}

impl Cache {
    const SIZE: usize = 64;

    const fn new() -> Self {
        Self { read_once: [0; Self::SIZE], documents: HashMap::with_hasher(HASHER), last: 0 }
    }

    fn last(&self, text: &str) -> Option<Document> {
        self.get(self.last, text)
    }

    fn get(&self, hash: u64, text: &str) -> Option<Document> {
        self.documents.get(&hash).filter(|(source, _)| **source == *text).map(|(_, document)| document.clone())
    }

    /// Looks up a text, and marks it as read once if it is unknown.
    fn find(&mut self, hash: u64, text: &str) -> Lookup {
        if let Some(document) = self.get(hash, text) {
            self.last = hash;
            return Lookup::Cached(document);
        }
        // Any bits of the hash can select the slot, so losing the high bits does not matter.
        #[allow(clippy::cast_possible_truncation)]
        let slot = self.read_once.get_mut(hash as usize % Self::SIZE);
        let previous = slot.map(|slot| std::mem::replace(slot, hash));
        if previous == Some(hash) { Lookup::ReadOnce } else { Lookup::Unknown }
    }

    /// Stores a document. If the cache is full, all other documents are removed first.
    fn insert(&mut self, hash: u64, text: &str, document: &Document) {
        if self.documents.len() >= Self::SIZE {
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

/// AWS sends a null message for a malformed document (recorded for text that is not JSON). The fake adds the reason.
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
/// [`Malformed`], which is the first problem that is found. Its place is empty if the document is too long or if the
/// problem concerns the whole document.
pub fn check_document(text: &str) -> Result<(), Malformed> {
    let arena = Arena::new();
    let json = Json::parse(text, &arena)?;
    if text.len() > LIMIT {
        return Err(Malformed::at("", size_problem(text.len())));
    }
    Policy::from_json(&json).map(drop)
}
