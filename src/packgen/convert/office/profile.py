"""A fresh profile of LibreOffice for one run, with all that it may not do switched off.

Takes an empty folder and the macro; writes the profile there. Two runs must never share one: one of them would lose
its documents without a word.
"""

from __future__ import annotations

from pathlib import Path

from packgen.convert.office.macro import MODULE

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SETTINGS = (
    # Without this the first start would copy an empty macro library over the one written here.
    ("Setup/Office", "ooSetupInstCompleted", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Java", "Enable", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Writer/Content/Update", "Chart", "false"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
)
_LIBRARIES = """<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{name}.xlb/" xlink:type="simple"
  library:link="false"/>
</library:libraries>
"""
_LIBRARY = """<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">{modules}</library:library>
"""


def write_profile(folder: Path, macro: str) -> None:
    """Writes a profile into `folder`; `macro` is the XML of its one Basic module."""
    standard = folder / "user" / "basic" / "Standard"
    standard.mkdir(parents=True)
    module = f'\n <library:element library:name="{MODULE}"/>\n'
    for name, modules in (("script", module), ("dialog", "")):
        _write(standard.parent / f"{name}.xlc", _HEAD + _LIBRARIES.format(name=name))
        _write(standard / f"{name}.xlb", _HEAD + _LIBRARY.format(modules=modules))
    _write(standard / f"{MODULE}.xba", macro)
    _write(folder / "user" / "registrymodifications.xcu", _settings())


def _settings() -> str:
    items = "\n".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for path, name, value in _SETTINGS
    )
    return (
        f'{_HEAD}<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}\n</oor:items>\n"
    )


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
