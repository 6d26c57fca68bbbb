"""Lists of matters (权力事项清单) as workbooks: read, previewed, carried out, compared."""
