//! The trait of an operation of the X-Ray API. An operation runs a request against the state of one account and Region.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::fault::Fault;
use crate::service::State;
use crate::shape::{Input, Shape, Timestamp};

/// One account in one Region. X-Ray keeps a separate state for each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// The account id: twelve digits.
    pub account_id: Arc<str>,
    /// The name of the Region, such as `us-east-1`.
    pub region_name: Arc<str>,
}

impl Scope {
    /// The ARN of an X-Ray resource in this account and Region.
    #[must_use]
    pub fn arn(&self, resource: &str) -> String {
        let Self { account_id, region_name } = self;
        format!("arn:{}:xray:{region_name}:{account_id}:{resource}", partition_of(region_name))
    }
}

/// `123456789012 us-east-1`
impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.account_id, self.region_name)
    }
}

/// The partition of a Region, according to botocore's endpoint data.
#[must_use]
pub fn partition_of(region_name: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 7] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
    ];
    let of_region = PARTITIONS.iter().find(|(prefix, _)| region_name.starts_with(prefix));
    of_region.map_or("aws", |(_, partition)| partition)
}

/// The caller, with the account and Region of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account and Region of the call. All calls of a client share it, so no call copies its strings.
    pub scope: Arc<Scope>,
    /// The ARN of an AWS principal: a user, a role, a session, a federated user or an account's root.
    pub arn: String,
}

/// A point in time with a resolution of one millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    milliseconds: i64,
}

impl Moment {
    /// The earliest moment.
    pub const EARLIEST: Self = Self { milliseconds: i64::MIN };

    /// The moment that is the given number of seconds after 1970.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { milliseconds: seconds.saturating_mul(1000) }
    }

    /// The moment that is the given number of milliseconds after 1970.
    #[must_use]
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self { milliseconds }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.milliseconds
    }

    /// Seconds since 1970, rounded down. AWS stores times in this form (recorded).
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.milliseconds.div_euclid(1000)
    }

    /// The moment as it appears in responses, in whole seconds.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_seconds(self.seconds())
    }
}

/// The settings of a fake, such as its limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Maximum number of resource policies per account and Region.
    pub policy_limit: usize,
    /// Maximum number of groups per account and Region, not counting Default.
    pub group_limit: usize,
    /// Maximum number of sampling rules per account and Region, not counting Default.
    pub rule_limit: usize,
    /// Maximum number of tags of a resource.
    pub tag_limit: usize,
    /// Milliseconds until a change of the encryption configuration or the trace segment destination becomes active.
    pub activation_delay: i64,
    /// Whether a resource policy of `CloudWatch` Logs lets X-Ray write spans.
    pub logs_policy: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { policy_limit: 5, group_limit: 25, rule_limit: 25, tag_limit: 50, activation_delay: 0, logs_policy: true }
    }
}

/// What an operation receives in addition to its request and the state.
#[derive(Debug, Clone, Copy)]
pub struct CallContext<'a> {
    /// The caller, with the account and Region of the call.
    pub caller: &'a Caller,
    /// The time of the call.
    pub now: Moment,
    /// The settings of the fake.
    pub settings: &'a Settings,
}

impl CallContext<'_> {
    /// The time from which a change in this call is active.
    #[must_use]
    pub const fn active_from(&self) -> Moment {
        Moment { milliseconds: self.now.milliseconds.saturating_add(self.settings.activation_delay) }
    }
}

/// An operation of the X-Ray API.
pub trait Operation {
    /// The operation's name in the API model.
    const NAME: &'static str;
    /// The path of its HTTP requests.
    const PATH: &'static str;
    /// The request.
    type Request<'a>: Input<'a>;
    /// The response of a successful call.
    type Response: Shape + Serialize + 'static;

    /// Runs a request.
    ///
    /// # Errors
    /// Returns the error with which AWS rejects the request. The state is then unchanged.
    fn run(request: Self::Request<'_>, state: &mut State, context: CallContext<'_>) -> Result<Self::Response, Fault>;
}
