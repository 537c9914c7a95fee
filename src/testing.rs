//! Helpers for the tests of operations: a fake with a caller and a clock.

use std::cell::Cell;

use serde_json::Value;

use crate::fault::{Code, Fault};
use crate::operation::{Caller, Moment, Operation, Scope, Settings};
use crate::service::Service;
use crate::wire::{self, HttpRequest, HttpResponse};

/// 2026-09-23 07:48:11 UTC.
pub(crate) const NOW: i64 = 1_790_149_691;

/// A fake with one caller and a clock.
pub(crate) struct Xray {
    pub(crate) service: Service,
    pub(crate) caller: Caller,
    now: Cell<Moment>,
}

impl Xray {
    pub(crate) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let now = Cell::new(Moment::from_seconds(NOW));
        Self { service: Service::new(settings), caller: caller("123456789012", "us-east-1"), now }
    }

    /// Advances the clock.
    pub(crate) fn advance(&self, milliseconds: i64) {
        self.now.set(Moment::from_milliseconds(self.now.get().milliseconds() + milliseconds));
    }

    /// Runs the request that the JSON value contains.
    pub(crate) fn call<O: Operation>(&self, request: &Value) -> Result<O::Response, Fault> {
        let body = request.to_string();
        let request = wire::read::<O>(body.as_bytes())?;
        self.service.call::<O>(&self.caller, request, self.now.get()).outcome
    }

    /// Sends a body and returns the response.
    pub(crate) fn post(&self, path: &str, body: impl AsRef<[u8]>) -> HttpResponse {
        let request = HttpRequest { method: "POST", path, body: body.as_ref() };
        wire::handle(&self.service, &self.caller, request, self.now.get()).response
    }
}

pub(crate) fn caller(account_id: &str, region_name: &str) -> Caller {
    let scope = Scope { account_id: account_id.into(), region_name: region_name.into() };
    Caller { scope: scope.into(), arn: format!("arn:aws:iam::{account_id}:user/ann") }
}

/// The code and the message of a rejection.
pub(crate) fn rejection<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> (Code, String) {
    let fault = outcome.unwrap_err();
    (fault.code, fault.message.unwrap_or_default())
}
