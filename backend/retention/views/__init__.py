"""Retention through the API: what is due, holds, orders and certificates."""
