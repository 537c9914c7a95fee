//! The destination of trace segments: `GetTraceSegmentDestination`, `UpdateTraceSegmentDestination`.
//!
//! Source of the shapes: the API model. Source of the rules: docs/fidelity.md.

#[cfg(test)]
mod tests;

use crate::fault::{Code, Fault};
use crate::operation::{CallContext, Moment, Operation, Scope, partition_of};
use crate::service::State;
use crate::shape::{Text, shape};

const XRAY: &str = "XRay";
const CLOUD_WATCH_LOGS: &str = "CloudWatchLogs";
const DESTINATIONS: &[&str] = &[XRAY, CLOUD_WATCH_LOGS];

const PENDING: &str = "PENDING";
const ACTIVE: &str = "ACTIVE";
const STATUSES: &[&str] = &[PENDING, ACTIVE];

/// The destination of the trace segments of one account and Region.
#[derive(Clone, Debug)]
pub struct Destination {
    name: &'static str,
    /// When the last change becomes active.
    active_from: Moment,
    /// Whether X-Ray has created the log group `aws/spans`.
    has_log_group: bool,
}

impl Default for Destination {
    fn default() -> Self {
        Self { name: XRAY, active_from: Moment::EARLIEST, has_log_group: false }
    }
}

impl Destination {
    fn is_pending(&self, now: Moment) -> bool {
        now < self.active_from
    }
}

shape! {
    /// The request of `GetTraceSegmentDestination`.
    input struct GetTraceSegmentDestinationRequest {}
}

shape! {
    /// The response of `GetTraceSegmentDestination`.
    struct GetTraceSegmentDestinationResult {
        "Destination" destination: present &'static str where Enum(DESTINATIONS);
        "Status" status: present &'static str where Enum(STATUSES);
        "CompositeConfiguration" composite_configuration: unmodelled String;
    }
}

/// Returns the destination and its status. By default, the destination is `XRay` and the status `ACTIVE`.
#[derive(Debug)]
pub struct GetTraceSegmentDestination;

impl Operation for GetTraceSegmentDestination {
    const NAME: &'static str = "GetTraceSegmentDestination";
    const PATH: &'static str = "/GetTraceSegmentDestination";
    type Request<'a> = GetTraceSegmentDestinationRequest;
    type Response = GetTraceSegmentDestinationResult;

    fn run(
        _: GetTraceSegmentDestinationRequest,
        State { destination, .. }: &mut State,
        CallContext { now, .. }: CallContext<'_>,
    ) -> Result<GetTraceSegmentDestinationResult, Fault> {
        Ok(GetTraceSegmentDestinationResult {
            destination: destination.name,
            status: if destination.is_pending(now) { PENDING } else { ACTIVE },
            composite_configuration: None,
        })
    }
}

shape! {
    /// The settings of the log groups that X-Ray creates.
    input struct CloudWatchLogsConfiguration<'a> {
        "SpansLogGroupKmsKeyId" spans_log_group_kms_key_id: optional Text<'a> where Length(1, 256);
    }
}

shape! {
    /// The request of `UpdateTraceSegmentDestination`.
    input struct UpdateTraceSegmentDestinationRequest<'a> {
        "Destination" destination: optional Text<'a> where Enum(DESTINATIONS);
        "CloudWatchLogsConfiguration" cloud_watch_logs_configuration: optional CloudWatchLogsConfiguration<'a>;
    }
}

shape! {
    /// The response of `UpdateTraceSegmentDestination`.
    struct UpdateTraceSegmentDestinationResult {
        "Destination" destination: present &'static str where Enum(DESTINATIONS);
        "Status" status: present &'static str where Enum(STATUSES);
        "CompositeConfiguration" composite_configuration: unmodelled String;
    }
}

/// Changes the destination to `XRay` or `CloudWatchLogs`.
///
/// The status of the response is `PENDING`. The destination becomes `ACTIVE` after
/// [`Settings::activation_delay`](crate::operation::Settings), by default at once. Until then, further updates are
/// rejected. `CloudWatchLogs` is rejected if [`Settings::logs_policy`](crate::operation::Settings) is false. By
/// default, it is true.
#[derive(Debug)]
pub struct UpdateTraceSegmentDestination;

impl Operation for UpdateTraceSegmentDestination {
    const NAME: &'static str = "UpdateTraceSegmentDestination";
    const PATH: &'static str = "/UpdateTraceSegmentDestination";
    type Request<'a> = UpdateTraceSegmentDestinationRequest<'a>;
    type Response = UpdateTraceSegmentDestinationResult;

    fn run(
        request: UpdateTraceSegmentDestinationRequest<'_>,
        State { destination, .. }: &mut State,
        context: CallContext<'_>,
    ) -> Result<UpdateTraceSegmentDestinationResult, Fault> {
        let found = DESTINATIONS.iter().find(|name| request.destination.as_deref() == Some(**name));
        let name = *found.ok_or_else(|| Fault::invalid_request("Destination is required"))?;
        if destination.is_pending(context.now) {
            return Err(Fault::invalid_request("Updates are not allowed while the current status is PENDING"));
        }
        if destination.name == name {
            return Err(Fault::invalid_request(format!("The destination is already set to {name}")));
        }
        let is_to_logs = name == CLOUD_WATCH_LOGS;
        if let Some(configuration) = &request.cloud_watch_logs_configuration {
            if !is_to_logs {
                return Err(Fault::invalid_request(
                    "CloudWatchLogsConfiguration is allowed only with the destination CloudWatchLogs",
                ));
            }
            if let Some(key) = &configuration.spans_log_group_kms_key_id {
                check_key(key, &context.caller.scope, destination.has_log_group)?;
            }
        }
        if is_to_logs && !context.settings.logs_policy {
            return Err(Fault::new(Code::AccessDeniedException, NO_LOGS_POLICY));
        }
        *destination = Destination {
            name,
            active_from: context.active_from(),
            has_log_group: destination.has_log_group || is_to_logs,
        };
        Ok(UpdateTraceSegmentDestinationResult { destination: name, status: PENDING, composite_configuration: None })
    }
}

const NO_LOGS_POLICY: &str = "XRay does not have permission to call PutLogEvents on the aws/spans Log Group. \
    Please verify that your CloudWatch Logs Resource Policies are configured correctly";

/// Checks the key that is to encrypt the log group `aws/spans`. It must be a key ARN in the caller's account and
/// Region, and the log group must not exist yet.
fn check_key(key: &str, Scope { account_id, region_name }: &Scope, has_log_group: bool) -> Result<(), Fault> {
    let keys = format!("arn:{}:kms:{region_name}:{account_id}:key/", partition_of(region_name));
    if key.strip_prefix(&keys).is_none_or(str::is_empty) {
        return Err(Fault::invalid_request(format!(
            "SpansLogGroupKmsKeyId must be the ARN of a KMS key in the same account and Region: {key}"
        )));
    }
    if has_log_group {
        return Err(Fault::invalid_request(
            "SpansLogGroupKmsKeyId cannot be applied: the log group aws/spans already exists",
        ));
    }
    Ok(())
}
