use std::cell::Cell;

use super::repeated;
use crate::policy::tests::{document, problem_in};

/// Asserts the problem of a document of one statement with these members. `""` means that it is valid.
fn assert_problems(table: &[(&[(&str, &str)], &str)]) {
    for (members, expected) in table {
        let text = document(members);
        assert_eq!(problem_in(&text).unwrap_or_default(), *expected, "{text}");
    }
}

/// Asserts the problem of whole documents.
fn assert_document_problems(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(problem_in(text).unwrap_or_default(), *expected, "{text}");
    }
}

/// IAM User Guide, "Grammar of the IAM JSON policy language"; recorded responses of X-Ray (`{`) and of `EventBridge`
/// (`null`, the empty text, no statement), 2026-09.
#[test]
fn a_policy_is_one_json_object_with_a_statement() {
    assert_document_problems(&[
        ("null", "expected an object, found null"),
        ("[]", "expected an object, found an array"),
        (r#""text""#, "expected an object, found the string 'text'"),
        ("{}", "Statement is missing"),
        (r#"{"Version":"2012-10-17"}"#, "Statement is missing"),
        (r#"{"Statement":[]}"#, "Statement: the array is empty; expected at least one item"),
        (r#"{"Statement":null}"#, "Statement: expected an object or an array of objects, found null"),
        (r#"{"Statement":[null]}"#, "Statement[0]: expected an object, found null"),
    ]);
    let policy = document(&[]);
    let deep = "[".repeat(5000);
    for text in
        ["", "{", "{not-json", r#"{"Statement":"\ud800"}"#, &format!("{policy},"), &format!("{policy}{policy}"), &deep]
    {
        assert!(problem_in(text).unwrap().contains(": not valid JSON: "), "{text}");
    }
    assert_document_problems(&[
        ("{", "line 1 column 1: not valid JSON: EOF while parsing an object"),
        ("{\n \"Id\" 1}", "line 2 column 7: not valid JSON: expected `:`"),
    ]);
    assert_eq!(problem_in(&format!("\n\t {policy} \r\n")), None);
}

/// IAM User Guide, "IAM JSON policy elements: Version"; recorded responses of Organizations, 2026-09.
#[test]
fn a_version_is_2012_10_17_or_2008_10_17_or_missing() {
    let rest = document(&[]).split_once(',').unwrap().1.to_owned();
    assert_document_problems(&[
        (&format!(r#"{{"Version":"2012-10-17",{rest}"#), ""),
        (&format!(r#"{{"Version":"2008-10-17",{rest}"#), ""),
        (&format!("{{{rest}"), ""),
        (
            &format!(r#"{{"Version":"2099-01-01",{rest}"#),
            "Version: '2099-01-01' is neither '2012-10-17' nor '2008-10-17'",
        ),
        (&format!(r#"{{"Version":20121017,{rest}"#), "Version: expected a string, found the number 20121017"),
        (&format!(r#"{{"Version":null,{rest}"#), "Version: expected a string, found null"),
        (&format!(r#"{{"Id":"é",{rest}"#), ""),
        (&format!(r#"{{"Id":1,{rest}"#), "Id: expected a string, found the number 1"),
    ]);
}

/// Recorded responses of `EventBridge` and Organizations, 2026-09. The place of a single statement has no index.
#[test]
fn a_single_statement_needs_no_list() {
    assert_document_problems(&[
        (r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#, ""),
        (r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"*"}}"#, "Statement: Resource is missing"),
        (
            r#"{"Statement":{"Effect":"Allow","Principal":{"AWS":"x"},"Action":"*","Resource":"*"}}"#,
            "Statement.Principal.AWS: 'x' is neither an ARN nor an account id",
        ),
    ]);
}

/// IAM User Guide, "Grammar of the IAM JSON policy language". Assumed: names of elements are case-sensitive.
#[test]
fn an_unknown_element_is_malformed() {
    assert_document_problems(&[
        (r#"{"version":"2012-10-17"}"#, "unknown element 'version'; did you mean 'Version'?"),
        (r#"{"Statements":[]}"#, "unknown element 'Statements'; did you mean 'Statement'?"),
        (r#"{"Comment":"x"}"#, "unknown element 'Comment'; expected one of Version, Id, Statement"),
    ]);
    assert_problems(&[
        (
            &[("Comment", r#""x""#)],
            "Statement[0]: unknown element 'Comment'; expected one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition",
        ),
        (&[("sid", r#""x""#)], "Statement[0]: unknown element 'sid'; did you mean 'Sid'?"),
        (&[("Conditions", "{}")], "Statement[0]: unknown element 'Conditions'; did you mean 'Condition'?"),
        (&[("Principal", r#"{"aws":"*"}"#)], "Statement[0].Principal: unknown element 'aws'; did you mean 'AWS'?"),
        (
            &[("Principal", r#"{"User":"*"}"#)],
            "Statement[0].Principal: unknown element 'User'; expected one of AWS, Service, Federated, CanonicalUser",
        ),
    ]);
}

/// In the last two rows, no operator is similar enough for a suggestion.
#[test]
fn an_unknown_condition_operator_is_malformed_and_the_closest_one_is_suggested() {
    let no_suggestion = "expected an operator of the IAM User Guide, such as 'StringEquals'";
    let table = [
        ("StringEqual", "did you mean 'StringEquals'?"),
        ("StringsLike", "did you mean 'StringLike'?"),
        ("NumericGreaterThanOrEquals", "did you mean 'NumericGreaterThanEquals'?"),
        ("ForAllValue:StringEquals", "did you mean 'ForAllValues:StringEquals'?"),
        ("ForAnyValue::StringEqualsIfExists", "did you mean 'ForAnyValue:StringEqualsIfExists'?"),
        ("ArnLikeIfExist", "did you mean 'ArnLikeIfExists'?"),
        ("IpAdress", "did you mean 'IpAddress'?"),
        ("ForAllValues:Null", no_suggestion),
        ("Regex", no_suggestion),
    ];
    for (operator, hint) in table {
        let problem = format!("Statement[0].Condition: unknown condition operator '{operator}'; {hint}");
        assert_problems(&[(&[("Condition", &format!(r#"{{"{operator}":{{"a:b":"c"}}}}"#))], &problem)]);
    }
}

/// Recorded when policies were stored in IAM, 2026-02: `{"a":{}}` and `{"x":{},"y":{}}` are stored, `{"a":"b"}` and
/// `{"x":{"a":"1"}}` are rejected. Assumed: a repetition is malformed.
#[test]
fn an_unknown_condition_operator_without_keys_is_accepted() {
    let unknown = |operator: &str| {
        format!(
            "Statement[0].Condition: unknown condition operator '{operator}'; expected an operator of the IAM User Guide, \
             such as 'StringEquals'"
        )
    };
    assert_problems(&[
        (&[("Condition", r#"{"a":{}}"#)], ""),
        (&[("Condition", r#"{"x":{},"y":{},"NullIfExists":{},"StringEquals":{"a:b":"c"}}"#)], ""),
        (&[("Condition", r#"{"a":"b"}"#)], &unknown("a")),
        (&[("Condition", r#"{"a":[]}"#)], &unknown("a")),
        (&[("Condition", r#"{"x":{"a":"1"}}"#)], &unknown("x")),
        (
            &[("Condition", r#"{"a":{},"b":{},"a":{}}"#)],
            "Statement[0].Condition: the condition operator 'a' is repeated",
        ),
    ]);
}

/// Assumed. JSON does not say which of two equal keys is used, and using either one could hide a mistake.
#[test]
fn a_repeated_element_operator_or_condition_key_is_malformed() {
    assert_document_problems(&[(r#"{"Id":"a","Id":"a"}"#, "the element 'Id' is repeated")]);
    let twice = document(&[]).replace(r#""Effect""#, r#""Effect":"Allow","\u0045ffect""#);
    assert_document_problems(&[(&twice, "Statement[0]: the element 'Effect' is repeated")]);
    assert_problems(&[
        (&[("Principal", r#"{"AWS":"*","AWS":"*"}"#)], "Statement[0].Principal: the element 'AWS' is repeated"),
        (
            &[("Condition", r#"{"Bool":{"a:b":"true"},"Null":{},"BOOL":{"a:c":"true"}}"#)],
            "Statement[0].Condition: the condition operator 'Bool' is repeated",
        ),
        (
            &[("Condition", r#"{"Bool":{"a:b":"true","a:c":"true","A:B":"true"}}"#)],
            "Statement[0].Condition.Bool: the condition key 'A:B' is repeated",
        ),
        (&[("Condition", r#"{"Bool":{"a:b":"true"},"BoolIfExists":{"a:b":"true"}}"#)], ""),
    ]);
}

/// IAM User Guide, "IAM JSON policy elements: Sid"; recorded responses of `EventBridge`, 2026-09.
#[test]
fn a_statement_id_is_unique_in_the_document() {
    let with_sids = |sids: &[&str]| {
        let statement =
            |sid: &&str| format!(r#"{{"Sid":{sid},"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}"#);
        let statements: Vec<_> = sids.iter().map(statement).collect();
        format!(r#"{{"Statement":[{}]}}"#, statements.join(","))
    };
    assert_document_problems(&[
        (&with_sids(&[r#""a""#, r#""b""#, r#""A""#]), ""),
        (&with_sids(&[r#""b""#, r#""a""#, r#""b""#]), "Statement[2].Sid: the statement id 'b' is repeated"),
        (&with_sids(&["7"]), "Statement[0].Sid: expected a string, found the number 7"),
    ]);
}

/// Recorded when policies were stored in IAM, 2026-02. Terraform writes an empty id into statements without an id.
#[test]
fn statements_may_share_an_empty_statement_id() {
    let statement = r#"{"Sid":"","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#;
    assert_document_problems(&[(&format!(r#"{{"Statement":[{statement},{statement}]}}"#), "")]);
}

/// IAM User Guide, "IAM JSON policy elements: Effect".
#[test]
fn an_effect_is_allow_or_deny() {
    assert_problems(&[
        (&[("Effect", r#""Deny""#)], ""),
        (&[("Effect", r#""allow""#)], "Statement[0].Effect: 'allow' is neither 'Allow' nor 'Deny'"),
        (&[("Effect", r#"["Allow"]"#)], "Statement[0].Effect: expected a string, found an array"),
        (&[("Effect", "true")], "Statement[0].Effect: expected a string, found true"),
    ]);
    assert_document_problems(&[(
        r#"{"Statement":[{"Principal":"*","Action":"*","Resource":"*"}]}"#,
        "Statement[0]: Effect is missing",
    )]);
}

/// IAM User Guide, "AWS JSON policy elements: Principal"; recorded responses of Organizations (`"*"`, `{"AWS":"*"}`, a list
/// without a type), of `CloudWatch` Logs (several types, a unique id) and of Secrets Manager (a session), 2026-09.
#[test]
fn a_principal_is_a_star_or_an_object_of_known_types() {
    assert_problems(&[
        (&[("Principal", r#""*""#)], ""),
        (&[("Principal", r#"{"AWS":"*"}"#)], ""),
        (&[("Principal", r#"{"AWS":["123456789012","*"]}"#)], ""),
        (&[("Principal", r#"{"AWS":"AROAQAAAAAAAGFBUJ2IVO"}"#)], ""),
        (&[("Principal", r#"{"AWS":"123456789012","Service":"logs.amazonaws.com"}"#)], ""),
        (&[("Principal", r#"{"AWS":"arn:aws:sts::123456789012:assumed-role/r/s"}"#)], ""),
        (&[("Principal", r#"{"Federated":"accounts.google.com","CanonicalUser":["0a"]}"#)], ""),
        (&[("NotPrincipal", r#"{"AWS":"123456789012"}"#)], ""),
        (&[("Principal", r#"["*"]"#)], "Statement[0].Principal: expected an object, found an array"),
        (
            &[("Principal", r#""123456789012""#)],
            r#"Statement[0].Principal: '123456789012' is neither '*' nor an object such as {"AWS": ...}"#,
        ),
        (
            &[("Principal", r#""sns.amazonaws.com""#)],
            r#"Statement[0].Principal: 'sns.amazonaws.com' is neither '*' nor an object such as {"Service": ...}"#,
        ),
        (
            &[("Principal", "{}")],
            "Statement[0].Principal: the object is empty; expected at least one of AWS, Service, Federated, CanonicalUser",
        ),
        (
            &[("Principal", r#"{"AWS":[]}"#)],
            "Statement[0].Principal.AWS: the array is empty; expected at least one item",
        ),
        (&[("Principal", r#"{"AWS":null}"#)], "Statement[0].Principal.AWS: expected a string, found null"),
        (
            &[("Principal", r#"{"AWS":["*",1]}"#)],
            "Statement[0].Principal.AWS[1]: expected a string, found the number 1",
        ),
        (&[("Principal", r#"{"AWS":[["*"]]}"#)], "Statement[0].Principal.AWS[0]: expected a string, found an array"),
        (
            &[("Principal", r#"{"AWS":["x"]}"#)],
            "Statement[0].Principal.AWS[0]: 'x' is neither an ARN nor an account id",
        ),
        (
            &[("NotPrincipal", r#"{"AWS":"x"}"#)],
            "Statement[0].NotPrincipal.AWS: 'x' is neither an ARN nor an account id",
        ),
        (
            &[("Principal", r#"{"AWS":"sns.amazonaws.com"}"#)],
            "Statement[0].Principal.AWS: 'sns.amazonaws.com' is a service principal, which belongs under 'Service'",
        ),
        (
            &[("Principal", r#"{"AWS":"arn:aws:iam::123456789012:role/*"}"#)],
            "Statement[0].Principal.AWS: 'arn:aws:iam::123456789012:role/*' is not the ARN of an account's root, user, role, assumed-role session or federated user; wildcards are not allowed",
        ),
        (
            &[("Principal", r#"{"Service":"*"}"#)],
            "Statement[0].Principal.Service: '*' is not a service principal such as 'sns.amazonaws.com'",
        ),
    ]);
}

/// IAM User Guide, "Grammar of the IAM JSON policy language".
#[test]
fn a_statement_has_an_element_or_its_negation_but_not_both() {
    let full = [("Effect", r#""Deny""#), ("Principal", r#""*""#), ("Action", r#""*""#), ("Resource", r#""*""#)];
    for name in ["Principal", "Action", "Resource"] {
        let members = |keep: bool, added: &str| {
            let kept = full.iter().filter(|(present, _)| keep || *present != name);
            let members: Vec<_> = kept.map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
            format!(r#"{{"Statement":{{{}{added}}}}}"#, members.join(","))
        };
        let negated = format!(r#","Not{name}":"*""#);
        assert_document_problems(&[
            (&members(true, ""), ""),
            (&members(false, &negated), ""),
            (&members(false, ""), &format!("Statement: {name} is missing")),
            (&members(true, &negated), &format!("Statement: {name} and Not{name} are both present; keep one")),
        ]);
    }
}

/// IAM User Guide, "IAM JSON policy elements: Action". Recorded in 2026-09: upper-case services (Organizations and SNS)
/// and unknown actions (Organizations). Recorded when policies were stored in IAM, 2026-02: spaces and a dot. Assumed:
/// an empty name, and the other characters in a name.
#[test]
fn an_action_is_a_star_or_a_service_and_any_name() {
    let accepted = [
        "*",
        "xray:*",
        "xray:Put*",
        "xray:Get?amplingRules",
        "XRAY:PutTraceSegments",
        "sns:Publish",
        "a-b:C",
        "x:No",
        "iam: asdf safdsf af ",
        "s3.s:ListBucket",
        "x.ray:A",
        "xray:PutTraceSegments ",
        "xray:A,B",
        "xray:",
        "xray:é",
    ];
    for action in accepted {
        assert_problems(&[(&[("Action", &format!("{action:?}"))], "")]);
        assert_problems(&[(&[("NotAction", &format!("[{action:?},{action:?}]"))], "")]);
    }
}

/// Recorded when policies were stored in IAM, 2026-02: a missing service, a space in the service, and two colons.
/// Assumed: an empty service.
#[test]
fn an_action_without_a_valid_service_is_malformed() {
    let form = "is neither '*' nor an action of the form 'service:Name', such as 'xray:PutTraceSegments'";
    let service = "has an invalid service before the colon; a service consists of letters, digits, '-' and '.'";
    let colons = "has more than one colon; an action has the form 'service:Name'";
    let table = [
        ("", form),
        ("**", form),
        ("invalid", form),
        ("PutTraceSegments", form),
        (":Put", "has no service before the colon; an action has the form 'service:Name'"),
        ("x*:Put", service),
        ("a a:ListBucket", service),
        (" xray:Put", service),
        ("é:Put", service),
        ("s3:List:Bucket", colons),
        ("xray:${a:b}", colons),
    ];
    for (action, problem) in table {
        let problem = format!("Statement[0].Action[0]: '{action}' {problem}");
        assert_problems(&[(&[("Action", &format!("[{action:?}]"))], &problem)]);
    }
    assert_problems(&[
        (&[("Action", "[]")], "Statement[0].Action: the array is empty; expected at least one item"),
        (&[("Action", "{}")], "Statement[0].Action: expected a string, found an object"),
        (&[("NotAction", "[true]")], "Statement[0].NotAction[0]: expected a string, found true"),
    ]);
}

/// IAM User Guide, "IAM JSON policy elements: Resource". Recorded when policies were stored in IAM, 2026-02: short ARNs
/// and unknown services. Recorded from IAM's simulator, 2026-09: variables that replace whole segments. Assumed:
/// wildcards in the partition.
#[test]
fn a_resource_is_a_star_or_an_arn() {
    let accepted = [
        "*",
        "arn:aws:xray:*:*:group/*",
        "arn:aws:s3:::b/?",
        "arn:aws-cn:xray:::x",
        "arn:*:xray:::x",
        "arn:aws*:xray:::x",
        "arn:aws:invalid-service:us-east-1::example",
        "arn:aws:rds:region:*:*",
        "arn:aws:fdsasf",
        "arn:aws:xray:",
        "arn:aws:xray:*",
        "arn:aws:xray:us-east-1:*",
        "arn:aws:xray:us-east-1:123456789012",
        "${a:b}",
        "arn:aws:${a:b}",
        "arn:aws:x${a:b}",
        "arn:${a:b, 'c'}:x",
        "arn:aws:xray:::${a:b}",
    ];
    for resource in accepted {
        assert_problems(&[(&[("Resource", &format!("{resource:?}"))], "")]);
        assert_problems(&[(&[("NotResource", &format!("[{resource:?}]"))], "")]);
    }
}

/// Recorded when policies were stored in IAM, 2026-02: texts that are not ARNs, an unknown partition, and a missing
/// service. IAM User Guide, "IAM JSON policy elements: Resource": a wildcard in the service.
#[test]
fn a_resource_without_a_known_partition_or_a_service_is_malformed() {
    let form = "is neither '*' nor an ARN, which begins with 'arn:PARTITION:SERVICE:'";
    let service = "has no service; an ARN begins with 'arn:PARTITION:SERVICE:'";
    let wildcard = "has a wildcard in its service; write the name of the service";
    let partition = |partition: &str| {
        format!(
            "has the unknown partition '{partition}'; expected one of aws, aws-cn, aws-us-gov, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f, aws-eusc"
        )
    };
    let table = [
        ("", form),
        ("**", form),
        ("foo", form),
        ("arn", form),
        ("group/x", form),
        ("invalid resource", form),
        ("a:b:c:d:e:f:g:h", form),
        ("aws:s3:::example_bucket", form),
        ("ARN:aws:xray:::x", form),
        ("arn:", &partition("")),
        ("arn:error:s3:::example_bucket", &partition("error")),
        ("arn:error:xray:::${a:b}", &partition("error")),
        ("arn:aws-foo:xray:::x", &partition("aws-foo")),
        ("arn:gcp*:xray:::x", &partition("gcp*")),
        ("arn:aws", service),
        ("arn:*", service),
        ("arn:aws:", service),
        ("arn:aws::fdsasf", service),
        ("arn:aws::::example_bucket", service),
        ("arn:aws::::${a:b}", service),
        ("arn:aws:*", wildcard),
        ("arn:aws:*:*:*:*", wildcard),
        ("arn:aws:x?ay:::g", wildcard),
        ("arn:aws:xray*", wildcard),
    ];
    for (resource, problem) in table {
        let problem = format!("Statement[0].Resource: '{resource}' {problem}");
        assert_problems(&[(&[("Resource", &format!("{resource:?}"))], &problem)]);
    }
    assert_problems(&[
        (&[("Resource", "[]")], "Statement[0].Resource: the array is empty; expected at least one item"),
        (&[("Resource", r#"["*",null]"#)], "Statement[0].Resource[1]: expected a string, found null"),
        (
            &[("Resource", r#""arn:aws:a:b:c:${d""#)],
            "Statement[0].Resource: 'arn:aws:a:b:c:${d' has a policy variable without a closing brace; the form is ${key}",
        ),
    ]);
}

/// IAM User Guide, "IAM JSON policy elements: Version".
#[test]
fn variables_are_plain_text_in_a_policy_with_version_2008_10_17() {
    let document = |resource: &str| {
        document(&[("Resource", resource), ("Condition", r#"{"StringEquals":{"a:b":"${"}}"#)])
            .replace("2012-10-17", "2008-10-17")
    };
    assert_document_problems(&[
        (&document(r#""arn:aws:a:b:c:${d""#), ""),
        (
            &document(r#""${a:b}""#),
            "Statement[0].Resource: '${a:b}' is neither '*' nor an ARN, which begins with 'arn:PARTITION:SERVICE:'",
        ),
    ]);
}

/// IAM User Guide, "IAM JSON policy elements: Condition". Recorded when trust policies were stored in IAM, 2026-09:
/// empty lists and empty strings. Recorded when policies were stored in IAM, 2026-02: an empty block, and an operator
/// without keys.
#[test]
fn a_condition_compares_with_strings_numbers_and_booleans() {
    assert_problems(&[
        (&[("Condition", r#"{"StringEquals":{"a:b":["x","",1,-2.5,true,false]}}"#)], ""),
        (&[("Condition", r#"{"StringEquals":{"a:b":[]}}"#)], ""),
        (&[("Condition", r#"{"Bool":{"aws:SecureTransport":false}}"#)], ""),
        (&[("Condition", "{}")], ""),
        (&[("Condition", r#"{"StringEquals":{}}"#)], ""),
        (&[("Condition", "[]")], "Statement[0].Condition: expected an object, found an array"),
        (
            &[("Condition", r#"{"Bool":"true"}"#)],
            "Statement[0].Condition.Bool: expected an object, found the string 'true'",
        ),
        (
            &[("Condition", r#"{"StringEquals":{"a:b":null}}"#)],
            "Statement[0].Condition.StringEquals.a:b: expected a string, number or boolean, found null",
        ),
        (
            &[("Condition", r#"{"StringEquals":{"a:b":["x",["y"]]}}"#)],
            "Statement[0].Condition.StringEquals.a:b[1]: expected a string, number or boolean, found an array",
        ),
        (
            &[("Condition", r#"{"stringlike":{"a:b":"${c d}"}}"#)],
            "Statement[0].Condition.stringlike.a:b: '${c d}' has a policy variable that is not a condition key; a key has no white space, quotes, '$' or '{'",
        ),
    ]);
}

#[test]
fn finding_a_repeated_key_does_not_take_quadratic_time() {
    let comparisons = Cell::new(0_usize);
    let keys: Vec<usize> = (0..4096).map(|number| number * 2_654_435_761 % 4_294_967_291).collect();
    let found = repeated(keys.iter().copied(), |one, other| {
        comparisons.set(comparisons.get() + 1);
        one.cmp(other)
    });
    assert_eq!(found, None);
    assert!(comparisons.get() <= keys.len() * 14, "{} comparisons", comparisons.get());
}
