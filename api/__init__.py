"""What a user touches: three doors (REST, pages, command line) over one set of answers."""
