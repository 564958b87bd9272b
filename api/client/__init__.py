"""The Python client of a running service: typed rows and objects, pages as iterators, problems as exceptions."""
