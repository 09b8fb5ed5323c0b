"""Imports what workers need, so that the process they are started from has it ready before the first task comes.

That process imports while the pack is still being read and checked; what is missing here each worker imports by itself.
"""

# ruff: noqa: F401  # all of them are imported to be there, not to be used here
import markdown_it
import mdit_py_plugins.footnote
import mdit_py_plugins.gfm_autolink
import reportlab.lib.utils
import reportlab.pdfbase.pdfmetrics
import reportlab.pdfbase.ttfonts
import reportlab.pdfgen.canvas

import packgen.convert.compile
import packgen.convert.proof
import packgen.convert.read.document
import packgen.convert.tags
import packgen.convert.write.document
import packgen.fill.long_rows
import packgen.fill.package
import packgen.fill.properties
import packgen.fill.quick
import packgen.fill.stories
import packgen.merge.structure
import packgen.merge.tagging
import packgen.prose.parse
import packgen.stages.preload_joining
