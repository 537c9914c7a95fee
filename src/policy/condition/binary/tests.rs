use super::is_base64;

/// Recorded when a user policy was stored in IAM, 2026-09: `no-binary`. Source of the rest: RFC 4648.
#[test]
fn base64_is_padded_to_groups_of_four() {
    for text in ["", "YQ==", "YWI=", "YWJj", "+/+/"] {
        assert!(is_base64(text), "{text}");
    }
    for text in ["no-binary", "YQ", "YQ=", "Y===", "====", "YQ==YQ==", "YW I=", "YW_-", "é==="] {
        assert!(!is_base64(text), "{text}");
    }
}
