//! What an operation of the X-Ray API is: a request that runs against the state of one account and Region.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::fault::Fault;
use crate::service::State;
use crate::shape::{Input, Shape, Timestamp};

/// Where X-Ray keeps state apart: one account in one Region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// Twelve digits.
    pub account_id: Arc<str>,
    /// Such as `us-east-1`.
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

/// Account and Region.
impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.account_id, self.region_name)
    }
}

/// The partition of a Region, by botocore's endpoint data.
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

/// Who calls, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account and Region that the call is about. Every call of a client shares it, so that none copies its strings.
    pub scope: Arc<Scope>,
    /// The ARN of an AWS principal: a user, a role, a session or an account's root.
    pub arn: String,
}

/// A point in time, to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    milliseconds: i64,
}

impl Moment {
    /// The earliest moment.
    pub const EARLIEST: Self = Self { milliseconds: i64::MIN };

    /// A moment of whole seconds since 1970.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { milliseconds: seconds.saturating_mul(1000) }
    }

    /// A moment of milliseconds since 1970.
    #[must_use]
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self { milliseconds }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.milliseconds
    }

    /// Seconds since 1970, rounded down: what AWS stores (recorded).
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.milliseconds.div_euclid(1000)
    }

    /// The moment as responses show it, in whole seconds.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_seconds(self.seconds())
    }
}

/// The limits and switches of a fake.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// How many resource policies an account may have in a Region.
    pub policy_limit: usize,
    /// How many groups an account may have in a Region, besides Default.
    pub group_limit: usize,
    /// How many sampling rules an account may have in a Region, besides Default.
    pub rule_limit: usize,
    /// How many tags a resource may have.
    pub tag_limit: usize,
    /// How long the encryption configuration and the trace segment destination take to become active, in milliseconds.
    pub activation_delay: i64,
    /// Whether `CloudWatch` Logs lets X-Ray write spans, as far as X-Ray can tell.
    pub logs_policy: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { policy_limit: 5, group_limit: 25, rule_limit: 25, tag_limit: 50, activation_delay: 0, logs_policy: true }
    }
}

/// What an operation knows besides its request and the state.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// Who calls.
    pub caller: &'a Caller,
    /// When the call happens.
    pub now: Moment,
    /// The limits and switches of the fake.
    pub settings: &'a Settings,
}

impl Circumstances<'_> {
    /// When a change that is made now becomes active.
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
    /// What it is asked.
    type Request<'a>: Input<'a>;
    /// What it responds when it succeeds.
    type Response: Shape + Serialize + 'static;

    /// Runs a request.
    ///
    /// # Errors
    /// What AWS would reject it with; the state is then as it was.
    fn run(
        request: Self::Request<'_>,
        state: &mut State,
        circumstances: Circumstances<'_>,
    ) -> Result<Self::Response, Fault>;
}
