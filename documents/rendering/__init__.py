"""A letter on paper and on a page: text, HTML, PDF. WeasyPrint is imported by the worker only."""
