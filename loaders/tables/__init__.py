"""Tables that stand in running text, and the head that names the columns of any table."""
