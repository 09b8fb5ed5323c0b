"""The Basic macro that makes one start of LibreOffice draw every file. Pure.

Takes the files with their filters; gives Basic. Each file is a copy that is never saved. It is opened with the filter
that fits its content, without following links or running what is in it, and stored as tagged PDF without notes,
comments and hidden slides. A line in the log says when each begins and how it ends; the numbers of a spreadsheet are
written down as they are displayed, to be looked for on the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

MODULE = "Packgen"
ENTRY = f"macro:///Standard.{MODULE}.DrawAll"

_MODULE_XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{name}" script:language="StarBasic">
{code}
</script:module>
"""

_MOST_NUMBERS = 5_000
"""Numbers of one file that are written down; each takes LibreOffice a fifth of a millisecond."""

_MOST_RUNS = 2_000
"""Runs of rows in one text; Basic takes no more than 64 KB."""

# 19 asks for numbers (1), dates and times (2) and results of formulas (16): com.sun.star.sheet.CellFlags.
_CODE = """Option Explicit

Sub DrawAll
{calls}
  StarDesktop.terminate()
End Sub

Sub Draw(index As Integer, source As String, target As String, cells As String, rows As String, _
    inFilter As String, outFilter As String)
  Dim document As Object
  Tell("begin " & index)
  On Error GoTo Failed
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, Array( _
    Value("Hidden", True), Value("ReadOnly", rows = ""), Value("FilterName", inFilter), _
    Value("UpdateDocMode", com.sun.star.document.UpdateDocMode.NO_UPDATE), _
    Value("MacroExecutionMode", com.sun.star.document.MacroExecMode.NEVER_EXECUTE)))
  If IsNull(document) Then
    Tell("failed " & index & " it could not be opened")
    Exit Sub
  End If
  If rows <> "" Then FitRows(document, rows)
  If cells <> "" Then ListNumbers(document, cells)
  document.storeToURL(target, Array(Value("FilterName", outFilter), Value("FilterData", Array( _
    Value("UseTaggedPDF", True), Value("PDFUACompliance", True), Value("ExportBookmarks", True), _
    Value("ExportNotes", False), Value("ExportNotesInMargin", False), Value("ExportNotesPages", False), _
    Value("ExportOnlyNotesPages", False), Value("ExportHiddenSlides", False), Value("ExportFormFields", False), _
    Value("ReduceImageResolution", True), Value("MaxImageResolution", 300), Value("Quality", 92)))))
  document.close(True)
  Tell("done " & index)
  Exit Sub
Failed:
  Tell("failed " & index & " " & Error$)
End Sub

Sub FitRows(document As Object, rows As String)
  Dim all As Variant, one As Variant, place As Integer
  On Error Resume Next
  all = Split(rows, ";")
  For place = 0 To UBound(all)
    one = Split(all(place), ",")
    document.Sheets.getByIndex(CInt(one(0))).getCellRangeByPosition(0, CLng(one(1)), 0, CLng(one(2))) _
      .Rows.OptimalHeight = True
  Next place
End Sub

Sub ListNumbers(document As Object, cells As String)
  Dim stream As Object, listed As Object, cell As Object, sheet As Object, place As Integer, count As Long
  stream = CreateUnoService("com.sun.star.io.TextOutputStream")
  stream.setOutputStream(CreateUnoService("com.sun.star.ucb.SimpleFileAccess").openFileWrite(cells))
  stream.setEncoding("UTF-8")
  For place = 0 To document.Sheets.Count - 1
    sheet = document.Sheets.getByIndex(place)
    If sheet.IsVisible Then
      listed = sheet.queryVisibleCells().queryContentCells(19).Cells.createEnumeration()
      Do While count < {most} And listed.hasMoreElements()
        count = count + 1
        cell = listed.nextElement()
        stream.writeString(place & Chr(9) & cell.CellAddress.Column & Chr(9) & cell.CellAddress.Row & Chr(9) _
          & Join(Split(Join(Split(cell.String, Chr(10)), " "), Chr(13)), " ") & Chr(10))
      Loop
    End If
  Next place
  stream.closeOutput()
End Sub

Function Value(name As String, content As Variant) As Object
  Dim made As New com.sun.star.beans.PropertyValue
  made.Name = name
  made.Value = content
  Value = made
End Function

Sub Tell(words As String)
  Dim channel As Integer
  channel = FreeFile
  Open {log} For Append As #channel
  Print #channel, words
  Close #channel
End Sub
"""


@dataclass(frozen=True)
class MacroFile:
    """One file to be drawn: addresses (`file:///...`) of the file, its PDF, and the list of its numbers or ''.

    `rows` are those whose height has to be found: sheet, first and last row, from 0.
    """

    source: str
    target: str
    cells: str
    rows: Sequence[tuple[int, int, int]]
    import_filter: str
    export_filter: str


def module_xml(files: Sequence[MacroFile], log: str) -> str:
    """The macro's module as LibreOffice keeps it; `log` is the address of the file its lines go to."""
    calls = "\n".join(
        f"  Draw({index}, "
        + ", ".join(
            _text(each)
            for each in (
                file.source,
                file.target,
                file.cells,
                ";".join(",".join(map(str, run)) for run in file.rows[:_MOST_RUNS]),
                file.import_filter,
                file.export_filter,
            )
        )
        + ")"
        for index, file in enumerate(files)
    )
    code = _CODE.replace("{calls}", calls).replace("{log}", _text(log)).replace("{most}", str(_MOST_NUMBERS))
    return _MODULE_XML.format(name=MODULE, code=escape(code))


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
