"""The command line: the commands, their output, and whether a server does the work."""
