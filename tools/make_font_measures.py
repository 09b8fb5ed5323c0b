"""`python -m tools.make_font_measures` writes the measures of the shipped fonts anew, after a font was changed."""

from __future__ import annotations

from packgen.convert.font_measures import SHIPPED, as_text, kept_file, read_measures


def main() -> None:
    fonts = sorted(SHIPPED.glob("*.ttf"))
    for font in fonts:
        kept = kept_file(font)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(as_text(read_measures(font, 0)), encoding="utf-8", newline="\n")
    print(f"measures of {len(fonts)} fonts in {SHIPPED / 'measures'}")


if __name__ == "__main__":
    main()
