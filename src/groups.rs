//! The operations on groups: `CreateGroup`, `GetGroup`, `GetGroups`, `UpdateGroup`, `DeleteGroup`.
//!
//! A filter expression is stored unchanged. It must not be blank, but its grammar is not checked yet. Source of the rules:
//! docs/fidelity.md.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::fault::Fault;
use crate::operation::{CallContext, Operation, Scope};
use crate::service::State;
use crate::shape::{Text, shape};
use crate::tags::Tag;

/// The name of the group that exists in every account and Region.
const DEFAULT: &str = "Default";

shape! {
    /// Whether X-Ray creates insights for a group, and whether it sends notifications about them.
    input struct InsightsConfiguration {
        "InsightsEnabled" insights_enabled: optional bool;
        "NotificationsEnabled" notifications_enabled: optional bool;
    }
}

impl InsightsConfiguration {
    const fn new(insights: bool, notifications: bool) -> Self {
        Self { insights_enabled: Some(insights), notifications_enabled: Some(notifications) }
    }

    /// The configuration with its missing members set to false.
    ///
    /// # Errors
    /// If notifications are enabled without insights.
    fn completed(&self) -> Result<Self, Fault> {
        let insights = self.insights_enabled.unwrap_or(false);
        let notifications = self.notifications_enabled.unwrap_or(false);
        if notifications && !insights {
            return Err(Fault::invalid_request(
                "Notifications can only be enabled on a group with InsightsEnabled set to true",
            ));
        }
        Ok(Self::new(insights, notifications))
    }
}

shape! {
    /// A group.
    struct Group {
        "GroupName" name: present Arc<str>;
        "GroupARN" arn: present Arc<str>;
        "FilterExpression" filter_expression: optional Arc<str>;
        "InsightsConfiguration" insights_configuration: present InsightsConfiguration;
    }
}

shape! {
    /// A group, as `GetGroups` returns it.
    struct GroupSummary {
        "GroupName" name: present Arc<str>;
        "GroupARN" arn: present Arc<str>;
        "FilterExpression" filter_expression: optional Arc<str>;
        "InsightsConfiguration" insights_configuration: present InsightsConfiguration;
    }
}

impl From<&Group> for GroupSummary {
    fn from(group: &Group) -> Self {
        let Group { name, arn, filter_expression, insights_configuration } = group.clone();
        Self { name, arn, filter_expression, insights_configuration }
    }
}

/// The groups of one account and Region. The Default group is first. The others follow in order of creation.
#[derive(Clone, Debug)]
pub struct Groups {
    groups: Vec<Group>,
    /// How many groups were created so far, including deleted ones.
    created: u64,
}

impl Groups {
    /// The groups of an unused account and Region: only the Default group.
    pub(crate) fn new(scope: &Scope) -> Self {
        let default = Group {
            name: DEFAULT.into(),
            arn: Self::default_arn(scope).into(),
            filter_expression: None,
            insights_configuration: InsightsConfiguration::new(false, false),
        };
        Self { groups: vec![default], created: 0 }
    }

    /// All groups, the Default group first.
    #[must_use]
    pub fn as_slice(&self) -> &[Group] {
        &self.groups
    }

    /// Returns the group that a request selects.
    ///
    /// # Errors
    /// If the request has both a name and an ARN, or neither, or if the group does not exist.
    pub(crate) fn selected(&self, name: Option<&str>, arn: Option<&str>) -> Result<&Group, Fault> {
        let is_selected = selector(name, arn)?;
        self.groups.iter().find(|group| is_selected(group)).ok_or_else(not_found)
    }

    /// The ARN of the Default group, which has no suffix (recorded).
    pub(crate) fn default_arn(scope: &Scope) -> String {
        scope.arn("group/Default")
    }
}

/// Returns a predicate for the group that a request selects.
///
/// # Errors
/// If the request has both a name and an ARN, or neither.
fn selector(name: Option<&str>, arn: Option<&str>) -> Result<impl Fn(&Group) -> bool, Fault> {
    if name.is_some() == arn.is_some() {
        return Err(Fault::invalid_request("Provide either GroupName or GroupARN"));
    }
    Ok(move |group: &Group| name.is_none_or(|name| *group.name == *name) && arn.is_none_or(|arn| *group.arn == *arn))
}

/// Returns the filter expression.
///
/// # Errors
/// If it is missing or blank.
fn filter_of(given: Option<&str>) -> Result<Arc<str>, Fault> {
    if is_blank(given) {
        let reason = "FilterExpression is required, although the API model says that it is optional";
        return Err(Fault { reason: Some(reason.to_owned()), ..Fault::invalid_request("Filter Expression is empty") });
    }
    Ok(given.unwrap_or_default().into())
}

fn is_blank(filter: Option<&str>) -> bool {
    filter.is_none_or(|filter| filter.trim().is_empty())
}

/// The last part of a group's ARN: 32 bytes as base32 without padding, which has 52 characters. AWS's bytes look
/// random. The fake's bytes depend only on the number of groups that were created before, so they are the same in each
/// test run.
fn suffix(created: u64) -> String {
    let words = (0..4).map(|word| mixed(created.wrapping_mul(4).wrapping_add(word)));
    let (mut pending, mut bits) = (0_u16, 0);
    let mut suffix = String::with_capacity(52);
    for byte in words.flat_map(u64::to_be_bytes) {
        pending = pending << 8 | u16::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            suffix.push(base32(pending >> bits));
        }
        pending &= (1 << bits) - 1;
    }
    suffix.push(base32(pending << (5 - bits)));
    suffix
}

/// One step of the `SplitMix64` generator. Different numbers have different results, which look random.
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

/// The base32 digit for the five lowest bits.
fn base32(bits: u16) -> char {
    const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    DIGITS.get(usize::from(bits & 31)).map_or('=', |digit| char::from(*digit))
}

fn not_found() -> Fault {
    Fault::invalid_request("Group not found")
}

shape! {
    /// The request of `CreateGroup`.
    input struct CreateGroupRequest<'a> {
        "GroupName" group_name: required Text<'a> where Length(1, 32);
        "FilterExpression" filter_expression: optional Text<'a>;
        "InsightsConfiguration" insights_configuration: optional InsightsConfiguration;
        "Tags" tags: optional Vec<Tag> where Length(0, 200);
    }
}

shape! {
    /// The response of `CreateGroup`.
    struct CreateGroupResult {
        "Group" group: present Group;
    }
}

/// Creates a group.
///
/// A name has 1 to 32 characters and is unique in its account and Region. `Default` is reserved in any letter case.
/// An account has at most [`Settings::group_limit`](crate::operation::Settings) groups in a Region, by default 25, not
/// counting the Default group. Insights and notifications are off by default.
#[derive(Debug)]
pub struct CreateGroup;

impl Operation for CreateGroup {
    const NAME: &'static str = "CreateGroup";
    const PATH: &'static str = "/CreateGroup";
    type Request<'a> = CreateGroupRequest<'a>;
    type Response = CreateGroupResult;

    fn run(
        request: CreateGroupRequest<'_>,
        State { groups: Groups { groups, created }, tags, .. }: &mut State,
        CallContext { caller, settings, .. }: CallContext<'_>,
    ) -> Result<CreateGroupResult, Fault> {
        let name = &*request.group_name;
        let filter_expression = filter_of(request.filter_expression.as_deref())?;
        let insights =
            request.insights_configuration.unwrap_or(InsightsConfiguration::new(false, false)).completed()?;
        if name.eq_ignore_ascii_case(DEFAULT) {
            return Err(Fault::invalid_request("The default group name is reserved"));
        }
        if groups.iter().any(|group| *group.name == *name) {
            return Err(Fault::invalid_request(format!("{name} already exists")));
        }
        // The Default group is one of the groups, but does not count towards the limit.
        if groups.len() > settings.group_limit {
            return Err(too_many(settings.group_limit));
        }
        let arn = caller.scope.arn(&format!("group/{name}/{}", suffix(*created)));
        tags.add_resource(arn.clone(), request.tags)?;
        *created += 1;
        let group = Group {
            name: name.into(),
            arn: arn.into(),
            filter_expression: Some(filter_expression),
            insights_configuration: insights,
        };
        groups.push(group.clone());
        Ok(CreateGroupResult { group })
    }
}

fn too_many(limit: usize) -> Fault {
    Fault::invalid_request(format!("The account already has the maximum of {limit} groups in this Region"))
        .with_limit_argument("group_limit")
}

shape! {
    /// The request of `GetGroup`.
    input struct GetGroupRequest<'a> {
        "GroupName" group_name: optional Text<'a> where Length(1, 32);
        "GroupARN" group_arn: optional Text<'a> where Length(1, 400);
    }
}

shape! {
    /// The response of `GetGroup`.
    struct GetGroupResult {
        "Group" group: present Group;
    }
}

/// Returns the group with a name or an ARN.
#[derive(Debug)]
pub struct GetGroup;

impl Operation for GetGroup {
    const NAME: &'static str = "GetGroup";
    const PATH: &'static str = "/GetGroup";
    type Request<'a> = GetGroupRequest<'a>;
    type Response = GetGroupResult;

    fn run(
        request: GetGroupRequest<'_>,
        State { groups, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<GetGroupResult, Fault> {
        let group = groups.selected(request.group_name.as_deref(), request.group_arn.as_deref())?;
        Ok(GetGroupResult { group: group.clone() })
    }
}

shape! {
    /// The request of `GetGroups`.
    input struct GetGroupsRequest<'a> {
        "NextToken" next_token: optional Text<'a> where Length(1, 100);
    }
}

shape! {
    /// The response of `GetGroups`.
    struct GetGroupsResult {
        "Groups" groups: present Vec<GroupSummary>;
        "NextToken" next_token: optional String;
    }
}

/// Lists all groups of the account and Region. The Default group is first. Rejects any `NextToken` (recorded).
#[derive(Debug)]
pub struct GetGroups;

impl Operation for GetGroups {
    const NAME: &'static str = "GetGroups";
    const PATH: &'static str = "/Groups";
    type Request<'a> = GetGroupsRequest<'a>;
    type Response = GetGroupsResult;

    fn run(
        request: GetGroupsRequest<'_>,
        State { groups, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<GetGroupsResult, Fault> {
        if request.next_token.is_some() {
            return Err(Fault::invalid_request("Next Token not supported"));
        }
        Ok(GetGroupsResult { groups: groups.as_slice().iter().map(GroupSummary::from).collect(), next_token: None })
    }
}

shape! {
    /// The request of `UpdateGroup`.
    input struct UpdateGroupRequest<'a> {
        "GroupName" group_name: optional Text<'a> where Length(1, 32);
        "GroupARN" group_arn: optional Text<'a> where Length(1, 400);
        "FilterExpression" filter_expression: optional Text<'a>;
        "InsightsConfiguration" insights_configuration: optional InsightsConfiguration;
    }
}

shape! {
    /// The response of `UpdateGroup`.
    struct UpdateGroupResult {
        "Group" group: present Group;
    }
}

/// Replaces the filter expression of a group, which is required. If the request has an insights configuration, replaces
/// that too.
#[derive(Debug)]
pub struct UpdateGroup;

impl Operation for UpdateGroup {
    const NAME: &'static str = "UpdateGroup";
    const PATH: &'static str = "/UpdateGroup";
    type Request<'a> = UpdateGroupRequest<'a>;
    type Response = UpdateGroupResult;

    fn run(
        request: UpdateGroupRequest<'_>,
        State { groups: Groups { groups, .. }, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<UpdateGroupResult, Fault> {
        let is_selected = selector(request.group_name.as_deref(), request.group_arn.as_deref())?;
        let group = groups.iter_mut().find(|group| is_selected(group)).ok_or_else(not_found)?;
        let filter = request.filter_expression.as_deref();
        let filter_expression = match &*group.name {
            DEFAULT if is_blank(filter) => None,
            DEFAULT => {
                return Err(Fault::invalid_request("The filter expression of the Default group cannot be changed"));
            }
            _ => Some(filter_of(filter)?),
        };
        if let Some(insights) = request.insights_configuration {
            group.insights_configuration = insights.completed()?;
        }
        group.filter_expression = filter_expression;
        Ok(UpdateGroupResult { group: group.clone() })
    }
}

shape! {
    /// The request of `DeleteGroup`.
    input struct DeleteGroupRequest<'a> {
        "GroupName" group_name: optional Text<'a> where Length(1, 32);
        "GroupARN" group_arn: optional Text<'a> where Length(1, 400);
    }
}

shape! {
    /// The response of `DeleteGroup`.
    struct DeleteGroupResult {}
}

/// Deletes a group and its tags.
#[derive(Debug)]
pub struct DeleteGroup;

impl Operation for DeleteGroup {
    const NAME: &'static str = "DeleteGroup";
    const PATH: &'static str = "/DeleteGroup";
    type Request<'a> = DeleteGroupRequest<'a>;
    type Response = DeleteGroupResult;

    fn run(
        request: DeleteGroupRequest<'_>,
        State { groups: Groups { groups, .. }, tags, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<DeleteGroupResult, Fault> {
        let is_selected = selector(request.group_name.as_deref(), request.group_arn.as_deref())?;
        let (at, group) = groups.iter().enumerate().find(|(_, group)| is_selected(group)).ok_or_else(not_found)?;
        if &*group.name == DEFAULT {
            return Err(Fault::invalid_request("The Default group cannot be deleted"));
        }
        tags.remove_resource(&group.arn);
        groups.remove(at);
        Ok(DeleteGroupResult {})
    }
}
