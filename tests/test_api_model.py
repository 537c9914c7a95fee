"""The package declares the same request and response shapes as the API model of the installed botocore."""

import json

import botocore
import pytest
from botocore.session import Session

from fake_xray import _core

MODEL = Session().get_service_model("xray")
DECLARED = json.loads(_core.describe_operations())
# An older botocore lacks operations and members that the package supports.
HAS_CURRENT_MODEL = tuple(map(int, botocore.__version__.split(".")[:2])) >= (1, 42)

# The package does not support the operations on traces, graphs, statistics and telemetry records.
UNSUPPORTED = {
    "BatchGetTraces",
    "CancelTraceRetrieval",
    "GetRetrievedTracesGraph",
    "GetServiceGraph",
    "GetTimeSeriesServiceStatistics",
    "GetTraceGraph",
    "GetTraceSummaries",
    "ListRetrievedTraces",
    "PutTelemetryRecords",
    "PutTraceSegments",
    "StartTraceRetrieval",
}


def to_declaration(shape):
    """Convert a shape of botocore's model to the format of `_core.describe_operations()`."""
    result = {"type": shape.type_name}
    if shape.type_name == "structure":
        result["name"] = shape.name
        result["union"] = bool(getattr(shape, "is_tagged_union", False))
        result["members"] = [{"name": name, "shape": to_declaration(member)} for name, member in shape.members.items()]
        result["required"] = [name for name in shape.members if name in shape.required_members]
    elif shape.type_name == "list":
        result["items"] = to_declaration(shape.member)
    elif shape.type_name == "map":
        result["keys"] = to_declaration(shape.key)
        result["values"] = to_declaration(shape.value)
    return result | constraints(shape)


def constraints(shape):
    result = {name: shape.metadata[name] for name in ("min", "max", "pattern") if name in shape.metadata}
    if getattr(shape, "enum", None):
        result["enum"] = list(shape.enum)
    # A minimum length of 0 restricts nothing.
    if shape.type_name in ("string", "list", "map") and result.get("min") == 0:
        del result["min"]
    return result


def without_trivial_bounds(shape):
    shape = dict(shape)
    if shape["type"] in ("string", "list", "map") and shape.get("min") == 0:
        del shape["min"]
    for name in ("items", "keys", "values"):
        if name in shape:
            shape[name] = without_trivial_bounds(shape[name])
    if "members" in shape:
        shape["members"] = [
            {"name": member["name"], "shape": without_trivial_bounds(member["shape"])} for member in shape["members"]
        ]
    return shape


def restrict_to(modelled, declared):
    """Return a declared shape without the members that the model of an older botocore lacks."""
    result = dict(declared)
    if "members" in declared:
        shapes = {member["name"]: member["shape"] for member in modelled["members"]}
        result["members"] = [
            {"name": member["name"], "shape": restrict_to(shapes[member["name"]], member["shape"])}
            for member in declared["members"]
            if member["name"] in shapes
        ]
        result["required"] = [name for name in declared["required"] if name in shapes]
    for name in ("items", "keys", "values"):
        if name in declared:
            result[name] = restrict_to(modelled[name], declared[name])
    return result


@pytest.mark.parametrize("operation", sorted(DECLARED))
def test_an_operation_has_the_shapes_and_constraints_of_the_api_model(operation):
    if operation not in MODEL.operation_names:
        assert not HAS_CURRENT_MODEL, f"the model has no operation {operation}"
        pytest.skip(f"botocore {botocore.__version__} has no {operation}")
    model = MODEL.operation_model(operation)
    declaration = DECLARED[operation]
    assert (model.http["method"], model.http["requestUri"]) == ("POST", declaration["path"])
    for name, shape in (("request", model.input_shape), ("response", model.output_shape)):
        declared, modelled = without_trivial_bounds(declaration[name]), to_declaration(shape)
        assert (declared if HAS_CURRENT_MODEL else restrict_to(modelled, declared)) == modelled


def test_every_operation_of_the_api_model_is_supported_or_listed_as_unsupported():
    missing = set(MODEL.operation_names) - set(DECLARED)
    assert missing == UNSUPPORTED if HAS_CURRENT_MODEL else missing <= UNSUPPORTED


def test_the_list_of_operations_contains_exactly_the_described_operations():
    assert sorted(_core.OPERATIONS) == sorted(DECLARED)
