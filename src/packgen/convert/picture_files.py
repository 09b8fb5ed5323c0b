"""Picture files made fit for a PDF: decoded, upright, in colours of print, and without anything that is not picture.

Takes the bytes of a PNG, JPEG or TIFF; gives its frames, and JPEG or PNG files that hold pixels alone. Where, when, by
whom and with what a photograph was taken is personal data: EXIF, GPS, XMP, ICC profiles, comments, previews and what
hangs behind the end of a file never go further than this module. Never writes to disk, nor believes a file's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from packgen.convert.picture_colours import foreign_profile, in_print_colours, is_clear, with_transparency
from packgen.convert.picture_opening import UnusablePicture, check_size, guarded, opened
from packgen.picture_stripping import NotPlain, stripped_jpeg, stripped_png

if TYPE_CHECKING:
    from PIL import Image

MOST_PAGES = 500
JPEG_QUALITY = 92
_PNG_TOO_LARGE = 3_000_000

_ORIENTATION, _NEW_SUBFILE, _SUBFILE = 0x0112, 254, 255


class Frame(Struct, frozen=True, eq=False):
    """One upright picture in mode 1, L or RGB.

    `density` is how many pixels lie across and down the same length, the greater being 1: fax scans have oblong pixels.
    `jpeg` is the file without its metadata, if its pixels are those of `image`. `lossy` says that it was a JPEG.
    """

    image: Image.Image
    density: tuple[float, float]
    lossy: bool
    jpeg: bytes | None = None


class PictureFile(Struct, frozen=True):
    """A file with nothing in it but a picture."""

    data: bytes
    kind: Literal["jpg", "png"]


def frames(data: bytes) -> Iterator[Frame]:
    """The pictures in a file, one after the other: the pages of a TIFF, or the one picture of a PNG or JPEG.

    Small copies that some TIFFs hold beside a page, and what phones hang behind a JPEG, are not pages.

    Raises:
        UnusablePicture: if the file is damaged, cut short, too large, moving, or of another format.
    """
    with guarded(), opened(data) as image:
        count = int(getattr(image, "n_frames", 1))
        _check_still(image)
        if image.format == "PNG":
            stripped_png(data)  # Pillow itself draws what a damaged PNG lacks in black
        if image.format != "TIFF":
            yield _frame(image, data)
            return
        _check_count(count)
        for index in _pages(image, count):
            image.seek(index)
            yield _frame(image, data)


def frame_count(data: bytes) -> int:
    """How many frames `frames` will give.

    Raises:
        UnusablePicture: if the file cannot be opened at all, is moving, or has too many.
    """
    with guarded(), opened(data) as image:
        _check_still(image)
        if image.format != "TIFF":
            return 1
        _check_count(image.n_frames)
        return len(_pages(image, image.n_frames))


def encoded(frame: Frame, width: int, height: int) -> PictureFile:
    """`frame` as a file, resampled to `width` and `height` pixels where it has more.

    A JPEG that may stay as large as it is stays as it is; other JPEGs are written again at high quality with full
    colour. What came without loss stays without, unless it is so large (a colour scan, mostly) that a JPEG takes less
    than half.
    """
    image = frame.image
    size = min(image.width, max(width, 1)), min(image.height, max(height, 1))
    if size == image.size and frame.jpeg is not None:
        return PictureFile(frame.jpeg, "jpg")
    if size != image.size:
        from PIL import Image

        smooth = image.convert("L") if image.mode == "1" else image
        image = smooth.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if frame.lossy:
        return PictureFile(_jpeg(image), "jpg")
    png = _png(image)
    if len(png) > _PNG_TOO_LARGE and image.mode != "1":
        jpeg = _jpeg(image)
        if len(jpeg) * 2 < len(png):
            return PictureFile(jpeg, "jpg")
    return PictureFile(png, "png")


def without_metadata(data: bytes, kind: str) -> PictureFile:
    """A picture from a Word file, its pixels as they lie: Word goes by the document, not by what the camera noted.

    `kind` is png, jpg, or another format that Pillow reads; transparency stays.

    Raises:
        UnusablePicture: if the file is damaged or too large.
    """
    with guarded(), opened(data, any_format=True) as image:
        profile = foreign_profile(image)
        try:
            if profile is None and kind == "png":
                return PictureFile(stripped_png(data), "png")
            if profile is None and kind == "jpg" and image.mode in {"L", "RGB"}:
                return PictureFile(stripped_jpeg(data), "jpg")
        except NotPlain:
            pass  # decoded and written anew
        image.load()
        if is_clear(image):
            return PictureFile(_png(with_transparency(image, profile)), "png")
        flat = in_print_colours(image, profile)
        return PictureFile(_jpeg(flat), "jpg") if kind == "jpg" else PictureFile(_png(flat), "png")


def _check_still(image: Any) -> None:
    if image.format == "PNG" and image.n_frames > 1:
        raise UnusablePicture("The picture is an animation; on paper it would stand still.")


def _check_count(count: int) -> None:
    if count > MOST_PAGES:
        raise UnusablePicture(
            f"The picture has {count} pages; not more than {MOST_PAGES} are drawn.", "Split it into several files."
        )


def _pages(image: Any, count: int) -> list[int]:
    """The frames of a TIFF that are pages, not a smaller copy or a mask of one; all of them if none says it is."""
    pages = []
    for index in range(count):
        image.seek(index)
        small = int(image.tag_v2.get(_NEW_SUBFILE, 0)) & 0b101 or image.tag_v2.get(_SUBFILE) == 2
        pages += [] if small else [index]
    return pages or list(range(count))


def _frame(image: Any, data: bytes) -> Frame:
    from PIL import ImageOps

    check_size(image.size)
    density = _density(image)
    turned = image.format == "TIFF" and int(image.tag_v2.get(_ORIENTATION, 1)) >= 5  # turned by Pillow in load()
    lossy = image.format in {"JPEG", "MPO"} or image.info.get("compression") in {"jpeg", "tiff_jpeg"}
    image.load()
    profile = foreign_profile(image)
    orientation = _orientation(image)
    jpeg = None
    if image.format in {"JPEG", "MPO"} and image.mode in {"L", "RGB"} and orientation == 1 and profile is None:
        try:
            jpeg = stripped_jpeg(data)
        except NotPlain:
            jpeg = None
    drawn = in_print_colours(image, profile)
    if orientation != 1:
        drawn.getexif().clear()
        drawn.info.clear()
        drawn.getexif()[_ORIENTATION] = orientation
        drawn = ImageOps.exif_transpose(drawn)
    if turned or orientation >= 5:
        density = density[1], density[0]
    return Frame(drawn, density, lossy, jpeg)


def _density(image: Any) -> tuple[float, float]:
    across, down = (float(value) for value in image.info.get("dpi", (1, 1)))
    # Out of these bounds it is a mistake, not a fax.
    if not (across > 0 and down > 0 and 0.25 <= across / down <= 4):
        return 1.0, 1.0
    most = max(across, down)
    return across / most, down / most


def _orientation(image: Any) -> int:
    """The EXIF orientation, 1 to 8; 1 where there is none that makes sense."""
    try:
        value = int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # what a camera wrote may be broken in any way, and the picture whole
        return 1
    return value if 1 <= value <= 8 else 1


def _jpeg(image: Any) -> bytes:
    target = BytesIO()
    image.info = {}
    plain = image if image.mode in {"L", "RGB"} else image.convert("L" if image.mode == "1" else "RGB")
    plain.save(target, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return stripped_jpeg(target.getvalue())


def _png(image: Any) -> bytes:
    target = BytesIO()
    image.info = {}
    image.save(target, "PNG", compress_level=1)  # unpacked again when the PDF is made
    return stripped_png(target.getvalue())
