"""`python -m tools.make_compiled_templates` writes anew what Jinja makes of the shipped templates."""

from __future__ import annotations

from packgen.fill.kept import as_text, kept_file
from packgen.resources import resource_folder


def main() -> None:
    templates = sorted(resource_folder("templates").glob("*.docx"))
    wanted = {kept_file(template.read_bytes()): template for template in templates}
    folder = next(iter(wanted)).parent
    folder.mkdir(exist_ok=True)
    for old in set(folder.glob("*.json")) - wanted.keys():
        old.unlink()
    for kept, template in wanted.items():
        kept.write_text(as_text(template.read_bytes(), template.name), encoding="utf-8", newline="\n")
    print(f"{len(wanted)} templates compiled in {folder.parent}")


if __name__ == "__main__":
    main()
