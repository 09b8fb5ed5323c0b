"""Imports what workers need, for builds in which everything is drawn, joined and read back."""

# ruff: noqa: F401  # all of them are imported to be there, not to be used here
import reportlab.lib.utils
import reportlab.pdfbase.pdfmetrics
import reportlab.pdfbase.ttfonts
import reportlab.pdfgen.canvas

import packgen.convert.tags
import packgen.merge.structure
import packgen.merge.tagging
import packgen.stages.preload_drawing
import packgen.stages.preload_joining
