use super::{AwsPrincipal, Principal, is_service, is_unique_id};
use crate::policy::tests::{decide, document};
use crate::policy::{Context, Decision};

const USER: &str = "arn:aws:iam::123456789012:user/division/bob";
const ROLE: &str = "arn:aws:iam::123456789012:role/service/writer";
const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/writer/session";
const ROOT: &str = "arn:aws:iam::123456789012:root";
const ACCOUNT: &str = "123456789012";
const SERVICE: &str = "sns.amazonaws.com";
const STRANGER: &str = "arn:aws:iam::999999999999:user/division/bob";

/// IAM User Guide, "AWS JSON policy elements: Principal".
#[test]
fn an_aws_principal_is_an_account_or_the_arn_of_one_of_its_identities() {
    let table = [
        ACCOUNT,
        ROOT,
        USER,
        ROLE,
        SESSION,
        "arn:aws:sts::123456789012:federated-user/bob",
        "arn:aws-cn:iam::123456789012:user/a+b=c,d.e@f_g-h",
        "arn:aws-us-gov:iam::123456789012:role/aws-service-role/x.amazonaws.com/Name",
    ];
    for text in table {
        assert!(AwsPrincipal::parse(text).is_ok(), "{text}");
        assert!(Principal::parse(text).unwrap().is_aws(), "{text}");
        assert_eq!(Principal::parse(text).unwrap().account(), Some(ACCOUNT));
    }
}

/// IAM User Guide, "AWS JSON policy elements: Principal": "You cannot use a wildcard to match part of a principal name or
/// ARN." Variables are not allowed either ("Variables and tags").
#[test]
fn an_invalid_principal_has_a_reason() {
    let form =
        "not an ARN of the form arn:PARTITION:iam::ACCOUNT:... with a known partition and an account id of 12 digits";
    let kind = "not the ARN of an account's root, user, role, assumed-role session or federated user; wildcards are not allowed";
    let table = [
        ("12345", "neither an ARN nor an account id"),
        ("arn:aws:iam", "neither an ARN nor an account id"),
        ("arn:aws:iam::*:root", form),
        ("arn:*:iam::123456789012:root", form),
        ("arn:gcp:iam::123456789012:root", form),
        ("arn:aws:iam:us-east-1:123456789012:root", form),
        ("arn:aws:iam::123456789012:group/g", kind),
        ("arn:aws:iam::123456789012:user/*", kind),
        ("arn:aws:iam::123456789012:user/b?b", kind),
        ("arn:aws:iam::123456789012:user/${aws:username}", kind),
        ("arn:aws:iam::123456789012:user/", kind),
        ("arn:aws:iam::123456789012:role/pa*th/name", kind),
        ("arn:aws:iam::123456789012:role/path/", kind),
        ("arn:aws:sts::123456789012:assumed-role/writer", kind),
        ("arn:aws:sts::123456789012:assumed-role/writer/a/b", kind),
        ("arn:aws:sns:us-east-1:123456789012:topic", form),
        ("arn:aws:s3::123456789012:bucket", kind),
    ];
    for (text, problem) in table {
        assert_eq!(Principal::parse(text).unwrap_err().to_string(), problem, "{text}");
    }
    let neither = "neither a service principal such as sns.amazonaws.com nor an account id nor an ARN";
    for text in ["", "*", "bob", "sns", "SNS.amazonaws.com", ".amazonaws.com", "sns.amazonaws.com.evil.org"] {
        let problem = Principal::parse(text).unwrap_err().to_string();
        assert!(problem == neither || text.is_empty(), "{text}: {problem}");
    }
}

/// IAM User Guide, "AWS JSON policy elements: Principal", AWS service principals.
#[test]
fn a_service_principal_ends_in_the_domain_of_aws() {
    for text in [
        SERVICE,
        "snss.amazonaws.com",
        "delivery.logs.amazonaws.com",
        "logs.eu-west-1.amazonaws.com",
        "ec2.amazonaws.com.cn",
    ] {
        assert!(is_service(text), "{text}");
        assert!(!Principal::parse(text).unwrap().is_aws(), "{text}");
        assert_eq!(Principal::parse(text).unwrap().account(), None);
    }
    for text in ["", "sns", "amazonaws.com", ".amazonaws.com", "a..amazonaws.com", "s*.amazonaws.com", "*"] {
        assert!(!is_service(text), "{text}");
    }
}

/// IAM User Guide, "AWS global condition context keys", `aws:PrincipalArn`.
#[test]
fn the_principal_arn_of_a_session_is_that_of_its_role() {
    let table = [
        (USER, Some(USER)),
        (ROLE, Some(ROLE)),
        (SESSION, Some("arn:aws:iam::123456789012:role/writer")),
        (ROOT, Some(ROOT)),
        (ACCOUNT, Some(ROOT)),
        ("arn:aws-cn:sts::123456789012:federated-user/f", Some("arn:aws-cn:sts::123456789012:federated-user/f")),
        (SERVICE, None),
    ];
    for (text, arn) in table {
        assert_eq!(Principal::parse(text).unwrap().principal_arn().as_deref(), arn, "{text}");
    }
}

/// Recorded responses of `CloudWatch` Logs, 2026-09.
#[test]
fn a_unique_id_is_a_principal_that_matches_no_caller() {
    assert!(is_unique_id("AROAQAAAAAAAGFBUJ2IVO"));
    for text in ["AROA", "AKIAQAAAAAAAGFBUJ2IVO", "AROAqaaaaaaagfbuj2ivo"] {
        assert!(!is_unique_id(text), "{text}");
    }
    let policy = document(&[("Principal", r#"{"AWS":"AROAQAAAAAAAGFBUJ2IVO"}"#)]);
    assert_eq!(decide(&policy, ROLE, "a:b", "*", &Context::new()), Decision::ImplicitDeny);
}

fn is_covered(element: &str, principals: &str, caller: &str, effect: &str) -> bool {
    let policy = document(&[("Effect", effect), (element, principals)]);
    decide(&policy, caller, "xray:PutTraceSegments", "*", &Context::new()) != Decision::ImplicitDeny
}

/// IAM User Guide, "AWS JSON policy elements: Principal".
#[test]
fn a_principal_covers_the_callers_that_act_as_it() {
    let in_account = [USER, ROLE, SESSION, ROOT, ACCOUNT];
    let table = [
        (r#"{"AWS":"123456789012"}"#, &in_account[..]),
        (r#"{"AWS":"arn:aws:iam::123456789012:root"}"#, &in_account),
        (r#"{"AWS":"arn:aws:iam::123456789012:user/division/bob"}"#, &[USER]),
        (r#"{"AWS":"arn:aws:iam::123456789012:user/bob"}"#, &[]),
        (r#"{"AWS":"arn:aws:iam::123456789012:role/service/writer"}"#, &[ROLE, SESSION]),
        (r#"{"AWS":"arn:aws:iam::123456789012:role/write"}"#, &[]),
        (r#"{"AWS":"arn:aws:sts::123456789012:assumed-role/writer/session"}"#, &[SESSION]),
        (r#"{"AWS":"arn:aws:sts::123456789012:assumed-role/writer/other"}"#, &[]),
        (r#"{"AWS":["999999999999","arn:aws:iam::123456789012:user/division/bob"]}"#, &[USER, STRANGER]),
        (r#"{"Service":"sns.amazonaws.com"}"#, &[SERVICE]),
        (r#"{"Service":["sqs.amazonaws.com","sns.amazonaws.com"],"AWS":"999999999999"}"#, &[SERVICE, STRANGER]),
        (r#"{"Federated":"cognito-identity.amazonaws.com","CanonicalUser":"c"}"#, &[]),
    ];
    for (principals, covered) in table {
        for caller in [USER, ROLE, SESSION, ROOT, ACCOUNT, SERVICE, STRANGER] {
            for effect in [r#""Allow""#, r#""Deny""#] {
                let expected = covered.contains(&caller);
                assert_eq!(is_covered("Principal", principals, caller, effect), expected, "{principals} on {caller}");
            }
        }
    }
}

/// IAM User Guide, "AWS JSON policy elements: Principal": both spellings mean every principal. Services are included in an
/// Allow (Amazon S3 User Guide: a grant to S3 with `"Principal": "*"`) and in a Deny (the key `aws:PrincipalIsAWSService`
/// exists to exempt them).
#[test]
fn a_star_covers_every_aws_principal_and_every_service() {
    for principals in [r#""*""#, r#"{"AWS":"*"}"#, r#"{"AWS":["123456789012","*"]}"#] {
        for caller in [USER, ROLE, SESSION, ROOT, ACCOUNT, SERVICE, STRANGER] {
            assert!(is_covered("Principal", principals, caller, r#""Allow""#), "{principals} on {caller}");
            assert!(is_covered("Principal", principals, caller, r#""Deny""#), "{principals} on {caller}");
            assert!(!is_covered("NotPrincipal", principals, caller, r#""Allow""#), "{principals} on {caller}");
            assert!(!is_covered("NotPrincipal", principals, caller, r#""Deny""#), "{principals} on {caller}");
        }
    }
}

/// IAM User Guide, "AWS JSON policy elements: `NotPrincipal`": AWS checks the account first, then the user, or the role and
/// its session. The list must therefore name each of them.
#[test]
fn a_deny_with_not_principal_exempts_only_principals_listed_with_account_and_role() {
    let table = [
        (r#"{"AWS":["arn:aws:iam::123456789012:user/division/bob","123456789012"]}"#, &[USER, ROOT, ACCOUNT][..]),
        (r#"{"AWS":"arn:aws:iam::123456789012:user/division/bob"}"#, &[]),
        (r#"{"AWS":"123456789012"}"#, &[ROOT, ACCOUNT]),
        (r#"{"AWS":["arn:aws:iam::123456789012:role/service/writer","123456789012"]}"#, &[ROLE, ROOT, ACCOUNT]),
        (
            r#"{"AWS":["arn:aws:sts::123456789012:assumed-role/writer/session","arn:aws:iam::123456789012:role/service/writer","arn:aws:iam::123456789012:root"]}"#,
            &[SESSION, ROLE, ROOT, ACCOUNT],
        ),
        (r#"{"AWS":["arn:aws:sts::123456789012:assumed-role/writer/session","123456789012"]}"#, &[ROOT, ACCOUNT]),
        (r#"{"Service":"sns.amazonaws.com"}"#, &[SERVICE]),
    ];
    for (principals, exempted) in table {
        for caller in [USER, ROLE, SESSION, ROOT, ACCOUNT, SERVICE, STRANGER] {
            let expected = !exempted.contains(&caller);
            assert_eq!(
                is_covered("NotPrincipal", principals, caller, r#""Deny""#),
                expected,
                "{principals} on {caller}"
            );
        }
    }
}

/// IAM User Guide, "AWS JSON policy elements: `NotPrincipal`", which advises against it. Assumed: services are included.
#[test]
fn an_allow_with_not_principal_applies_to_everyone_that_the_list_does_not_cover() {
    let table = [
        (r#"{"AWS":"123456789012"}"#, &[SERVICE, STRANGER][..]),
        (r#"{"AWS":"arn:aws:iam::123456789012:role/service/writer"}"#, &[USER, ROOT, ACCOUNT, SERVICE, STRANGER]),
        (r#"{"AWS":"123456789012","Service":"sns.amazonaws.com"}"#, &[STRANGER]),
    ];
    for (principals, allowed) in table {
        for caller in [USER, ROLE, SESSION, ROOT, ACCOUNT, SERVICE, STRANGER] {
            let expected = allowed.contains(&caller);
            assert_eq!(
                is_covered("NotPrincipal", principals, caller, r#""Allow""#),
                expected,
                "{principals} on {caller}"
            );
        }
    }
}
