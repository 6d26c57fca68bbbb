"""Forms: text source, .docx, Chinese layout, PDF."""
