"""Colours of pictures as print has them: sRGB or grey, eight bits, on white paper.

Takes decoded pictures of Pillow's in any mode; gives mode 1, L or RGB, or RGBA where transparency is to stay. A colour
profile is used and then dropped. Never reads a file.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from packgen.convert.picture_opening import UnusablePicture

_GREY = {"1", "L", "LA", "La"}


def is_clear(image: Any) -> bool:
    """Whether some of the paper may show through."""
    return bool({"A", "a"} & set(image.getbands())) or "transparency" in image.info


def in_print_colours(image: Any, profile: bytes | None) -> Any:
    """`image` in mode 1, L or RGB, with white where it is transparent; `profile` says what its colours mean.

    Raises:
        UnusablePicture: if its values are not colours.
    """
    from PIL import Image

    if image.mode == "F" or (image.mode == "I" and not 0 <= image.getextrema()[0] <= image.getextrema()[1] < 65536):
        raise UnusablePicture("The picture holds measured values (32 bits a pixel), not colours.")
    if image.mode.startswith("I"):
        # Sixteen bits: Pillow itself would cut off what does not fit into eight.
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if is_clear(image):
        clear = with_transparency(image, profile)
        white = Image.new("RGB", image.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white.convert("L") if image.mode in _GREY else white
    flat = _srgb(image.convert("RGB") if image.mode == "P" else image, profile)
    return flat.convert("L") if image.mode == "L" else flat


def with_transparency(image: Any, profile: bytes | None) -> Any:
    """`image` in mode RGBA."""
    clear = image.convert("RGBA")
    flat = _srgb(clear.convert("RGB"), None if image.mode in _GREY else profile).convert("RGBA")
    flat.putalpha(clear.getchannel("A"))
    return flat


def _srgb(image: Any, profile: bytes | None) -> Any:
    from PIL import ImageCms

    if profile is not None:
        try:
            source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (OSError, ImageCms.PyCMSError):  # damaged, or for other colours than those of the picture
            pass
    return image if image.mode in {"1", "L", "RGB"} else image.convert("RGB")


def foreign_profile(image: Any) -> bytes | None:
    """The colour profile of a picture whose colours come out otherwise with it than without."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    if not profile:
        return None
    if image.mode == "CMYK":
        return bytes(profile)
    steps = (0, 64, 128, 192, 255)
    colours = [(r, g, b) for r in steps for g in steps for b in steps]
    sample = Image.new("RGB", (len(colours), 1))
    sample.putdata(colours)
    if image.mode in _GREY:
        sample = sample.convert("L")
    converted = _srgb(sample, profile)
    pairs = zip(converted.convert("RGB").tobytes(), sample.convert("RGB").tobytes(), strict=True)
    return bytes(profile) if any(abs(one - other) > 3 for one, other in pairs) else None
