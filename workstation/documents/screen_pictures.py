"""Pictures made small enough to be looked at on a screen; the originals are kept elsewhere."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

_QUALITY = 78


def screen_picture(data: bytes, longest: int = 1400) -> bytes:
    """Return a picture as JPEG with its longest side at most ``longest`` pixels, upright.

    A file that can't be read as a picture, or is smaller already, is returned as it is.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            upright = ImageOps.exif_transpose(picture)
            if max(upright.size) <= longest and len(data) <= longest * 200:
                return data
            upright.thumbnail((longest, longest))
            buffer = io.BytesIO()
            flat = Image.new("RGB", upright.size, "white")
            whole = upright.convert("RGBA")
            flat.paste(whole, mask=whole.getchannel("A"))
            flat.save(buffer, format="JPEG", quality=_QUALITY)
            return buffer.getvalue()
    except (UnidentifiedImageError, OSError, ValueError):
        return data
