"""TIFF batches as the PDF from which letters are cut."""
