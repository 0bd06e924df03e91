"""Access beyond the standing relations: broken glass and seals, as people ask for them. The rows are the register's."""
