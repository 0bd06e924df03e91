"""PDFs as they come: checked, described, and cut without changing their pages."""
