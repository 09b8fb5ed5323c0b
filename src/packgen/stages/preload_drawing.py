"""Imports what drawing needs, so that a process has it ready before its first task.

It imports while the pack is still being read and checked. What tags take is not among it: a process that draws a single
document leaves them to the one that asked for it, which has to load that library anyway.
"""

# ruff: noqa: F401  # all of them are imported to be there, not to be used here
import markdown_it
import mdit_py_plugins.footnote
import mdit_py_plugins.gfm_autolink

import packgen.convert.compile
import packgen.convert.proof
import packgen.convert.read.document
import packgen.convert.write.document
import packgen.fill.long_rows
import packgen.fill.package
import packgen.fill.properties
import packgen.fill.quick
import packgen.fill.stories
import packgen.pdfium
import packgen.prose.parse
import packgen.stages.drawing
