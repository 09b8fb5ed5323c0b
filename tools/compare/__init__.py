"""packgen's own engine next to LibreOffice: the same Word documents drawn by both, and how far the pages agree."""
