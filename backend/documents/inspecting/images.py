"""Pictures are drawn anew: what is kept is what can be seen, without places, comments or anything behind it."""

import io

from PIL import Image, ImageOps

from backend.documents.inspecting.refusing import Refused

# A page scanned at 600 dots an inch has 35 million points.
MOST_POINTS = 50_000_000
_QUALITY = 88
_BROKEN = "This is not a picture that can be opened. Save it again as JPEG or PNG."


def jpeg(content: bytes) -> bytes:
    """Return a JPEG with the same picture; raise Refused when it is none."""
    picture = _opened(content, "JPEG")
    out = io.BytesIO()
    _bare(picture, "RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def png(content: bytes) -> bytes:
    """Return a PNG with the same picture, the first of several; raise Refused when it is none."""
    picture = _opened(content, "PNG")
    out = io.BytesIO()
    is_see_through = "A" in picture.getbands() or "transparency" in picture.info
    _bare(picture, "RGBA" if is_see_through else "RGB").save(out, "PNG")
    return out.getvalue()


def _bare(picture: Image.Image, mode: str) -> Image.Image:
    """Return the points alone: a comment or a place would be saved along with them."""
    points = picture.convert(mode)
    points.info = {}
    return points


def _opened(content: bytes, wanted: str) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=[wanted]) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise Refused("The picture has too many points. Save it smaller.")
            # Turned as it was meant to be looked at, because what says so is left behind.
            return ImageOps.exif_transpose(picture).copy()
    except Refused:
        raise
    # The decoder meets whatever a stranger made: each of its failures means that this is no picture.
    except Exception as error:
        raise Refused(_BROKEN) from error
