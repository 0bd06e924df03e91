"""Which dossier a letter belongs to: evidence from the register and earlier letters, its weight, the decision."""
