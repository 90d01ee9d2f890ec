"""The first page as a picture, drawn in a process of its own: what breaks a reader breaks nothing else.

`python -m backend.documents.previewing pdf` reads a file from standard input and writes a PNG to standard output.
"""

import io
import resource
import subprocess
import sys
from pathlib import Path

from PIL import Image

WIDTH = 800
_SECONDS = 20
_MEMORY = 1_500_000_000
_ROOT = Path(__file__).resolve().parents[2]
_DRAWN = frozenset({"pdf", "jpg", "jpeg", "png"})


def preview_of(extension: str, content: bytes) -> bytes | None:
    """Return a PNG of what the file looks like; None for a kind that is not drawn, and when drawing fails."""
    if extension not in _DRAWN:
        return None
    command = [sys.executable, "-m", __name__, extension]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, cwd=_ROOT, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def _page(content: bytes) -> Image.Image:
    import pypdfium2  # noqa: PLC0415 - only the process that draws needs it

    with pypdfium2.PdfDocument(content) as document:
        page = document[0]
        drawn: Image.Image = page.render(scale=WIDTH / max(page.get_width(), 1)).to_pil()
        return drawn


def main() -> None:
    """Draw standard input, within limits of time and memory that the machine keeps."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    content = sys.stdin.buffer.read()
    picture = _page(content) if sys.argv[1] == "pdf" else Image.open(io.BytesIO(content))
    picture.thumbnail((WIDTH, WIDTH * 2))
    picture.convert("RGB").save(sys.stdout.buffer, "PNG")


if __name__ == "__main__":
    main()
