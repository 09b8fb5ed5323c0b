"""Imports what drawing needs, so that the process that workers are started from has it ready before the first task.

That process imports while the pack is still being read and checked; what is missing here each worker imports by itself.
"""

# ruff: noqa: F401  # all of them are imported to be there, not to be used here
import markdown_it
import mdit_py_plugins.footnote
import mdit_py_plugins.gfm_autolink

import packgen.convert.compile
import packgen.convert.pdf_words
import packgen.convert.proof
import packgen.convert.read.document
import packgen.convert.tags
import packgen.convert.write.document
import packgen.fill.long_rows
import packgen.fill.package
import packgen.fill.properties
import packgen.fill.quick
import packgen.fill.stories
import packgen.prose.parse
import packgen.stages.drawing
