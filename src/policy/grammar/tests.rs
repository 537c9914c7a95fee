use std::cell::Cell;

use super::{STATEMENT_ELEMENTS, repeated};
use crate::policy::tests::{document, fault};

/// Asserts the fault of a document of one statement with these members; `""` for none.
fn assert_faults(table: &[(&[(&str, &str)], &str)]) {
    for (members, expected) in table {
        let text = document(members);
        assert_eq!(fault(&text).unwrap_or_default(), *expected, "{text}");
    }
}

/// Asserts the fault of documents as they stand.
fn assert_document_faults(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(fault(text).unwrap_or_default(), *expected, "{text}");
    }
}

/// IAM User Guide, "Grammar of the IAM JSON policy language"; recorded answers of X-Ray (`{`) and of `EventBridge` (`null`,
/// the empty text, no statement), 2026-09.
#[test]
fn a_policy_is_one_json_object_with_a_statement() {
    assert_document_faults(&[
        ("null", "not an object"),
        ("[]", "not an object"),
        (r#""text""#, "not an object"),
        ("{}", "Statement is missing"),
        (r#"{"Version":"2012-10-17"}"#, "Statement is missing"),
        (r#"{"Statement":[]}"#, "Statement: an empty list"),
        (r#"{"Statement":null}"#, "Statement: neither an object nor a list of objects"),
        (r#"{"Statement":[null]}"#, "Statement[0]: not an object"),
    ]);
    let policy = document(&[]);
    let deep = "[".repeat(5000);
    for text in
        ["", "{", "{not-json", r#"{"Statement":"\ud800"}"#, &format!("{policy},"), &format!("{policy}{policy}"), &deep]
    {
        assert!(fault(text).unwrap().starts_with("not JSON"), "{text}");
    }
    assert_eq!(fault(&format!("\n\t {policy} \r\n")), None);
}

/// IAM User Guide, "IAM JSON policy elements: Version"; recorded answers of Organizations, 2026-09.
#[test]
fn a_version_is_one_of_two_or_missing() {
    let rest = document(&[]).split_once(',').unwrap().1.to_owned();
    assert_document_faults(&[
        (&format!(r#"{{"Version":"2012-10-17",{rest}"#), ""),
        (&format!(r#"{{"Version":"2008-10-17",{rest}"#), ""),
        (&format!("{{{rest}"), ""),
        (&format!(r#"{{"Version":"2099-01-01",{rest}"#), "Version: neither 2012-10-17 nor 2008-10-17"),
        (&format!(r#"{{"Version":20121017,{rest}"#), "Version: not a string"),
        (&format!(r#"{{"Version":null,{rest}"#), "Version: not a string"),
        (&format!(r#"{{"Id":"é",{rest}"#), ""),
        (&format!(r#"{{"Id":1,{rest}"#), "Id: not a string"),
    ]);
}

/// Recorded answers of `EventBridge` and Organizations, 2026-09; the path of a single statement has no index.
#[test]
fn a_single_statement_needs_no_list() {
    assert_document_faults(&[
        (r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#, ""),
        (r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"*"}}"#, "Statement: Resource is missing"),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":{"AWS":"x"},"Action":"*","Resource":"*"}}"#,
            "Statement.Principal.AWS: not an ARN or account id",
        ),
    ]);
}

/// IAM User Guide, "Grammar of the IAM JSON policy language"; that another case is another name is assumed.
#[test]
fn an_unknown_key_is_malformed() {
    assert_document_faults(&[(
        r#"{"version":"2012-10-17"}"#,
        "unknown element version, none of Version, Id, Statement",
    )]);
    assert_faults(&[
        (&[("Comment", r#""x""#)], &format!("Statement[0]: unknown element Comment, none of {STATEMENT_ELEMENTS}")),
        (&[("sid", r#""x""#)], &format!("Statement[0]: unknown element sid, none of {STATEMENT_ELEMENTS}")),
        (
            &[("Principal", r#"{"aws":"*"}"#)],
            "Statement[0].Principal: unknown element aws, none of AWS, Service, Federated, CanonicalUser",
        ),
        (
            &[("Condition", r#"{"StringIs":{"a:b":"c"}}"#)],
            "Statement[0].Condition: unknown condition operator StringIs",
        ),
    ]);
}

/// Assumed: JSON leaves it open, and taking either one could hide a mistake.
#[test]
fn a_repeated_key_is_malformed() {
    assert_document_faults(&[(r#"{"Id":"a","Id":"a"}"#, "repeated element Id")]);
    let twice = document(&[]).replace(r#""Effect""#, r#""Effect":"Allow","\u0045ffect""#);
    assert_document_faults(&[(&twice, "Statement[0]: repeated element Effect")]);
    assert_faults(&[
        (&[("Principal", r#"{"AWS":"*","AWS":"*"}"#)], "Statement[0].Principal: repeated element AWS"),
        (
            &[("Condition", r#"{"Bool":{"a:b":"true"},"Null":{},"BOOL":{"a:c":"true"}}"#)],
            "Statement[0].Condition: repeated condition operator Bool",
        ),
        (
            &[("Condition", r#"{"Bool":{"a:b":"true","a:c":"true","A:B":"true"}}"#)],
            "Statement[0].Condition.Bool: repeated condition key A:B",
        ),
        (&[("Condition", r#"{"Bool":{"a:b":"true"},"BoolIfExists":{"a:b":"true"}}"#)], ""),
    ]);
}

/// IAM User Guide, "IAM JSON policy elements: Sid"; recorded answers of `EventBridge`, 2026-09.
#[test]
fn a_statement_id_is_unique_in_the_document() {
    let with_sids = |sids: &[&str]| {
        let statement =
            |sid: &&str| format!(r#"{{"Sid":{sid},"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}"#);
        let statements: Vec<_> = sids.iter().map(statement).collect();
        format!(r#"{{"Statement":[{}]}}"#, statements.join(","))
    };
    assert_document_faults(&[
        (&with_sids(&[r#""a""#, r#""b""#, r#""A""#]), ""),
        (&with_sids(&[r#""b""#, r#""a""#, r#""b""#]), "Statement[2].Sid: repeated statement id b"),
        (&with_sids(&["7"]), "Statement[0].Sid: not a string"),
    ]);
}

/// Assumed, after what Terraform has long written into statements without an id.
#[test]
fn an_empty_statement_id_counts_as_none() {
    let statement = r#"{"Sid":"","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#;
    assert_document_faults(&[(&format!(r#"{{"Statement":[{statement},{statement}]}}"#), "")]);
}

/// IAM User Guide, "IAM JSON policy elements: Effect".
#[test]
fn an_effect_is_allow_or_deny() {
    assert_faults(&[
        (&[("Effect", r#""Deny""#)], ""),
        (&[("Effect", r#""allow""#)], "Statement[0].Effect: neither Allow nor Deny"),
        (&[("Effect", r#"["Allow"]"#)], "Statement[0].Effect: not a string"),
        (&[("Effect", "true")], "Statement[0].Effect: not a string"),
    ]);
    assert_document_faults(&[(
        r#"{"Statement":[{"Principal":"*","Action":"*","Resource":"*"}]}"#,
        "Statement[0]: Effect is missing",
    )]);
}

/// IAM User Guide, "AWS JSON policy elements: Principal"; recorded answers of Organizations (`"*"`, `{"AWS":"*"}`, a bare
/// list), of `CloudWatch` Logs (several types, a unique id) and of Secrets Manager (a session), 2026-09.
#[test]
fn a_principal_is_a_star_or_an_object_of_known_types() {
    assert_faults(&[
        (&[("Principal", r#""*""#)], ""),
        (&[("Principal", r#"{"AWS":"*"}"#)], ""),
        (&[("Principal", r#"{"AWS":["123456789012","*"]}"#)], ""),
        (&[("Principal", r#"{"AWS":"AROAQAAAAAAAGFBUJ2IVO"}"#)], ""),
        (&[("Principal", r#"{"AWS":"123456789012","Service":"logs.amazonaws.com"}"#)], ""),
        (&[("Principal", r#"{"AWS":"arn:aws:sts::123456789012:assumed-role/r/s"}"#)], ""),
        (&[("Principal", r#"{"Federated":"accounts.google.com","CanonicalUser":["0a"]}"#)], ""),
        (&[("NotPrincipal", r#"{"AWS":"123456789012"}"#)], ""),
        (&[("Principal", r#"["*"]"#)], "Statement[0].Principal: not an object"),
        (&[("Principal", r#""123456789012""#)], "Statement[0].Principal: neither * nor an object"),
        (&[("Principal", "{}")], "Statement[0].Principal: an empty object"),
        (&[("Principal", r#"{"AWS":[]}"#)], "Statement[0].Principal.AWS: an empty list"),
        (&[("Principal", r#"{"AWS":null}"#)], "Statement[0].Principal.AWS: not a string"),
        (&[("Principal", r#"{"AWS":["*",1]}"#)], "Statement[0].Principal.AWS[1]: not a string"),
        (&[("Principal", r#"{"AWS":[["*"]]}"#)], "Statement[0].Principal.AWS[0]: not a string"),
        (&[("Principal", r#"{"AWS":["x"]}"#)], "Statement[0].Principal.AWS[0]: not an ARN or account id"),
        (&[("NotPrincipal", r#"{"AWS":"x"}"#)], "Statement[0].NotPrincipal.AWS: not an ARN or account id"),
        (
            &[("Principal", r#"{"AWS":"sns.amazonaws.com"}"#)],
            "Statement[0].Principal.AWS: a service principal, which stands under Service",
        ),
        (
            &[("Principal", r#"{"AWS":"arn:aws:iam::123456789012:role/*"}"#)],
            "Statement[0].Principal.AWS: not the ARN of a root, user, role or assumed-role session",
        ),
        (
            &[("Principal", r#"{"Service":"*"}"#)],
            "Statement[0].Principal.Service: not a service principal such as sns.amazonaws.com",
        ),
    ]);
}

/// IAM User Guide, "Grammar of the IAM JSON policy language".
#[test]
fn of_an_element_and_its_negation_a_statement_has_one() {
    let full = [("Effect", r#""Deny""#), ("Principal", r#""*""#), ("Action", r#""*""#), ("Resource", r#""*""#)];
    for name in ["Principal", "Action", "Resource"] {
        let members = |keep: bool, added: &str| {
            let kept = full.iter().filter(|(present, _)| keep || *present != name);
            let members: Vec<_> = kept.map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
            format!(r#"{{"Statement":{{{}{added}}}}}"#, members.join(","))
        };
        let negated = format!(r#","Not{name}":"*""#);
        assert_document_faults(&[
            (&members(true, ""), ""),
            (&members(false, &negated), ""),
            (&members(false, ""), &format!("Statement: {name} is missing")),
            (&members(true, &negated), &format!("Statement: both {name} and Not{name}")),
        ]);
    }
}

/// IAM User Guide, "IAM JSON policy elements: Action"; upper-case vendors are recorded of Organizations and SNS, unknown
/// actions of Organizations, 2026-09. The letters of a name are assumed.
#[test]
fn an_action_is_a_star_or_a_vendor_and_a_name() {
    for action in
        ["*", "xray:*", "xray:Put*", "xray:Get?amplingRules", "XRAY:PutTraceSegments", "sns:Publish", "a-b:C", "x:No"]
    {
        assert_faults(&[(&[("Action", &format!("{action:?}"))], "")]);
        assert_faults(&[(&[("NotAction", &format!("[{action:?},{action:?}]"))], "")]);
    }
    let problem = "neither * nor an action such as xray:PutTraceSegments";
    for action in ["", "**", "xray", "xray:", ":Put", "x*:Put", "xray:Put Trace", "xray:a:b", "xray:é", "${a:b}"] {
        assert_faults(&[(&[("Action", &format!("[{action:?}]"))], &format!("Statement[0].Action[0]: {problem}"))]);
    }
    assert_faults(&[
        (&[("Action", "[]")], "Statement[0].Action: an empty list"),
        (&[("Action", "{}")], "Statement[0].Action: not a string"),
        (&[("NotAction", "[true]")], "Statement[0].NotAction[0]: not a string"),
    ]);
}

/// IAM User Guide, "IAM JSON policy elements: Resource"; ARNs with variables for whole segments are recorded answers of
/// IAM's simulator, 2026-09.
#[test]
fn a_resource_is_a_star_or_an_arn() {
    for resource in
        ["*", "arn:aws:xray:*:*:group/*", "arn:aws:s3:::b/?", "${a:b}", "arn:aws:${a:b}", "arn:${a:b, 'c'}:x"]
    {
        assert_faults(&[(&[("Resource", &format!("{resource:?}"))], "")]);
        assert_faults(&[(&[("NotResource", &format!("[{resource:?}]"))], "")]);
    }
    for resource in ["", "**", "group/x", "arn:aws:xray:*", "arn:*"] {
        assert_faults(&[(&[("Resource", &format!("{resource:?}"))], "Statement[0].Resource: neither * nor an ARN")]);
    }
    assert_faults(&[
        (&[("Resource", "[]")], "Statement[0].Resource: an empty list"),
        (&[("Resource", r#"["*",null]"#)], "Statement[0].Resource[1]: not a string"),
        (&[("Resource", r#""arn:aws:a:b:c:${d""#)], "Statement[0].Resource: a policy variable without a closing brace"),
    ]);
}

/// IAM User Guide, "IAM JSON policy elements: Version".
#[test]
fn variables_are_text_in_a_policy_of_2008() {
    let document = |resource: &str| {
        document(&[("Resource", resource), ("Condition", r#"{"StringEquals":{"a:b":"${"}}"#)])
            .replace("2012-10-17", "2008-10-17")
    };
    assert_document_faults(&[
        (&document(r#""arn:aws:a:b:c:${d""#), ""),
        (&document(r#""${a:b}""#), "Statement[0].Resource: neither * nor an ARN"),
    ]);
}

/// IAM User Guide, "IAM JSON policy elements: Condition"; empty lists and empty strings are recorded of IAM's trust
/// policies, 2026-09; empty blocks are assumed.
#[test]
fn a_condition_compares_with_strings_numbers_and_booleans() {
    assert_faults(&[
        (&[("Condition", r#"{"StringEquals":{"a:b":["x","",1,-2.5,true,false]}}"#)], ""),
        (&[("Condition", r#"{"StringEquals":{"a:b":[]}}"#)], ""),
        (&[("Condition", r#"{"Bool":{"aws:SecureTransport":false}}"#)], ""),
        (&[("Condition", "{}")], ""),
        (&[("Condition", r#"{"StringEquals":{}}"#)], ""),
        (&[("Condition", "[]")], "Statement[0].Condition: not an object"),
        (&[("Condition", r#"{"Bool":"true"}"#)], "Statement[0].Condition.Bool: not an object"),
        (
            &[("Condition", r#"{"StringEquals":{"a:b":null}}"#)],
            "Statement[0].Condition.StringEquals.a:b: not a string, number or boolean",
        ),
        (
            &[("Condition", r#"{"StringEquals":{"a:b":["x",["y"]]}}"#)],
            "Statement[0].Condition.StringEquals.a:b[1]: not a string, number or boolean",
        ),
        (
            &[("Condition", r#"{"stringlike":{"a:b":"${c d}"}}"#)],
            "Statement[0].Condition.stringlike.a:b: a policy variable that is not a condition key",
        ),
    ]);
}

#[test]
fn finding_a_repetition_takes_no_quadratic_number_of_comparisons() {
    let comparisons = Cell::new(0_usize);
    let keys: Vec<usize> = (0..4096).map(|number| number * 2_654_435_761 % 4_294_967_291).collect();
    let found = repeated(keys.iter().copied(), |one, other| {
        comparisons.set(comparisons.get() + 1);
        one.cmp(other)
    });
    assert_eq!(found, None);
    assert!(comparisons.get() <= keys.len() * 14, "{} comparisons", comparisons.get());
}
