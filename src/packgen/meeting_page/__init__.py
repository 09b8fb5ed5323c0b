"""The meeting page, `agenda.html`: one file, no script, for people who would rather not open a PDF.

`values` gathers what it says of a pack; `html` writes that as HTML that keeps to WCAG 2.2, level AA.
"""
