"""Chinese legal text: words, numerals, titles."""
