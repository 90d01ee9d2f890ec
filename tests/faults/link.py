"""The line between the web server and the database, as a drill has it: slow, cut, or silent like a hole."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 65_536


class Link:
    """Carries what is said between whoever connects and the database; a real line on this machine."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._to = address
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._is_open = threading.Event()
        self._is_open.set()
        self._is_cut, self._delay, self._ended = False, 0.0, threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @contextmanager
    def slow(self, seconds: float) -> Iterator[None]:
        """Everything that is said takes so much longer to arrive, each way."""
        self._delay = seconds
        yield
        self._delay = 0.0

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Whoever was connected is told that it is over, and nobody gets through."""
        self._is_cut = True
        self._close_all()
        yield
        self._is_cut = False

    @contextmanager
    def hole(self) -> Iterator[None]:
        """Nothing arrives and nobody is told; what was connected before stays silent for good."""
        self._is_open.clear()
        silent, self._pairs = self._pairs, []
        yield
        self._silent = silent
        self._is_open.set()

    def end(self) -> None:
        """Close the line."""
        self._ended.set()
        self._is_open.set()
        self._listener.close()
        self._close_all()

    def _close_all(self) -> None:
        pairs, self._pairs = self._pairs, []
        for end in (end for pair in pairs for end in pair):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            if self._is_cut:
                near.close()
                continue
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        self._is_open.wait()
        try:
            far = socket.create_connection(self._to)
        except OSError:
            near.close()
            return
        pair = (near, far)
        self._pairs.append(pair)
        threading.Thread(target=self._pump, args=(pair, far, near), daemon=True).start()
        self._pump(pair, near, far)

    def _pump(self, pair: tuple[socket.socket, socket.socket], source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while said := source.recv(CHUNK):
                if pair not in self._pairs:
                    return
                self._ended.wait(self._delay)
                target.sendall(said)
        if pair in self._pairs:
            with suppress(OSError):
                target.shutdown(socket.SHUT_RDWR)
