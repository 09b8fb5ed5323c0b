"""Word documents as authors send them, made by scripts: each feature of Word that reports use, alone and together."""
