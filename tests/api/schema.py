"""The schema of the API as the product describes it, made once."""

import json
from typing import Any

from drf_spectacular.generators import SchemaGenerator

RAW: dict[str, Any] = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
