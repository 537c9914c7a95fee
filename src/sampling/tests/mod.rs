//! The rules of sampling. "Recorded" means that the real service responded this way in September 2026.

mod rules;
mod statistics;
mod targets;

use std::borrow::Borrow;

use serde_json::{Value, json};

use super::*;
use crate::fault::{Code, Fault};
use crate::operation::Settings;
use crate::testing::{NOW, Xray, rejection};

const RULES: &str = "/GetSamplingRules";
const TARGETS: &str = "/SamplingTargets";
const SUMMARIES: &str = "/SamplingStatisticSummaries";

/// A rule whose values differ from those of the Default rule.
fn rule(name: &str) -> Value {
    json!({
        "RuleName": name, "ResourceARN": "*", "Priority": 7001, "FixedRate": 0.25, "ReservoirSize": 3,
        "ServiceName": "shop",
        "ServiceType": "*", "Host": "shop.example", "HTTPMethod": "GET", "URLPath": "/cart", "Version": 1
    })
}

/// An object with some members set. A member that is null is removed instead.
fn with(mut value: Value, members: impl Borrow<Value>) -> Value {
    let target = value.as_object_mut().unwrap();
    for (name, member) in members.borrow().as_object().unwrap() {
        if member.is_null() {
            target.remove(name);
        } else {
            target.insert(name.clone(), member.clone());
        }
    }
    value
}

/// A report of one client.
fn report(rule_name: &str, requests: i32, sampled: i32, borrowed: i32) -> Value {
    json!({
        "RuleName": rule_name, "ClientID": "0123456789abcdef01234567", "Timestamp": NOW, "RequestCount": requests,
        "SampledCount": sampled, "BorrowCount": borrowed
    })
}

fn arn(name: &str) -> String {
    format!("arn:aws:xray:us-east-1:123456789012:sampling-rule/{name}")
}

fn invalid(message: &str) -> (Code, String) {
    (Code::InvalidRequestException, message.to_owned())
}

impl Xray {
    /// Sends a request and returns the JSON of the response.
    fn sampling_json(&self, path: &str, request: &Value) -> Value {
        let response = self.post(path, request.to_string());
        assert_eq!(response.status, 200, "{}", response.body);
        serde_json::from_str(&response.body).unwrap()
    }

    fn create_rule(&self, rule: &Value) -> Result<Arc<SamplingRuleRecord>, Fault> {
        let response = self.call::<CreateSamplingRule>(&json!({"SamplingRule": rule}))?;
        Ok(response.sampling_rule_record)
    }

    fn update_rule(&self, update: &Value) -> Result<Arc<SamplingRuleRecord>, Fault> {
        let response = self.call::<UpdateSamplingRule>(&json!({"SamplingRuleUpdate": update}))?;
        Ok(response.sampling_rule_record)
    }

    fn delete_rule(&self, selector: &Value) -> Result<Arc<SamplingRuleRecord>, Fault> {
        self.call::<DeleteSamplingRule>(selector).map(|response| response.sampling_rule_record)
    }

    /// All rules, as JSON.
    fn rules(&self) -> Value {
        self.sampling_json(RULES, &json!({}))["SamplingRuleRecords"].clone()
    }

    fn rule_names(&self) -> Vec<String> {
        let rules = self.rules();
        let names = rules.as_array().unwrap().iter().map(|record| record["SamplingRule"]["RuleName"].as_str().unwrap());
        names.map(str::to_owned).collect()
    }

    /// The response to reports.
    fn targets(&self, documents: &[Value]) -> Value {
        self.sampling_json(TARGETS, &json!({"SamplingStatisticsDocuments": documents}))
    }

    /// The quota in the response to one report.
    fn quota(&self, document: Value) -> Option<i64> {
        self.targets(&[document])["SamplingTargetDocuments"][0]["ReservoirQuota"].as_i64()
    }

    fn summaries(&self) -> Value {
        self.sampling_json(SUMMARIES, &json!({}))["SamplingStatisticSummaries"].clone()
    }
}
