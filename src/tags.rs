//! Tags of groups and sampling rules: `TagResource`, `UntagResource`, `ListTagsForResource`.
//!
//! The modules of groups and sampling rules call `Tags::add_resource` when they create a resource and
//! `Tags::remove_resource` when they delete one. Source of the rules: docs/fidelity.md.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::fault::{Code, Fault};
use crate::java;
use crate::operation::{CallContext, Operation};
use crate::service::State;
use crate::shape::{Text, shape};

shape! {
    /// A tag: a key of 1 to 128 characters and a value of at most 256 characters.
    input struct Tag {
        "Key" key: required String where Length(1, 128);
        "Value" value: required String where Length(0, 256);
    }
}

/// The tags of one resource. Maps keys to values.
type TagSet = BTreeMap<String, String>;

/// The tags of every resource of one account and Region. Maps ARNs to tags.
#[derive(Clone, Debug)]
pub struct Tags {
    limit: usize,
    resources: HashMap<String, TagSet>,
}

impl Tags {
    /// The tags of an account and Region in which only the resources with these ARNs exist, without tags. A resource
    /// may have at most `limit` tags.
    pub(crate) fn new(limit: usize, arns: impl IntoIterator<Item = String>) -> Self {
        Self { limit, resources: arns.into_iter().map(|arn| (arn, TagSet::new())).collect() }
    }

    /// Adds a resource that is being created, with its initial tags.
    ///
    /// # Errors
    /// The error that AWS returns for invalid tags. The resource is not added then.
    pub(crate) fn add_resource(&mut self, arn: String, tags: Option<Vec<Tag>>) -> Result<(), Fault> {
        let tags = merge(&TagSet::new(), tags.unwrap_or_default(), self.limit)?;
        self.resources.insert(arn, tags);
        Ok(())
    }

    /// Removes a deleted resource and its tags.
    pub(crate) fn remove_resource(&mut self, arn: &str) {
        self.resources.remove(arn);
    }

    /// Returns the tags of a resource.
    fn of_resource(&mut self, arn: &str) -> Result<&mut TagSet, Fault> {
        self.resources.get_mut(arn).ok_or_else(|| Fault {
            resource_name: Some(arn.to_owned()),
            ..Fault::new(Code::ResourceNotFoundException, format!("Resource {arn} not found"))
        })
    }
}

/// Returns the tags that a resource has after `added` are added to the `existing` ones.
fn merge(existing: &TagSet, added: Vec<Tag>, limit: usize) -> Result<TagSet, Fault> {
    let mut keys = HashSet::new();
    if let Some(tag) = added.iter().find(|tag| !keys.insert(&tag.key)) {
        let reason = format!("the request has the tag key {:?} twice", tag.key);
        return Err(Fault::without_message(Code::InternalFailure, reason));
    }
    if added.iter().any(|tag| is_system(&tag.key)) {
        return Err(system_tag());
    }
    let mut merged = existing.clone();
    merged.extend(added.into_iter().map(|Tag { key, value }| (key, value)));
    if merged.len() > limit {
        let message = format!("The resultant tag set must not have more than {limit} user tags.");
        return Err(Fault::invalid_request(message).with_limit_argument("tag_limit"));
    }
    Ok(merged)
}

/// Whether a key belongs to a tag that only AWS may change.
fn is_system(key: &str) -> bool {
    key.starts_with("aws:")
}

fn system_tag() -> Fault {
    let message = "Caller is an end user and not allowed to mutate system tags";
    Fault::new(Code::InvalidRequestException, message)
}

shape! {
    /// The request of `TagResource`.
    input struct TagResourceRequest<'a> {
        "ResourceARN" resource_arn: required Text<'a> where Length(1, 1011);
        "Tags" tags: required Vec<Tag> where Length(0, 200);
    }
}

shape! {
    /// The response of `TagResource`.
    struct TagResourceResponse {}
}

/// Adds tags to a group or a sampling rule. If the resource already has a key, its value is replaced.
///
/// A resource has at most [`Settings::tag_limit`](crate::operation::Settings) tags, by default 50. Keys must not begin with
/// `aws:`.
#[derive(Debug)]
pub struct TagResource;

impl Operation for TagResource {
    const NAME: &'static str = "TagResource";
    const PATH: &'static str = "/TagResource";
    type Request<'a> = TagResourceRequest<'a>;
    type Response = TagResourceResponse;

    fn run(
        request: TagResourceRequest<'_>,
        State { tags, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<TagResourceResponse, Fault> {
        let limit = tags.limit;
        let existing = tags.of_resource(&request.resource_arn)?;
        *existing = merge(existing, request.tags, limit)?;
        Ok(TagResourceResponse {})
    }
}

shape! {
    /// The request of `UntagResource`.
    input struct UntagResourceRequest<'a> {
        "ResourceARN" resource_arn: required Text<'a> where Length(1, 1011);
        "TagKeys" tag_keys: required Vec<Text<'a>> where Length(0, 200), Items(&[Length(1, 128)]);
    }
}

shape! {
    /// The response of `UntagResource`.
    struct UntagResourceResponse {}
}

/// Removes tags from a group or a sampling rule. Keys that the resource does not have are ignored.
#[derive(Debug)]
pub struct UntagResource;

impl Operation for UntagResource {
    const NAME: &'static str = "UntagResource";
    const PATH: &'static str = "/UntagResource";
    type Request<'a> = UntagResourceRequest<'a>;
    type Response = UntagResourceResponse;

    fn run(
        request: UntagResourceRequest<'_>,
        State { tags, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<UntagResourceResponse, Fault> {
        let existing = tags.of_resource(&request.resource_arn)?;
        if request.tag_keys.iter().any(|key| is_system(key)) {
            return Err(system_tag());
        }
        for key in &request.tag_keys {
            existing.remove(&**key);
        }
        Ok(UntagResourceResponse {})
    }
}

shape! {
    /// The request of `ListTagsForResource`.
    input struct ListTagsForResourceRequest<'a> {
        "ResourceARN" resource_arn: required Text<'a> where Length(1, 1011);
        "NextToken" next_token: optional Text<'a>;
    }
}

shape! {
    /// The response of `ListTagsForResource`.
    struct ListTagsForResourceResponse {
        "Tags" tags: present Vec<Tag> where Length(0, 200);
        "NextToken" next_token: optional String;
    }
}

/// Lists the tags of a group or a sampling rule in the order of a Java hash map. `NextToken` is ignored (recorded).
#[derive(Debug)]
pub struct ListTagsForResource;

impl Operation for ListTagsForResource {
    const NAME: &'static str = "ListTagsForResource";
    const PATH: &'static str = "/ListTagsForResource";
    type Request<'a> = ListTagsForResourceRequest<'a>;
    type Response = ListTagsForResourceResponse;

    fn run(
        request: ListTagsForResourceRequest<'_>,
        State { tags, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<ListTagsForResourceResponse, Fault> {
        let stored = tags.of_resource(&request.resource_arn)?;
        let tag = |(key, value): (&String, &String)| Tag { key: key.clone(), value: value.clone() };
        let mut tags: Vec<Tag> = stored.iter().map(tag).collect();
        let entries = tags.len();
        tags.sort_by_key(|tag| java::bucket(&tag.key, entries));
        Ok(ListTagsForResourceResponse { tags, next_token: None })
    }
}
