"""The pages of one object or a list of one kind: items, units, plans with their source, instruments, chains."""
