use super::{Arn, is_account_id};

/// IAM User Guide, "Amazon Resource Names".
#[test]
fn an_arn_has_six_segments_and_the_last_may_contain_colons() {
    let arn = Arn::parse("arn:aws:logs:eu-west-1:123456789012:log-group:name:*").unwrap();
    assert_eq!((arn.partition, arn.service, arn.region), ("aws", "logs", "eu-west-1"));
    assert_eq!((arn.account, arn.resource), ("123456789012", "log-group:name:*"));
    assert!(Arn::parse("arn:aws:s3:::bucket").is_some());
    for text in ["", "*", "not-an-arn", "arn:aws:s3:bucket", "ARN:aws:s3:::bucket", " arn:aws:s3:::bucket"] {
        assert_eq!(Arn::parse(text), None, "{text}");
    }
}

/// IAM User Guide, "View AWS account identifiers".
#[test]
fn an_account_id_is_twelve_digits() {
    assert!(is_account_id("000000000000"));
    for text in ["", "12345678901", "1234567890123", "12345678901x", "１２３４"] {
        assert!(!is_account_id(text), "{text}");
    }
}
