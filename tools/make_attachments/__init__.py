"""Draws the pictures and PDFs that stand beside the packs and examples as their authors' files."""
