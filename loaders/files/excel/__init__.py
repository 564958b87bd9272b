"""Excel: sheets of the two kinds of files, their cells as shown, and what lies beside them."""
