"""Tables that stand in running text, and the header that names the columns of any table."""
