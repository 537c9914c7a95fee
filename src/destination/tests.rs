//! The rules of the trace segment destination. Recorded: the response of `GetTraceSegmentDestination`. Documented, by
//! reports of users of AWS: updates.

use serde_json::json;

use super::*;
use crate::operation::Settings;
use crate::testing::{Xray, caller, rejection};

const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/0b0f9a5e-5a1f-4b52-8a8a-000000000001";

impl Xray {
    fn destination(&self) -> (&'static str, &'static str) {
        let found = self.call::<GetTraceSegmentDestination>(&json!({})).unwrap();
        (found.destination, found.status)
    }

    fn send_to(&self, destination: &str) -> Result<UpdateTraceSegmentDestinationResult, Fault> {
        self.call::<UpdateTraceSegmentDestination>(&json!({"Destination": destination}))
    }

    fn send_to_logs_with_key(&self, key: &str) -> Result<UpdateTraceSegmentDestinationResult, Fault> {
        let configuration = json!({"SpansLogGroupKmsKeyId": key});
        self.call::<UpdateTraceSegmentDestination>(
            &json!({"Destination": CLOUD_WATCH_LOGS, "CloudWatchLogsConfiguration": configuration}),
        )
    }
}

fn already_set(destination: &str) -> (Code, String) {
    (Code::InvalidRequestException, format!("The destination is already set to {destination}"))
}

#[test]
fn destination_is_xray_and_active_by_default() {
    // Recorded.
    let response = Xray::new().post("/GetTraceSegmentDestination", "");
    assert_eq!(response.body, r#"{"CompositeConfiguration":null,"Destination":"XRay","Status":"ACTIVE"}"#);
}

#[test]
fn destination_update_returns_pending_and_is_active_at_once() {
    let xray = Xray::new();
    for destination in [CLOUD_WATCH_LOGS, XRAY, CLOUD_WATCH_LOGS] {
        let updated = xray.send_to(destination).unwrap();
        assert_eq!((updated.destination, updated.status), (destination, PENDING));
        assert_eq!(xray.destination(), (destination, ACTIVE));
    }
    // Assumed.
    let response = xray.post("/UpdateTraceSegmentDestination", r#"{"Destination":"XRay"}"#);
    assert_eq!(response.body, r#"{"CompositeConfiguration":null,"Destination":"XRay","Status":"PENDING"}"#);
}

#[test]
fn destination_is_pending_until_the_activation_delay_has_passed() {
    let xray = Xray::with(Settings { activation_delay: 5000, ..Settings::default() });
    xray.send_to(CLOUD_WATCH_LOGS).unwrap();
    assert_eq!(xray.destination(), (CLOUD_WATCH_LOGS, PENDING));
    let pending = "Updates are not allowed while the current status is PENDING".to_owned();
    for destination in DESTINATIONS {
        // Assumed for the destination that is already set: this error comes before the error that it is already set.
        assert_eq!(rejection(xray.send_to(destination)), (Code::InvalidRequestException, pending.clone()));
    }
    xray.advance(4999);
    assert_eq!(xray.destination(), (CLOUD_WATCH_LOGS, PENDING));
    xray.advance(1);
    assert_eq!(xray.destination(), (CLOUD_WATCH_LOGS, ACTIVE));
    assert_eq!(xray.send_to(XRAY).unwrap().status, PENDING);
}

#[test]
fn destination_that_is_already_set_is_rejected() {
    let xray = Xray::new();
    assert_eq!(rejection(xray.send_to(XRAY)), already_set(XRAY));
    xray.send_to(CLOUD_WATCH_LOGS).unwrap();
    assert_eq!(rejection(xray.send_to(CLOUD_WATCH_LOGS)), already_set(CLOUD_WATCH_LOGS));
}

#[test]
fn destination_cannot_be_cloudwatch_logs_without_a_logs_policy() {
    let xray = Xray::with(Settings { logs_policy: false, ..Settings::default() });
    let fault = xray.send_to(CLOUD_WATCH_LOGS).unwrap_err();
    assert_eq!((fault.code, fault.code.status(), fault.code.is_modelled()), (Code::AccessDeniedException, 403, false));
    assert_eq!(
        fault.message.as_deref(),
        Some(
            "XRay does not have permission to call PutLogEvents on the aws/spans Log Group. Please verify that your \
             CloudWatch Logs Resource Policies are configured correctly"
        )
    );
    assert_eq!(xray.destination(), (XRAY, ACTIVE));
    assert_eq!(rejection(xray.send_to(XRAY)), already_set(XRAY));
}

#[test]
fn destination_must_be_xray_or_cloudwatch_logs() {
    let xray = Xray::new();
    assert_eq!(
        rejection(xray.send_to("Foo")),
        (
            Code::ValidationException,
            "1 validation error detected: Value 'Foo' at 'destination' failed to satisfy constraint: Member must \
             satisfy enum value set: [XRay, CloudWatchLogs]"
                .to_owned()
        )
    );
    // Assumed.
    let missing = rejection(xray.call::<UpdateTraceSegmentDestination>(&json!({})));
    assert_eq!(missing, (Code::InvalidRequestException, "Destination is required".to_owned()));
    assert_eq!(xray.destination(), (XRAY, ACTIVE));
}

#[test]
fn log_group_key_must_be_a_key_arn_of_the_same_account_and_region() {
    let xray = Xray::new();
    for key in [
        "0b0f9a5e-5a1f-4b52-8a8a-000000000001",
        "alias/spans",
        "arn:aws:kms:us-east-1:123456789012:alias/spans",
        "arn:aws:kms:us-east-1:123456789012:key/",
        "arn:aws:kms:us-west-2:123456789012:key/1",
        "arn:aws:kms:us-east-1:111122223333:key/1",
    ] {
        assert_eq!(rejection(xray.send_to_logs_with_key(key)).0, Code::InvalidRequestException, "{key}");
    }
    assert_eq!(rejection(xray.send_to_logs_with_key(&"k".repeat(257))).0, Code::ValidationException);
    assert_eq!(xray.destination(), (XRAY, ACTIVE));
    xray.send_to_logs_with_key(KEY).unwrap();
    assert_eq!(xray.destination(), (CLOUD_WATCH_LOGS, ACTIVE));
}

#[test]
fn log_group_key_is_rejected_once_the_log_group_exists() {
    let xray = Xray::new();
    xray.send_to(CLOUD_WATCH_LOGS).unwrap();
    xray.send_to(XRAY).unwrap();
    assert_eq!(rejection(xray.send_to_logs_with_key(KEY)).0, Code::InvalidRequestException);
    assert_eq!(xray.destination(), (XRAY, ACTIVE));
    xray.send_to(CLOUD_WATCH_LOGS).unwrap();
}

#[test]
fn log_group_settings_are_rejected_with_the_destination_xray() {
    let xray = Xray::new();
    xray.send_to(CLOUD_WATCH_LOGS).unwrap();
    let request = json!({"Destination": XRAY, "CloudWatchLogsConfiguration": {}});
    let rejected = rejection(xray.call::<UpdateTraceSegmentDestination>(&request));
    assert_eq!(rejected.0, Code::InvalidRequestException);
    assert_eq!(xray.destination(), (CLOUD_WATCH_LOGS, ACTIVE));
}

#[test]
fn destination_is_kept_per_account_and_region() {
    let xray = Xray::new();
    xray.send_to(CLOUD_WATCH_LOGS).unwrap();
    for (account_id, region_name) in [("123456789012", "us-west-2"), ("111122223333", "us-east-1")] {
        let get = GetTraceSegmentDestinationRequest {};
        let now = Moment::from_seconds(crate::testing::NOW);
        let reply = xray.service.call::<GetTraceSegmentDestination>(&caller(account_id, region_name), get, now);
        assert_eq!(reply.outcome.unwrap().destination, XRAY);
    }
}
