"""The floor: a Starlette endpoint that says one statement to PostgreSQL and writes its rows as JSON, no more."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.floor.rows import HOLDER, ROWS, STATES

_MOST = 8
_asked = (os.environ[HOLDER], os.environ[STATES].split())
_pool: AsyncConnectionPool[Any] = AsyncConnectionPool(
    os.environ["DATABASE_URL"], max_size=_MOST, open=False, kwargs={"row_factory": dict_row, "autocommit": True}
)


@asynccontextmanager
async def _opened(_app: Starlette) -> AsyncIterator[None]:
    async with _pool:
        yield


async def rows(_request: Request) -> Response:
    """Return the rows."""
    async with _pool.connection() as connection:
        found: list[DictRow] = await (await connection.execute(ROWS, _asked)).fetchall()
    return Response(orjson.dumps({"results": found}), media_type="application/json")


application = Starlette(routes=[Route("/rows/", rows)], lifespan=_opened)
