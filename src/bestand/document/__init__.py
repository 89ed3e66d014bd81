"""Documents: the blocks of an answer, and how they are set as HTML, PDF, DOCX, Markdown and on a terminal."""
