"""Colours as the model expects them: any mode and any profile become sRGB, what is transparent becomes white."""

import io
from functools import cache
from typing import Any

from PIL import Image, ImageCms

_BRIGHTNESS_16 = {"I", "I;16", "I;16B", "I;16L"}
"""Modes of 16 bits; Pillow cuts their values off at 255 instead of scaling them."""
_INDEXED = {"1", "P", "PA"}
"""Modes whose values are no brightness, so that they cannot be scaled as they are."""
_MODE_OF_SPACE = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK"}
"""A profile's colour space, the four letters at byte 16, and the mode that holds it."""


def scalable(image: Image.Image) -> Image.Image:
    """Give a picture in a mode that can be scaled; what is transparent by colour alone gets an alpha channel."""
    if image.mode in _BRIGHTNESS_16:
        return image.point(lambda value: value / 256).convert("L")
    keyed = "transparency" in image.info and image.mode in {"L", "RGB"}
    return image.convert("RGBA") if keyed or image.mode in _INDEXED else image


def flat_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Give a (small) picture in sRGB on white. A profile that is broken or of another kind of picture is ignored."""
    alpha = image.getchannel("A") if image.mode in {"RGBA", "LA"} else None
    plain = image.convert(image.mode.removesuffix("A")) if alpha else image
    converted = _converted(plain, profile) if profile else plain.convert("RGB")
    if alpha is None:
        return converted
    flat = Image.new("RGB", image.size, "white")
    flat.paste(converted, mask=alpha)
    return flat


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        mode = _MODE_OF_SPACE[profile[16:20]]
        if (mode == "CMYK") != (image.mode == "CMYK"):
            return image.convert("RGB")
        done = ImageCms.profileToProfile(image.convert(mode), io.BytesIO(profile), _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, KeyError):
        return image.convert("RGB")
    return done or image.convert("RGB")


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    create: Any = ImageCms.createProfile  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - Pillow says no type
    return ImageCms.ImageCmsProfile(create("sRGB"))
