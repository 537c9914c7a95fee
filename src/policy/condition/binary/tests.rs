use super::is_base64;

/// Recorded, IAM storing a user policy, 2026-09: `no-binary`. RFC 4648: the other rows.
#[test]
fn base64_is_padded_to_groups_of_four() {
    for text in ["", "YQ==", "YWI=", "YWJj", "+/+/"] {
        assert!(is_base64(text), "{text}");
    }
    for text in ["no-binary", "YQ", "YQ=", "Y===", "====", "YQ==YQ==", "YW I=", "YW_-", "é==="] {
        assert!(!is_base64(text), "{text}");
    }
}
