"""Lends these tests the world with every relation in it."""

from tests.world import world, world_database

__all__ = ["world", "world_database"]
