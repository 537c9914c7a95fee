//! The encryption of traces at rest: `GetEncryptionConfig`, `PutEncryptionConfig`.
//!
//! Source of the shapes: the API model. Source of the rules: docs/fidelity.md.

#[cfg(test)]
mod tests;

use crate::fault::Fault;
use crate::operation::{CallContext, Moment, Operation, Scope, partition_of};
use crate::service::State;
use crate::shape::{Text, shape};
use crate::uuid;

const NONE: &str = "NONE";
const KMS: &str = "KMS";
const TYPES: &[&str] = &[NONE, KMS];

const UPDATING: &str = "UPDATING";
const ACTIVE: &str = "ACTIVE";
const STATUSES: &[&str] = &[UPDATING, ACTIVE];

/// How X-Ray encrypts the traces of one account and Region.
#[derive(Clone, Debug)]
pub struct Encryption {
    /// The ARN of the KMS key, or `None` for X-Ray's default encryption.
    key_arn: Option<String>,
    /// When the last change becomes active.
    active_from: Moment,
}

impl Default for Encryption {
    fn default() -> Self {
        Self { key_arn: None, active_from: Moment::EARLIEST }
    }
}

shape! {
    /// An encryption configuration. `KeyId` is the ARN of the key, or null if `Type` is `NONE`.
    struct EncryptionConfig {
        "KeyId" key_id: optional String;
        "Status" status: present &'static str where Enum(STATUSES);
        "Type" encryption_type: present &'static str where Enum(TYPES);
    }
}

impl Encryption {
    fn config(&self, status: &'static str) -> EncryptionConfig {
        let encryption_type = if self.key_arn.is_some() { KMS } else { NONE };
        EncryptionConfig { key_id: self.key_arn.clone(), status, encryption_type }
    }
}

shape! {
    /// The request of `GetEncryptionConfig`.
    input struct GetEncryptionConfigRequest {}
}

shape! {
    /// The response of `GetEncryptionConfig`.
    struct GetEncryptionConfigResult {
        "EncryptionConfig" encryption_config: present EncryptionConfig;
    }
}

/// Returns the encryption configuration. By default, its type is `NONE` and its status `ACTIVE`.
#[derive(Debug)]
pub struct GetEncryptionConfig;

impl Operation for GetEncryptionConfig {
    const NAME: &'static str = "GetEncryptionConfig";
    const PATH: &'static str = "/EncryptionConfig";
    type Request<'a> = GetEncryptionConfigRequest;
    type Response = GetEncryptionConfigResult;

    fn run(
        _: GetEncryptionConfigRequest,
        State { encryption, .. }: &mut State,
        CallContext { now, .. }: CallContext<'_>,
    ) -> Result<GetEncryptionConfigResult, Fault> {
        let status = if now < encryption.active_from { UPDATING } else { ACTIVE };
        Ok(GetEncryptionConfigResult { encryption_config: encryption.config(status) })
    }
}

shape! {
    /// The request of `PutEncryptionConfig`.
    input struct PutEncryptionConfigRequest<'a> {
        "KeyId" key_id: optional Text<'a> where Length(1, 3000);
        "Type" encryption_type: required Text<'a> where Enum(TYPES);
    }
}

shape! {
    /// The response of `PutEncryptionConfig`.
    struct PutEncryptionConfigResult {
        "EncryptionConfig" encryption_config: present EncryptionConfig;
    }
}

/// Changes the encryption configuration.
///
/// The type `KMS` requires a `KeyId`: the ARN, the id or the alias of a key, at most 3000 characters. The type `NONE`
/// does not allow one. The status of the response is `UPDATING`. The configuration becomes `ACTIVE` after
/// [`Settings::activation_delay`](crate::operation::Settings), by default at once.
#[derive(Debug)]
pub struct PutEncryptionConfig;

impl Operation for PutEncryptionConfig {
    const NAME: &'static str = "PutEncryptionConfig";
    const PATH: &'static str = "/PutEncryptionConfig";
    type Request<'a> = PutEncryptionConfigRequest<'a>;
    type Response = PutEncryptionConfigResult;

    fn run(
        request: PutEncryptionConfigRequest<'_>,
        State { encryption, .. }: &mut State,
        context: CallContext<'_>,
    ) -> Result<PutEncryptionConfigResult, Fault> {
        let key_arn = match (&*request.encryption_type == KMS, &request.key_id) {
            (true, Some(key_id)) => Some(key_arn(key_id, &context.caller.scope)?),
            (true, None) => return Err(Fault::invalid_request("KeyId is required with the encryption type KMS")),
            (false, Some(_)) => {
                return Err(Fault::invalid_request("KeyId is not allowed with the encryption type NONE"));
            }
            (false, None) => None,
        };
        *encryption = Encryption { key_arn, active_from: context.active_from() };
        Ok(PutEncryptionConfigResult { encryption_config: encryption.config(UPDATING) })
    }
}

/// Returns the ARN of the key with this ARN, id or alias. The id of an alias's key is derived from the alias, so it is
/// always the same.
///
/// # Errors
/// If `key_id` is an ARN, but not the ARN of a KMS key or alias.
fn key_arn(key_id: &str, Scope { account_id, region_name }: &Scope) -> Result<String, Fault> {
    let arn = if key_id.starts_with("arn:") {
        key_id.to_owned()
    } else {
        let resource = if key_id.starts_with("alias/") { key_id.to_owned() } else { format!("key/{key_id}") };
        format!("arn:{}:kms:{region_name}:{account_id}:{resource}", partition_of(region_name))
    };
    match arn.splitn(6, ':').collect::<Vec<_>>()[..] {
        [_, _, "kms", _, _, resource] if resource.starts_with("key/") => Ok(arn),
        [_, partition, "kms", region_name, account_id, resource] if resource.starts_with("alias/") => {
            Ok(format!("arn:{partition}:kms:{region_name}:{account_id}:key/{}", uuid::derived_from(&arn)))
        }
        _ => Err(Fault::invalid_request(format!("KeyId is not the ARN of a KMS key or alias: {key_id}"))),
    }
}
