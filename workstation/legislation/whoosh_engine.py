"""The one door to Whoosh 2.7.4.

Whoosh has been frozen since 2016: compiling it warns about ``is 0`` and old escapes. All modules
that are used are imported here with those warnings off, so that neither users nor tests see them.
Index files hold pickles: nothing here may be pointed at files that another machine wrote.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import columns, formats, index, query, scoring
    from whoosh.codec import whoosh3
    from whoosh.fields import COLUMN, STORED, TEXT, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.filetables import OrderedHashWriter
    from whoosh.filedb.structfile import BufferFile
    from whoosh.util.numeric import byte_to_length, length_to_byte

__all__ = [
    "COLUMN",
    "STORED",
    "TEXT",
    "BufferFile",
    "FileStorage",
    "OrderedHashWriter",
    "Schema",
    "byte_to_length",
    "columns",
    "formats",
    "index",
    "length_to_byte",
    "query",
    "scoring",
    "whoosh3",
]
