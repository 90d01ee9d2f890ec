"""The schema is true: it has every route, and no request of it takes what nobody may send."""

from tests.api.schema import RAW
from tests.routes import SOMETHING, routes


def test_every_route_is_in_the_schema() -> None:
    described = {_with_something(path) for path in RAW["paths"]}
    left_out = {"/api/v1/schema/", "/api/v1/docs/", "/api/v1/health/live", "/api/v1/health/ready"}
    assert {route.path for route in routes()} - described <= left_out


def _with_something(path: str) -> str:
    parts = [str(SOMETHING) if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts)


def test_every_write_but_autosave_asks_for_a_key() -> None:
    """POST creations and edges; the session's own writes have no record behind them, and trying leaves nothing."""
    tried = ("/preview/", "/import/check/", "/find/", "/letters/fill/")
    without = {"/api/v1/session/membership/", "/api/v1/demo/sign-in/", "/api/v1/messages/{message_id}/read/"}
    without |= {"/api/v1/demo/confirm/", "/api/v1/session/others/end/"}
    # The token of a link works once: nobody can have its effect twice.
    without |= {"/api/v1/status/", "/api/v1/session/password/"}
    # One answer of a directory is looked at once.
    without |= {"/api/v1/session/directory/", "/api/v1/session/directory/finish/"}
    # However often somebody asks, one email goes in five minutes.
    without |= {"/api/v1/session/forgotten/"}
    # Said anew every twenty seconds: being there twice is being there.
    without |= {"/api/v1/presence/{root_id}/"}
    for path, operations in RAW["paths"].items():
        headers = {one["name"] for one in operations.get("post", {}).get("parameters", []) if one["in"] == "header"}
        if "post" in operations and path not in without and not path.endswith(tried):
            assert "Idempotency-Key" in headers, path


def test_no_request_of_the_schema_takes_a_state() -> None:
    shapes = RAW["components"]["schemas"]
    for name, shape in shapes.items():
        if name.endswith(("Input", "InputRequest")):
            assert "state" not in shape.get("properties", {}), name
