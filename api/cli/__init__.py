"""The command line: each command, what it prints, and whether a server does its work."""
