"""The answers that REST, pages and the command line share."""
