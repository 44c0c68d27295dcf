"""Partners' records from files: read, checked row by row, compared with what is there, written."""
