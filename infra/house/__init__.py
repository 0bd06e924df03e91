"""Our house constructs: a resource as every context has it, safe without being asked."""
