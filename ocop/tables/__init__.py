"""Lists that people bring as Excel files: the columns, every row read with its faults, the file to fill in."""
