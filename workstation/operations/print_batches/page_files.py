"""Pages laid out so far, kept in files: what a run has made is there when it is started again."""

from collections.abc import Mapping
from pathlib import Path

from workstation import __version__
from workstation.atomic_files import write_bytes_atomically
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.display_list_files import StalePagesError, dump_pages, load_pages
from workstation.documents.fonts import FontFace

FOLDER = "批量打印_续打用"
_SUFFIX = ".pages"


class PageFiles:
    """The pages of papers by the digest of what they were laid out from.

    The digest is of the filled .docx, so pages kept of a paper that has changed are never used.
    """

    def __init__(self, folder: Path, faces: Mapping[str, FontFace]) -> None:
        self._folder = folder / FOLDER
        self._faces = faces

    def find(self, digest: str) -> LaidOutDocument | None:
        """Return the pages kept, None where there are none or they can't be used."""
        path = self._path(digest)
        if not path.is_file():
            return None
        try:
            return load_pages(path.read_bytes(), self._faces)
        except StalePagesError:
            return None

    def put(self, digest: str, document: LaidOutDocument) -> None:
        """Keep pages.

        Raises:
            OSError: they can't be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        write_bytes_atomically(self._path(digest), dump_pages(document))

    def clear(self) -> None:
        """Forget all pages; files that are not ours stay."""
        if not self._folder.is_dir():
            return
        for path in self._folder.glob(f"*{_SUFFIX}"):
            path.unlink()
        if not any(self._folder.iterdir()):
            self._folder.rmdir()

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}_{__version__}{_SUFFIX}"
