"""Filling: a Word template and data become a Word document.

Takes the template's bytes and plain data; gives the bytes of a DOCX, the same for the same inputs. Never draws, never
starts a program, never lets a template read a file.
"""

from packgen.fill.context import complete_context
from packgen.fill.fill import fill_template
from packgen.fill.names import template_names
from packgen.fill.properties import DocumentProperties

__all__ = ["DocumentProperties", "complete_context", "fill_template", "template_names"]
