//! This target checks that a displayed policy parses to an equal policy with the same decision for every request, and that
//! each evaluation is consistent.

#![no_main]

use fake_xray::policy::{Arena, Decision, Effect, Evaluation, Json, Policy, Request, StatementPosition, evaluate};
use fake_xray_fuzz::Input;
use fake_xray_fuzz::mutate::{self, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const DENY_ALL: &str = r#"{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}"#;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed, mutate::document)
});

fuzz_target!(|data: &[u8]| {
    let Some(input) = Input::read(data) else { return };
    let arena = Arena::new();
    let Ok(json) = Json::parse(input.document, &arena) else { return };
    let compact = json.to_string();
    assert_eq!(Json::parse(&compact, &arena).as_ref(), Ok(&json));
    let Ok(policy) = Policy::from_json(&json) else { return };
    let printed = policy.to_string();
    let reread_json = Json::parse(&printed, &arena).unwrap();
    let reread = Policy::from_json(&reread_json).unwrap();
    assert_eq!(reread, policy, "{printed}");
    assert_eq!(reread.to_string(), printed);
    let deny_all_json = Json::parse(DENY_ALL, &arena).unwrap();
    let deny_all = Policy::from_json(&deny_all_json).unwrap();
    let policies = [policy, deny_all];
    let [policy, _] = &policies;
    for request in input.requests() {
        let evaluation = evaluate(std::slice::from_ref(policy), &request);
        check(&evaluation, policy);
        assert_eq!(evaluate(std::slice::from_ref(&reread), &request), evaluation);
        let action = &request.action.to_ascii_uppercase();
        let in_upper_case = evaluate(std::slice::from_ref(policy), &Request { action, ..request });
        assert_eq!(decision_and_positions(&in_upper_case), decision_and_positions(&evaluation));
        assert_eq!(evaluate(&policies, &request).decision, Decision::ExplicitDeny);
    }
});

/// The parts of an evaluation that do not contain the action of the request.
fn decision_and_positions(evaluation: &Evaluation) -> (Decision, &[StatementPosition], Vec<StatementPosition>) {
    let Evaluation { decision, matched, unmatched } = evaluation;
    (*decision, matched, unmatched.iter().map(|(position, _)| *position).collect())
}

/// Checks that the statements of an evaluation exist and have the effect that led to the decision.
fn check(evaluation: &Evaluation, policy: &Policy<'_>) {
    let effect_at = |position: &StatementPosition| policy.statements()[position.statement].effect();
    let all_of = |effect| policy.statements().iter().filter(|statement| statement.effect() == effect).count();
    let Evaluation { decision, matched, unmatched } = evaluation;
    let effect = if *decision == Decision::ExplicitDeny { Effect::Deny } else { Effect::Allow };
    assert!(
        matched
            .iter()
            .chain(unmatched.iter().map(|(position, _)| position))
            .all(|position| effect_at(position) == effect)
    );
    assert_eq!(matched.is_empty(), *decision == Decision::ImplicitDeny);
    assert_eq!(unmatched.len(), if matched.is_empty() { all_of(Effect::Allow) } else { 0 });
}
