"""From pages to text: layout, LaTeX, plain text and the words of a language."""
