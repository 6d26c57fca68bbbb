"""Pages laid out so far, kept in files: what a run has made is there when it is started again."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from workstation import __version__
from workstation.atomic_files import write_bytes_atomically
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.display_list_files import StalePagesError, dump_pages, load_pages
from workstation.documents.fonts import FontFace

FOLDER = "批量打印_续打用"
_SUFFIX = ".pages"
_INDEX = "index.lines"


class PageFiles:
    """The pages of papers by the digest of what they were laid out from.

    The digest is of the filled .docx, so pages kept of a paper that has changed are never used.
    An index, a line for every paper, says how many pages a whole file holds and which paper came
    of which basis (see :mod:`workstation.operations.print_batches.bases`): a run that goes on
    neither fills a paper again nor reads its pages before they are merged.
    """

    def __init__(self, folder: Path, faces: Mapping[str, FontFace]) -> None:
        self._folder = folder / FOLDER
        self._faces = faces
        fonts = hashlib.sha256("\n".join(sorted(faces)).encode()).hexdigest()
        self._maker = f"{__version__} {fonts}"
        self._pages: dict[str, tuple[int, str]] = {}
        self._bases: dict[str, str] = {}
        self._read_index()

    def find(self, digest: str) -> LaidOutDocument | None:
        """Return the pages kept, None where there are none or they can't be used."""
        path = self._path(digest)
        if not path.is_file():
            return None
        try:
            return load_pages(path.read_bytes(), self._faces)
        except StalePagesError:
            return None

    def count(self, digest: str) -> int | None:
        """Return how many pages are kept, None where the file is not as it was written."""
        pages, written = self._pages.get(digest, (0, ""))
        path = self._path(digest)
        if not written or not path.is_file():
            return None
        return pages if hashlib.sha256(path.read_bytes()).hexdigest() == written else None

    def paper_of(self, basis: str) -> str:
        """Return the digest of the paper that came of a basis, empty when that isn't known."""
        return self._bases.get(basis, "")

    def put(self, digest: str, document: LaidOutDocument, basis: str = "") -> int:
        """Keep pages and return how many they are.

        Raises:
            OSError: they can't be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        data = dump_pages(document)
        write_bytes_atomically(self._path(digest), data)
        count = len(document.pages)
        self._note(digest, count, hashlib.sha256(data).hexdigest(), basis)
        return count

    def note_basis(self, basis: str, digest: str) -> None:
        """Keep that a paper whose pages are kept came of another basis as well."""
        self._note(digest, *self._pages[digest], basis)

    def clear(self) -> None:
        """Forget all pages; files that are not ours stay."""
        if not self._folder.is_dir():
            return
        for path in (*self._folder.glob(f"*{_SUFFIX}"), self._folder / _INDEX):
            path.unlink(missing_ok=True)
        if not any(self._folder.iterdir()):
            self._folder.rmdir()

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}_{__version__}{_SUFFIX}"

    def _note(self, digest: str, count: int, written: str, basis: str) -> None:
        self._take(digest, count, written, basis)
        line = json.dumps([self._maker, digest, count, written, basis])
        with (self._folder / _INDEX).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(f"{line}\n")

    def _take(self, digest: str, count: int, written: str, basis: str) -> None:
        self._pages[digest] = count, written
        if basis:
            self._bases[basis] = digest

    def _read_index(self) -> None:
        """Read the lines written by this program with these fonts; a torn one is left out."""
        for maker, digest, count, written, basis in _lines(self._folder / _INDEX):
            if maker == self._maker:
                self._take(digest, count, written, basis)


def _lines(path: Path) -> Iterator[tuple[str, str, int, str, str]]:
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            maker, digest, count, written, basis = json.loads(line)
        except (ValueError, TypeError):
            continue
        yield str(maker), str(digest), int(count), str(written), str(basis)
