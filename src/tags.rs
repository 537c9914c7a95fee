//! Tags of groups and sampling rules: `TagResource`, `UntagResource`, `ListTagsForResource`.
//!
//! The families whose resources have tags say here when a resource begins and ends.

use std::collections::HashMap;

use crate::fault::Fault;
use crate::shape::shape;

shape! {
    /// A tag.
    input struct Tag {
        "Key" key: required String where Length(1, 128);
        "Value" value: required String where Length(0, 256);
    }
}

/// The tags of every resource of one account and Region, by the resource's ARN.
#[derive(Debug, Default)]
pub struct Tags(HashMap<String, Vec<Tag>>);

#[allow(dead_code)] // until a family has tags
impl Tags {
    /// Begins to keep the tags of a new resource, with those that it is created with.
    ///
    /// # Errors
    /// What is wrong with the tags; then nothing is kept.
    #[allow(clippy::unnecessary_wraps)] // until tags are checked
    pub(crate) fn begin(&mut self, arn: String, tags: Option<Vec<Tag>>) -> Result<(), Fault> {
        self.0.insert(arn, tags.unwrap_or_default());
        Ok(())
    }

    /// Forgets the tags of a resource that was deleted.
    pub(crate) fn end(&mut self, arn: &str) {
        self.0.remove(arn);
    }
}
