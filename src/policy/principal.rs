//! Principals: those that a policy names, and the one that makes a request.
//!
//! Source: IAM User Guide, "AWS JSON policy elements: Principal" and the page on `NotPrincipal`.

#[cfg(test)]
mod tests;

use std::fmt;

use super::arn::{Arn, is_account_id, is_partition};
use super::document::{Effect, Element, Strings, object, text};
use super::json::{Arena, Json};

/// The principal that makes a request. Displayed as the text it was parsed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Principal<'a> {
    text: &'a str,
    caller: Caller<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller<'a> {
    Service(&'a str),
    Aws(AwsPrincipal<'a>),
}

impl<'a> Principal<'a> {
    /// Parses a service principal (`sns.amazonaws.com`), an account id (12 digits) or the ARN of an account's root, a
    /// user, a role, an assumed-role session or a federated user.
    ///
    /// # Errors
    /// [`BadPrincipal`], which says why the text is not a principal.
    pub fn parse(text: &'a str) -> Result<Self, BadPrincipal> {
        if text.starts_with("arn:") || text.bytes().all(|byte| byte.is_ascii_digit()) {
            return AwsPrincipal::parse(text).map(|principal| Self { text, caller: Caller::Aws(principal) });
        }
        if is_service(text) {
            return Ok(Self { text, caller: Caller::Service(text) });
        }
        Err(BadPrincipal("neither a service principal such as sns.amazonaws.com nor an account id nor an ARN"))
    }

    /// Whether this is a principal of an AWS account. For such a principal, an Allow in a resource policy of X-Ray is
    /// not sufficient: its identity policies must allow the action too (recorded). A service principal has no identity
    /// policies.
    #[must_use]
    pub fn is_aws(&self) -> bool {
        matches!(self.caller, Caller::Aws(_))
    }

    /// The account of an AWS principal, or `None` for a service.
    #[must_use]
    pub fn account(&self) -> Option<&'a str> {
        match self.caller {
            Caller::Service(_) => None,
            Caller::Aws(principal) => Some(principal.account),
        }
    }

    /// The value of `aws:PrincipalArn` in the requests of an AWS principal: its ARN, or for a session the ARN of its role.
    /// `None` for a service.
    ///
    /// Source: IAM User Guide, "AWS global condition context keys". The ARN of a session does not contain the path of the
    /// role, so the ARN of the role is returned without a path (assumed).
    #[must_use]
    pub fn principal_arn(&self) -> Option<String> {
        let Caller::Aws(AwsPrincipal { partition, account, identity }) = self.caller else { return None };
        let (service, kind, name) = match identity {
            Identity::Account => ("iam", "root", ""),
            Identity::User(name) => ("iam", "user/", name),
            Identity::Role(role) | Identity::Session { role, .. } => ("iam", "role/", role),
            Identity::FederatedUser(name) => ("sts", "federated-user/", name),
        };
        Some(format!("arn:{partition}:{service}::{account}:{kind}{name}"))
    }
}

impl fmt::Display for Principal<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.text)
    }
}

/// Why a text is not a principal, as a phrase that follows `'x' is`, such as `neither an ARN nor an account id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadPrincipal(&'static str);

impl fmt::Display for BadPrincipal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

impl std::error::Error for BadPrincipal {}

/// A principal of an AWS account. Comparisons ignore the partition, because account ids are unique across partitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AwsPrincipal<'a> {
    partition: &'a str,
    account: &'a str,
    identity: Identity<'a>,
}

/// Which identity of its account an AWS principal is. Names of users and roles include their path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Identity<'a> {
    /// The account itself, also written as the ARN of its root.
    Account,
    User(&'a str),
    Role(&'a str),
    Session {
        role: &'a str,
        session: &'a str,
    },
    FederatedUser(&'a str),
}

impl<'a> AwsPrincipal<'a> {
    /// Parses an account id or an ARN.
    ///
    /// # Errors
    /// [`BadPrincipal`], which says why the text is not a principal.
    pub(super) fn parse(text: &'a str) -> Result<Self, BadPrincipal> {
        if is_account_id(text) {
            return Ok(Self { partition: "aws", account: text, identity: Identity::Account });
        }
        let arn = Arn::parse(text).ok_or(BadPrincipal("neither an ARN nor an account id"))?;
        if !is_partition(arn.partition) || !arn.region.is_empty() || !is_account_id(arn.account) {
            return Err(BadPrincipal(
                "not an ARN of the form arn:PARTITION:iam::ACCOUNT:... with a known partition and an account id of 12 \
                 digits",
            ));
        }
        let identity = match arn.service {
            "iam" => Identity::of_iam(arn.resource),
            "sts" => Identity::of_sts(arn.resource),
            _ => None,
        };
        let identity = identity.ok_or(BadPrincipal(
            "not the ARN of an account's root, user, role, assumed-role session or federated user; wildcards are not allowed",
        ))?;
        Ok(Self { partition: arn.partition, account: arn.account, identity })
    }

    /// Whether `caller` is this principal or acts as it. An account covers all its identities, and a role covers its
    /// sessions.
    fn covers(self, caller: Self) -> bool {
        self.account == caller.account
            && match (self.identity, caller.identity) {
                (Identity::Account, _) => true,
                (Identity::Role(role), Identity::Session { role: assumed, .. }) => name_of(role) == assumed,
                (identity, other) => identity == other,
            }
    }
}

impl<'a> Identity<'a> {
    fn of_iam(resource: &'a str) -> Option<Self> {
        if resource == "root" {
            return Some(Self::Account);
        }
        let (kind, name) = resource.split_once('/')?;
        match kind {
            "user" if is_name_with_path(name) => Some(Self::User(name)),
            "role" if is_name_with_path(name) => Some(Self::Role(name)),
            _ => None,
        }
    }

    fn of_sts(resource: &'a str) -> Option<Self> {
        let (kind, name) = resource.split_once('/')?;
        match kind {
            "assumed-role" => {
                let (role, session) = name.split_once('/')?;
                (is_name(role) && is_name(session)).then_some(Self::Session { role, session })
            }
            "federated-user" => is_name(name).then_some(Self::FederatedUser(name)),
            _ => None,
        }
    }
}

/// The principals that a `Principal` or `NotPrincipal` element lists.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Principals<'a> {
    /// `"*"`
    Everyone,
    /// An object with a member for each type of principal.
    Named(Named<'a>),
}

/// The lists of a principal object. A missing type has an empty list.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Named<'a> {
    pub(super) aws: Strings<'a>,
    pub(super) service: Strings<'a>,
    pub(super) federated: Strings<'a>,
    pub(super) canonical_user: Strings<'a>,
}

impl Element<Principals<'_>> {
    /// Whether a statement with this element applies to the caller.
    ///
    /// `"*"` and `{"AWS": "*"}` cover every principal, including services, both in an `Allow` and in a `Deny`. For an
    /// `Allow`, the source is a policy in the Amazon S3 User Guide, which allows S3 to send notifications with
    /// `"Principal": "*"`. For a `Deny`, the source is the key `aws:PrincipalIsAWSService`, which exists to exempt
    /// services.
    ///
    /// A `Deny` with `NotPrincipal` exempts a caller only if the list names the account and the caller. For a session,
    /// the list must name the account, the role and the session (IAM User Guide, `NotPrincipal`: "you must also specify
    /// the account ARN of the not-denied principal"). An `Allow` with `NotPrincipal`, which AWS advises against,
    /// applies to every principal that the list does not cover, including services (assumed).
    pub(super) fn apply_to(&self, caller: Principal<'_>, effect: Effect) -> bool {
        match (self, effect) {
            (Self::Listed(principals), _) => principals.cover(caller),
            (Self::NotListed(principals), Effect::Allow) => !principals.cover(caller),
            (Self::NotListed(principals), Effect::Deny) => !principals.name_fully(caller),
        }
    }
}

impl<'a> Principals<'a> {
    fn cover(self, caller: Principal<'_>) -> bool {
        match (self, caller.caller) {
            (Self::Everyone, _) => true,
            (Self::Named(named), _) if named.is_everyone() => true,
            (Self::Named(named), Caller::Service(service)) => named.has_service(service),
            (Self::Named(named), Caller::Aws(caller)) => named.aws_principals().any(|listed| listed.covers(caller)),
        }
    }

    /// Whether the list names the caller and its account, and for a session also its role.
    fn name_fully(self, caller: Principal<'_>) -> bool {
        let (Self::Named(named), Caller::Aws(caller)) = (self, caller.caller) else { return self.cover(caller) };
        let covering = || named.aws_principals().filter(|listed| listed.covers(caller)).map(|listed| listed.identity);
        let lists_account = covering().any(|identity| identity == Identity::Account);
        let lists_caller = covering().any(|identity| identity == caller.identity);
        let lists_role = covering().any(|identity| matches!(identity, Identity::Role(_)));
        let is_session = matches!(caller.identity, Identity::Session { .. });
        named.is_everyone() || lists_account && lists_caller && (lists_role || !is_session)
    }

    /// The names of all listed principals, whatever their type.
    pub(super) fn names(self) -> Vec<String> {
        let Self::Named(named) = self else { return vec!["*".to_owned()] };
        let lists = [named.aws, named.service, named.federated, named.canonical_user];
        lists.into_iter().flat_map(Strings::iter).map(str::to_owned).collect()
    }

    pub(super) fn to_json(self, arena: &'a Arena) -> Json<'a> {
        let Self::Named(named) = self else { return text("*") };
        let lists = [
            ("AWS", named.aws),
            ("Service", named.service),
            ("Federated", named.federated),
            ("CanonicalUser", named.canonical_user),
        ];
        object(arena, lists.map(|(name, list)| (!list.0.is_empty()).then(|| (name, list.to_json()))))
    }
}

impl<'a> Named<'a> {
    fn has_service(self, service: &str) -> bool {
        self.service.iter().any(|listed| listed == service)
    }

    /// Whether the list contains `{"AWS": "*"}`, which is the same as `"*"` (documented).
    fn is_everyone(self) -> bool {
        self.aws.iter().any(|principal| principal == "*")
    }

    fn aws_principals(self) -> impl Iterator<Item = AwsPrincipal<'a>> {
        self.aws.iter().filter_map(|principal| AwsPrincipal::parse(principal).ok())
    }
}

/// Whether the text has the form of a service principal: labels of lower-case letters, digits and `-`, separated by
/// dots, before the domain `amazonaws.com` or `amazonaws.com.cn`. Examples are `sns.amazonaws.com` and
/// `logs.eu-west-1.amazonaws.com`. The service does not have to exist (assumed).
pub(super) fn is_service(text: &str) -> bool {
    let name = text.strip_suffix(".amazonaws.com").or_else(|| text.strip_suffix(".amazonaws.com.cn"));
    name.is_some_and(|name| name.split('.').all(is_label))
}

/// Whether the text is the unique id of a user (`AIDA...`) or a role (`AROA...`). AWS writes it into a stored policy
/// when the principal is deleted. It matches no caller in the fake, which identifies callers by ARN only.
pub(super) fn is_unique_id(text: &str) -> bool {
    let rest = text.strip_prefix("AIDA").or_else(|| text.strip_prefix("AROA"));
    rest.is_some_and(|rest| {
        rest.len() >= 12 && rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    })
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The name without its path.
fn name_of(name_with_path: &str) -> &str {
    name_with_path.rsplit('/').next().unwrap_or(name_with_path)
}

/// Whether the text consists of the characters that IAM allows in names, `[\w+=,.@-]+`. This excludes wildcards and policy
/// variables.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

/// Whether the text is a name with an optional path, such as `division/team/name`. A path may contain any printable ASCII
/// character except wildcards.
fn is_name_with_path(text: &str) -> bool {
    is_name(name_of(text)) && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"*?".contains(&byte))
}
