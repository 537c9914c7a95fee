//! The rules of encryption. Documented: the responses and the statuses. Assumed: the errors. Nothing is recorded.

use serde_json::{Value, json};

use super::*;
use crate::fault::Code;
use crate::operation::Settings;
use crate::testing::{Xray, rejection};

const KEY: &str = "arn:aws:kms:us-east-2:111122223333:key/ae4aa6d4-a4d8-4df9-a475-4ff6d7898456";

fn kms(key_id: &str) -> Value {
    json!({"Type": KMS, "KeyId": key_id})
}

impl Xray {
    fn put_encryption(&self, request: &Value) -> Result<EncryptionConfig, Fault> {
        self.call::<PutEncryptionConfig>(request).map(|result| result.encryption_config)
    }

    fn encryption(&self) -> EncryptionConfig {
        self.call::<GetEncryptionConfig>(&json!({})).unwrap().encryption_config
    }

    fn key_of(&self, key_id: &str) -> String {
        self.put_encryption(&kms(key_id)).unwrap().key_id.unwrap()
    }
}

#[test]
fn encryption_is_none_and_active_by_default() {
    let response = Xray::new().post("/EncryptionConfig", "");
    // Documented: the members that have a value. Assumed: the null.
    assert_eq!(response.body, r#"{"EncryptionConfig":{"KeyId":null,"Status":"ACTIVE","Type":"NONE"}}"#);
}

#[test]
fn encryption_update_returns_updating_and_is_active_at_once() {
    let xray = Xray::new();
    for request in [kms(KEY), json!({"Type": NONE}), json!({"Type": NONE})] {
        let key_id = request.get("KeyId").map(|_| KEY.to_owned());
        let encryption_type = if key_id.is_some() { KMS } else { NONE };
        let updated = EncryptionConfig { key_id, status: UPDATING, encryption_type };
        assert_eq!(xray.put_encryption(&request).unwrap(), updated);
        assert_eq!(xray.encryption(), EncryptionConfig { status: ACTIVE, ..updated });
    }
}

#[test]
fn encryption_is_updating_until_the_activation_delay_has_passed() {
    let xray = Xray::with(Settings { activation_delay: 1000, ..Settings::default() });
    xray.put_encryption(&kms(KEY)).unwrap();
    xray.advance(999);
    assert_eq!(xray.encryption().status, UPDATING);
    // Assumed: an update is accepted while the status is UPDATING.
    xray.put_encryption(&json!({"Type": NONE})).unwrap();
    xray.advance(1);
    assert_eq!(xray.encryption(), EncryptionConfig { key_id: None, status: UPDATING, encryption_type: NONE });
    xray.advance(999);
    assert_eq!(xray.encryption().status, ACTIVE);
}

#[test]
fn key_arn_is_returned_unchanged_and_a_key_id_becomes_an_arn() {
    let xray = Xray::new();
    assert_eq!(xray.key_of(KEY), KEY);
    assert_eq!(xray.key_of("mrk-1"), "arn:aws:kms:us-east-1:123456789012:key/mrk-1");
}

#[test]
fn alias_always_becomes_the_same_key_arn() {
    let (xray, other) = (Xray::new(), Xray::new());
    let key = xray.key_of("alias/aws/xray");
    let id = key.strip_prefix("arn:aws:kms:us-east-1:123456789012:key/").unwrap();
    assert_eq!(id.len(), 36);
    assert_eq!(other.key_of("alias/aws/xray"), key);
    assert_eq!(xray.key_of("arn:aws:kms:us-east-1:123456789012:alias/aws/xray"), key);
    assert_ne!(xray.key_of("alias/mine"), key);
    let elsewhere = xray.key_of("arn:aws-cn:kms:cn-north-1:111122223333:alias/aws/xray");
    assert!(elsewhere.starts_with("arn:aws-cn:kms:cn-north-1:111122223333:key/"), "{elsewhere}");
}

#[test]
fn encryption_type_kms_requires_a_key_and_none_forbids_one() {
    let xray = Xray::new();
    xray.put_encryption(&kms(KEY)).unwrap();
    let before = xray.encryption();
    for (request, code, message) in [
        (json!({"Type": KMS}), Code::InvalidRequestException, "KeyId is required with the encryption type KMS"),
        (
            json!({"Type": NONE, "KeyId": KEY}),
            Code::InvalidRequestException,
            "KeyId is not allowed with the encryption type NONE",
        ),
        (
            kms("arn:aws:s3:::bucket"),
            Code::InvalidRequestException,
            "KeyId is not the ARN of a KMS key or alias: arn:aws:s3:::bucket",
        ),
        (
            json!({"Type": "FOO"}),
            Code::ValidationException,
            "1 validation error detected: Value 'FOO' at 'type' failed to satisfy constraint: Member must satisfy enum \
             value set: [NONE, KMS]",
        ),
        (
            json!({}),
            Code::ValidationException,
            "1 validation error detected: Value null at 'type' failed to satisfy constraint: Member must not be null",
        ),
    ] {
        assert_eq!(rejection(xray.put_encryption(&request)), (code, message.to_owned()), "{request}");
    }
    assert_eq!(rejection(xray.put_encryption(&kms(&"k".repeat(3001)))).0, Code::ValidationException);
    assert_eq!(xray.encryption(), before);
}
