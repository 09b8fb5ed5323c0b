"""What people script for an agenda pack, as a command: docxtpl fills, LibreOffice converts, pypdf joins, reportlab puts
page numbers on. No tags, no checks, nothing kept for the next time but the PDFs.

    python -m benchmarks.baseline FILLED PDFS TARGET [--only NAME]

`FILLED` holds Word files, which are rendered once more, as templates without fields; `--only` renders and converts one.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import tempfile
from pathlib import Path


def main() -> None:
    from docxtpl import DocxTemplate
    from pypdf import PdfReader, PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    arguments = argparse.ArgumentParser()
    arguments.add_argument("filled", type=Path)
    arguments.add_argument("pdfs", type=Path)
    arguments.add_argument("target", type=Path)
    arguments.add_argument("--only")
    asked = arguments.parse_args()
    asked.pdfs.mkdir(exist_ok=True)
    files = sorted(asked.filled.glob("*.docx"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rendered = []
        for file in files:
            if asked.only in (None, file.stem):
                template = DocxTemplate(str(file))
                template.render({})
                template.save(str(folder / file.name))
                rendered.append(folder / file.name)
        profile = f"-env:UserInstallation=file://{folder.as_posix()}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(asked.pdfs)]
        subprocess.run([*command, *map(str, rendered)], check=True, capture_output=True)
    writer = PdfWriter()
    for file in files:
        start = len(writer.pages)
        writer.append(str(asked.pdfs / f"{file.stem}.pdf"))
        writer.add_outline_item(title=file.stem, page_number=start)
    for number, page in enumerate(writer.pages, 1):
        overlay = io.BytesIO()
        canvas = Canvas(overlay, pagesize=(float(page.mediabox.width), float(page.mediabox.height)))
        canvas.drawCentredString(float(page.mediabox.width) / 2, 20, f"Page {number}")
        canvas.save()
        page.merge_page(PdfReader(overlay).pages[0])
    writer.write(str(asked.target))


if __name__ == "__main__":
    main()
