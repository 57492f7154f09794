"""Papers as Word documents to work on: the same data and words as the PDF, which alone is kept and hashed."""
