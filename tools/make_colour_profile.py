"""Makes the sRGB profile that finished packs carry as their output intent, byte for byte the same on every run.

python -m tools.make_colour_profile
"""

from __future__ import annotations

from pathlib import Path

from PIL import ImageCms

TARGET = Path("src/packgen/data/colour/srgb.icc")
_DATE = slice(24, 36)
_PLATFORM_TO_CREATOR = slice(80, 84)
_ID = slice(84, 100)
_FIXED_DATE = b"".join(part.to_bytes(2, "big") for part in (2026, 1, 1, 0, 0, 0))


def main() -> None:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = _FIXED_DATE
    profile[_PLATFORM_TO_CREATOR] = bytes(4)
    profile[_ID] = bytes(16)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(profile)


if __name__ == "__main__":
    main()
