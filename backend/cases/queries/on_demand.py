"""Facts that are read when the first rule asks for them: most edges never do."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class OnDemand(Mapping[Key, Value]):
    """A mapping that is read once, when it is first looked into."""

    def __init__(self, read: Callable[[], Mapping[Key, Value]]) -> None:
        self._read = read

    @cached_property
    def _found(self) -> Mapping[Key, Value]:
        return self._read()

    def __getitem__(self, key: Key) -> Value:
        return self._found[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
