//! Describes the supported operations as JSON. Tests compare it with the API model, and tools write documentation from it.

use serde_json::{Value, json};

use crate::constraint::{Constraint, UNBOUNDED};
use crate::operations::{OPERATIONS, Row};
use crate::shape::{Member, Structure, Type};

/// Describes every supported operation. The keys are the names of the operations.
#[must_use]
pub fn of_operations() -> Value {
    OPERATIONS.iter().map(|row| (row.name.to_owned(), of_row(row))).collect::<serde_json::Map<_, _>>().into()
}

fn of_row(row: &Row) -> Value {
    json!({
        "path": row.path,
        "evidence": row.evidence.as_str(),
        "request": of_type(&row.request, &[]),
        "response": of_type(&row.response, &[]),
    })
}

fn of_type(of: &Type, constraints: &[Constraint]) -> Value {
    let mut described = match of {
        Type::String => json!({"type": "string"}),
        Type::Integer => json!({"type": "integer"}),
        Type::Long => json!({"type": "long"}),
        Type::Double => json!({"type": "double"}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::Timestamp => json!({"type": "timestamp"}),
        Type::List(items) => json!({"type": "list", "items": of_type(items, within(constraints, of_items))}),
        Type::Map(values) => json!({
            "type": "map",
            "keys": of_type(&Type::String, within(constraints, of_keys)),
            "values": of_type(values, within(constraints, of_values)),
        }),
        Type::Structure(structure) => of_structure(structure),
    };
    for constraint in constraints {
        add_constraint(&mut described, constraint);
    }
    described
}

fn of_structure(structure: &Structure) -> Value {
    let modelled = || structure.members.iter().filter(|member| member.is_modelled);
    let member = |member: &Member| json!({"name": member.name, "shape": of_type(&member.of, member.constraints)});
    json!({
        "type": "structure",
        "name": structure.name,
        "union": structure.is_union,
        "members": modelled().map(member).collect::<Vec<_>>(),
        "required": modelled().filter(|member| member.is_required).map(|member| member.name).collect::<Vec<_>>(),
    })
}

fn within(
    constraints: &[Constraint],
    select: fn(&Constraint) -> Option<&'static [Constraint]>,
) -> &'static [Constraint] {
    constraints.iter().find_map(select).unwrap_or_default()
}

fn of_items(constraint: &Constraint) -> Option<&'static [Constraint]> {
    if let Constraint::Items(constraints) = constraint { Some(constraints) } else { None }
}

fn of_keys(constraint: &Constraint) -> Option<&'static [Constraint]> {
    if let Constraint::Keys(constraints) = constraint { Some(constraints) } else { None }
}

fn of_values(constraint: &Constraint) -> Option<&'static [Constraint]> {
    if let Constraint::Values(constraints) = constraint { Some(constraints) } else { None }
}

/// Adds a constraint under its key in the API model.
fn add_constraint(described: &mut Value, constraint: &Constraint) {
    let mut add = |name: &str, value: Value| {
        if let Value::Object(members) = described {
            members.insert(name.to_owned(), value);
        }
    };
    match *constraint {
        Constraint::Length(least, most) => {
            add("min", least.into());
            if most != UNBOUNDED {
                add("max", most.into());
            }
        }
        Constraint::AtLeast(least) => add("min", least.into()),
        Constraint::Between(least, most) => {
            add("min", least.into());
            add("max", most.into());
        }
        Constraint::Pattern(pattern) => add("pattern", pattern.text.into()),
        Constraint::Enum(known) => add("enum", known.into()),
        Constraint::Items(_) | Constraint::Keys(_) | Constraint::Values(_) => {}
    }
}
