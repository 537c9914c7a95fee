//! Conditions: whether the context of a request satisfies a statement.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Multivalued context keys". Where the guide
//! is silent or wrong, the source is recorded decisions of the real IAM (2026-09).

mod address;
mod binary;
mod case;
mod comparison;
mod date;
mod number;
mod operator;
mod truth;

#[cfg(test)]
mod tests;

pub(super) use operator::Operator;
pub(super) use truth::Truth;

use std::borrow::Cow;

use super::context::Value;
use super::document::{object, one_or_list};
use super::json::{Arena, Json};
use super::mismatch::Requirement;
use super::variable::VariableScope;
use comparison::{Comparison, is_true};
use operator::{Quantifier, Test};

/// One key of a condition block, with its operator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition<'a> {
    pub(super) operator: Operator,
    pub(super) key: &'a str,
    /// What the key's value is compared with: strings, numbers and booleans.
    pub(super) operands: &'a [Json<'a>],
}

impl<'a> Condition<'a> {
    /// Whether the context satisfies the condition.
    pub(super) fn holds(&self, scope: VariableScope<'_>) -> Truth {
        let value = scope.context.get(self.key);
        let Test::Value { comparison, negated } = self.operator.test else {
            return self.presence_is_required(value.is_some());
        };
        let Some(value) = value else { return Truth::from(self.holds_of_absent_key(negated)) };
        let holds_of = |value: &String| self.holds_of(value, comparison, negated, scope);
        match (self.operator.quantifier, value) {
            (None, Value::One(value)) => holds_of(value),
            (None, Value::Many(_)) => Truth::False,
            (Some(Quantifier::ForAllValues), values) => Truth::each(values.all().iter().map(holds_of)),
            (Some(Quantifier::ForAnyValue), values) => Truth::any(values.all().iter().map(holds_of)),
        }
    }

    /// What the condition requires of a request in which its key has the value `found`.
    pub(super) fn requirement(&self, found: Option<&Value>) -> Requirement {
        let operands = || self.operands().map(Cow::into_owned).collect();
        match (self.operator.test, self.operator.quantifier, found) {
            (Test::Null, _, None) => Requirement::Present,
            (Test::Null, _, Some(_)) => Requirement::Absent,
            (Test::Value { .. }, None, Some(Value::Many(_))) => Requirement::SingleValue,
            (Test::Value { negated: false, .. }, ..) => Requirement::OneOf(operands()),
            (Test::Value { negated: true, .. }, ..) => Requirement::NoneOf(operands()),
        }
    }

    /// Whether a `Null` condition holds. An operand that is true is satisfied if the key is absent. Any other operand
    /// is satisfied if the key is present. The condition holds if at least one operand is satisfied (recorded).
    fn presence_is_required(&self, is_present: bool) -> Truth {
        Truth::from(self.operands().any(|operand| is_true(&operand) != is_present))
    }

    fn holds_of_absent_key(&self, negated: bool) -> bool {
        self.operator.if_exists
            || match self.operator.quantifier {
                None => negated,
                Some(Quantifier::ForAllValues) => true,
                Some(Quantifier::ForAnyValue) => false,
            }
    }

    /// Whether the condition holds for one value of the key. A positive operator needs an operand that matches the value. A
    /// negated operator needs that no operand matches it.
    fn holds_of(&self, value: &str, comparison: Comparison, negated: bool, scope: VariableScope<'_>) -> Truth {
        if !comparison.accepts(value) {
            return Truth::False;
        }
        match Truth::any(self.operands().map(|operand| comparison.compare(value, &operand, scope))) {
            Truth::Undecided => Truth::Undecided,
            truth => Truth::from((truth == Truth::True) != negated),
        }
    }

    fn operands(&self) -> impl Iterator<Item = Cow<'a, str>> {
        self.operands.iter().filter_map(Json::as_operand)
    }

    /// Creates the condition block that parses to these conditions. Conditions with the same operator must be adjacent.
    pub(super) fn block_to_json(conditions: &[Self], arena: &'a Arena) -> Json<'a> {
        let blocks = conditions.chunk_by(|one, next| one.operator == next.operator);
        let name = |operator: Operator| &*arena.alloc_str(&operator.to_string());
        let member = |block: &[Self]| Some((name(block.first()?.operator), keys_to_json(block, arena)));
        object(arena, blocks.map(member))
    }
}

fn keys_to_json<'a>(block: &[Condition<'a>], arena: &'a Arena) -> Json<'a> {
    let member = |condition: &Condition<'a>| Some((condition.key, one_or_list(condition.operands)));
    object(arena, block.iter().map(member))
}
