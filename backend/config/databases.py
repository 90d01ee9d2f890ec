"""How each process speaks to PostgreSQL: who it is, how long it waits for what, and how statements are planned."""

from typing import Any

import environ

# So many times as long as a statement may take.
SILENT_AFTER = 9 / 8


def database(env: environ.Env, url_variable: str, *, statement_timeout_ms: int) -> dict[str, Any]:
    """Return the settings of the database that a variable of the environment names."""
    options = _told_to_the_server(statement_timeout_ms)
    # For a process that says the same few sentences very often (the makers of the demo city): the server keeps them
    # with their plans. A request says too many different ones for that.
    prepared: dict[str, Any] = {}
    if env.bool("PREPARED_STATEMENTS", default=False):
        options.append("-c plan_cache_mode=force_generic_plan")
        prepared = {"server_side_binding": True, "prepare_threshold": 2}
    named = env.db_url(url_variable)
    return {
        **named,
        "ENGINE": "backend.core.postgresql",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        # The server ends every statement before that: whoever has heard nothing by then will hear nothing any more.
        "SILENCE_SECONDS": statement_timeout_ms * SILENT_AFTER / 1000 if statement_timeout_ms else None,
        "OPTIONS": {
            **prepared,
            "options": " ".join(options),
            "application_name": f"alongside {env.str('PROCESS', default='command')}",
            # While another server takes over, whoever is sent to one that cannot write yet is not let in.
            "target_session_attrs": "read-write",
            "connect_timeout": 5,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 2,
            "tcp_user_timeout": 8_000,
            # What the address itself asks for, as that the server must prove who it is: ?sslmode=verify-full
            **named.get("OPTIONS", {}),
        },
    }


def _told_to_the_server(statement_timeout_ms: int) -> list[str]:
    return [
        "-c jit=off",
        # One record with the names beside it joins eight tables by their keys, in an order that makes no difference:
        # weighing every order took longer than all the rest.
        "-c join_collapse_limit=4",
        f"-c statement_timeout={statement_timeout_ms}",
        f"-c lock_timeout={statement_timeout_ms * 5 // 8}",
        f"-c idle_in_transaction_session_timeout={statement_timeout_ms}",
    ]
