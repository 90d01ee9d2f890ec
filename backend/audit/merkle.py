"""A Merkle tree that only grows, as in RFC 9162: one root stands for every leaf and for their order."""

from collections.abc import Iterable
from hashlib import sha256

LENGTH = 32
# Told apart, so that no pair of hashes can be passed off as a row (RFC 9162, 2.1.1).
_LEAF, _NODE = b"\x00", b"\x01"


def leaf(content: bytes) -> bytes:
    """Return the hash of what stands at one place."""
    return sha256(_LEAF + content).digest()


class Tree:
    """How many leaves there are, and the roots of the whole trees they make up: all it takes to go on."""

    def __init__(self, size: int = 0, frontier: bytes = b"") -> None:
        self.size = size
        self._roots = [frontier[at : at + LENGTH] for at in range(0, len(frontier), LENGTH)]

    def add(self, hashes: Iterable[bytes]) -> None:
        """Put leaves at the end."""
        for one in hashes:
            whole, root = self.size, one
            while whole & 1:
                root = _node(self._roots.pop(), root)
                whole >>= 1
            self._roots.append(root)
            self.size += 1

    @property
    def frontier(self) -> bytes:
        """Return what a later tree begins with."""
        return b"".join(self._roots)

    def is_of(self, root: bytes) -> bool:
        """Say whether this is the tree with this root, and not another way to come by it."""
        return len(self._roots) == self.size.bit_count() and self.root == root

    @property
    def root(self) -> bytes:
        """Return the one hash of all leaves (MTH of RFC 9162)."""
        if not self._roots:
            return sha256().digest()
        *before, root = self._roots
        for one in reversed(before):
            root = _node(one, root)
        return root


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()
