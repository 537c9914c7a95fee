//! A put stores a document in its normal form. This target checks three properties: the stored document can be put
//! again without a change, it leads to the same decision as the sent document for every request, and a put over HTTP
//! has the same result as a typed request.

#![no_main]

use fake_xray::operation::{Caller, Moment, Settings};
use fake_xray::policy::{Arena, Json, Policy, evaluate};
use fake_xray::resource_policies::{PutResourcePolicy, PutResourcePolicyRequest};
use fake_xray::service::Service;
use fake_xray::wire::{Exchange, HttpRequest, handle};
use fake_xray_fuzz::mutate::{self, mutate};
use fake_xray_fuzz::{Input, NOW, caller};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed, mutate::document)
});

fuzz_target!(|data: &[u8]| {
    let Some(input) = Input::read(data) else { return };
    let (service, caller) = (one_policy_service(), caller());
    let put = |document: &str, bypass_policy_lockout_check: bool| {
        let request = PutResourcePolicyRequest {
            policy_name: "p".into(),
            policy_document: document.into(),
            policy_revision_id: None,
            bypass_policy_lockout_check: Some(bypass_policy_lockout_check),
        };
        let reply = service.call::<PutResourcePolicy>(&caller, request, Moment::from_seconds(NOW));
        reply.outcome.map(|result| result.resource_policy).map_err(|fault| fault.code.as_str())
    };
    let accepted = put(input.document, true);
    let over_http = put_over_http(input.document, &caller);
    assert_eq!(over_http.error, accepted.as_ref().err().copied());
    let Ok(stored) = accepted.map(|policy| policy.document.clone()) else { return };
    assert!(over_http.response.body.contains(&quoted(&stored)));
    match put(&stored, true) {
        Ok(again) => assert_eq!(again.document, stored),
        // The normal form of a number can be longer than the number: `1e9` is stored as `1000000000.0`.
        Err(code) => assert!(code == "PolicySizeLimitExceededException" && stored.len() > input.document.len()),
    }
    match put(input.document, false) {
        Ok(checked) => assert_eq!(checked.document, stored),
        Err(code) => assert_eq!(code, "LockoutPreventionException"),
    }
    let arena = Arena::new();
    let json = Json::parse(input.document, &arena).unwrap();
    let policy = [Policy::from_json(&json).unwrap()];
    for request in input.requests() {
        let evaluation = service.evaluate(&caller.scope, &request).unwrap();
        assert_eq!(evaluation.decision, evaluate(&policy, &request).decision);
    }
});

fn put_over_http(document: &str, caller: &Caller) -> Exchange {
    let document = quoted(document);
    let body = format!(r#"{{"PolicyName":"p","PolicyDocument":{document},"BypassPolicyLockoutCheck":true}}"#);
    let request = HttpRequest { method: "POST", path: "/PutResourcePolicy", body: body.as_bytes() };
    handle(&one_policy_service(), caller, request, Moment::from_seconds(NOW))
}

fn one_policy_service() -> Service {
    Service::new(Settings { policy_limit: 1, ..Settings::default() })
}

fn quoted(text: &str) -> String {
    Json::String(text.into()).to_string()
}
