"""Pixels of authors' PDFs that stay in their files until the finished pack is written.

A scan is hundreds of megabytes of pixels, which nobody between the author's file and the finished one looks at. So a
document goes through all stages with a *token* in the place of the pixels of each large picture (`setting_aside`), and
only what is written to the disk has them again (`filling_in`). Whatever a token stands for must have been set aside
from a document of the very file that is written.
"""
