"""`python -m tools.make_bank_holidays` writes the bank holidays of England and Wales anew, once others are proclaimed.

They come from the package `holidays`, whose version `pyproject.toml` fixes. packgen itself does not take it along: it
loads every country of the world to tell of one, which takes longer than all that is checked of a pack.
"""

from __future__ import annotations

import holidays

from packgen.bank_holidays import FIRST_YEAR, LAST_YEAR, kept_file


def main() -> None:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    england, wales = (set(holidays.country_holidays("GB", subdiv=each, years=years)) for each in ("ENG", "WLS"))
    if england != wales:
        raise SystemExit("England and Wales no longer have the same bank holidays, which packgen relies on")
    days = sorted(f"{day:%Y-%m-%d}" for day in england if day.weekday() < 5)
    kept = kept_file()
    kept.write_text("".join(f"{day}\n" for day in days), encoding="utf-8", newline="\n")
    print(f"{len(days)} bank holidays in {kept}")


if __name__ == "__main__":
    main()
