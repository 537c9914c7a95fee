"""The shapes that the package declares are those of the installed botocore's API model."""

import json

import botocore
import pytest
from botocore.session import Session

from fake_xray import _core

MODEL = Session().get_service_model("xray")
OURS = json.loads(_core.describe_operations())
# An older botocore lacks operations and members that the package has.
IS_CURRENT = tuple(map(int, botocore.__version__.split(".")[:2])) >= (1, 42)

# Traces, graphs and trace retrieval.
NOT_BUILT = {
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


def described(shape):
    """Return a shape of botocore's model in the form in which the package describes its own."""
    found = {"type": shape.type_name}
    if shape.type_name == "structure":
        found["name"] = shape.name
        found["union"] = bool(getattr(shape, "is_tagged_union", False))
        found["members"] = [{"name": name, "shape": described(member)} for name, member in shape.members.items()]
        found["required"] = [name for name in shape.members if name in shape.required_members]
    elif shape.type_name == "list":
        found["items"] = described(shape.member)
    elif shape.type_name == "map":
        found["keys"] = described(shape.key)
        found["values"] = described(shape.value)
    return found | constraints(shape)


def constraints(shape):
    found = {name: shape.metadata[name] for name in ("min", "max", "pattern") if name in shape.metadata}
    if getattr(shape, "enum", None):
        found["enum"] = list(shape.enum)
    # Everything has at least no characters, items or entries.
    if shape.type_name in ("string", "list", "map") and found.get("min") == 0:
        del found["min"]
    return found


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


def known_to(ours, theirs):
    """Return our shape without what an older model lacks: members."""
    ours = dict(ours)
    if "members" in ours:
        shapes = {member["name"]: member["shape"] for member in theirs["members"]}
        ours["members"] = [
            {"name": member["name"], "shape": known_to(member["shape"], shapes[member["name"]])}
            for member in ours["members"]
            if member["name"] in shapes
        ]
        ours["required"] = [name for name in ours["required"] if name in shapes]
    for name in ("items", "keys", "values"):
        if name in ours:
            ours[name] = known_to(ours[name], theirs[name])
    return ours


@pytest.mark.parametrize("operation", sorted(OURS))
def test_operation_has_the_shapes_and_constraints_of_the_model(operation):
    if operation not in MODEL.operation_names:
        assert not IS_CURRENT, f"the model has no operation {operation}"
        pytest.skip(f"botocore {botocore.__version__} has no {operation}")
    model = MODEL.operation_model(operation)
    ours = OURS[operation]
    assert (model.http["method"], model.http["requestUri"]) == ("POST", ours["path"])
    for name, shape in (("request", model.input_shape), ("response", model.output_shape)):
        declared, wanted = without_trivial_bounds(ours[name]), described(shape)
        assert (declared if IS_CURRENT else known_to(declared, wanted)) == wanted


def test_model_has_no_operation_that_is_neither_built_nor_listed_as_missing():
    missing = set(MODEL.operation_names) - set(OURS)
    assert missing == NOT_BUILT if IS_CURRENT else missing <= NOT_BUILT


def test_operations_list_names_what_is_described():
    assert sorted(_core.OPERATIONS) == sorted(OURS)
