"""Law packs: texts of law handed on as one signed file, installed whole and taken back whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import compress
from pathlib import Path
from threading import Event

from workstation.archive import verify_capsule
from workstation.archive.law_pack_files import (
    LawPackFile,
    broken,
    read_law_pack,
    write_law_pack,
)
from workstation.errors import InvalidInputError, WorkstationError
from workstation.legislation.file_imports import GivenDays, files_in, recognise
from workstation.legislation.installed_packs import (
    InstalledPack,
    InstalledPacks,
    PackSigner,
    PackSource,
)
from workstation.legislation.law_packs import (
    EndedText,
    LawPack,
    PackChange,
    PackDifference,
    PackedText,
    differences,
    pack_files,
    pack_of,
)
from workstation.legislation.law_store import LawStore
from workstation.operations.changes import Changes
from workstation.operations.law import LawOperations
from workstation.operations.signing_keys import office_key
from workstation.storage.database import Database

Progress = Callable[[int, int], None]


class UntrustedSignerError(WorkstationError):
    """A pack is whole, but nobody here said that its signer is to be trusted."""

    code = "untrusted_signer"


class SignerTrust(StrEnum):
    """How a signer of packs stands with this office; the value is shown."""

    OWN = "本机关"
    TRUSTED = "已信任"
    UNKNOWN = "未信任"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOrder:
    """What a pack to be made is called, by whom, the days files do not tell, and what ended."""

    name: str
    by: str
    given: GivenDays | None = None
    ended: tuple[EndedText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePack:
    """A pack that was made; ``left_out`` says of each file that is not in it why."""

    path: Path
    texts: int
    fingerprint: str
    left_out: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, object]:
        """Return it as ``law pack make`` prints it."""
        return {
            "file": str(self.path),
            "instruments": self.texts,
            "fingerprint": self.fingerprint,
            "left_out": [{"file": file, "reason": reason} for file, reason in self.left_out],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInspection:
    """What a pack is and what installing it would do; nothing was written.

    ``key`` is the signer's in hex, ``own`` says that it is this office's, ``trusted`` that a pack
    of it may be installed. ``warnings`` are what a person should think of before.
    """

    pack: LawPack
    key: str
    fingerprint: str
    sha256: str
    own: bool
    trusted: bool
    differences: tuple[PackDifference, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return it as ``law pack inspect`` prints it."""
        counts = dict.fromkeys(PackChange, 0)
        for difference in self.differences:
            counts[difference.change] += 1
        return {
            "name": self.pack.name,
            "made_at": self.pack.made_at.isoformat(),
            "made_by": self.pack.made_by,
            "fingerprint": self.fingerprint,
            "made_here": self.own,
            "trusted": self.trusted,
            "warnings": list(self.warnings),
            "counts": {change.value: count for change, count in counts.items() if count},
            "differences": [difference.as_json() for difference in self.differences],
        }


class LawPackOperations:
    """Safe to call from any thread."""

    def __init__(self, folder: Path, database: Database, law: LawOperations) -> None:
        """Work on the statutes in ``folder``, which ``law`` reads; ``database`` holds our key."""
        self._folder = folder
        self._database = database
        self._law = law
        self._installed = InstalledPacks(folder)

    def make(
        self,
        paths: Iterable[Path],
        target: Path,
        order: PackOrder,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> MadePack | None:
        """Put the texts of files and folders into one signed pack; None where it was stopped.

        Raises:
            InvalidInputError: it would hold nothing, or has no name or maker.
            OSError: the place can't be written.
        """
        if not order.name.strip() or not order.by.strip():
            raise InvalidInputError("没有写明法规包的名称或者制作机关。", hint="请填写后再制作。")
        read = self._read(files_in(paths), order, progress, stop)
        if read is None:
            return None
        texts, left_out = read
        if not texts and not order.ended:
            raise InvalidInputError(
                "没有可以收入法规包的文本。",
                hint="；".join(f"{file}：{reason}" for file, reason in left_out[:3])
                or "请选择法规文件或者文件夹。",
            )
        pack = LawPack(
            name=order.name.strip(),
            made_at=datetime.now().replace(microsecond=0),
            made_by=order.by.strip(),
            texts=texts,
            ended=order.ended,
        )
        key = office_key(self._database)
        write_law_pack(target, pack_files(pack), key)
        return MadePack(
            path=target,
            texts=len(texts),
            fingerprint=verify_capsule.fingerprint(key.public),
            left_out=left_out,
        )

    def _read(
        self,
        paths: tuple[Path, ...],
        order: PackOrder,
        progress: Progress | None,
        stop: Event | None,
    ) -> tuple[tuple[PackedText, ...], tuple[tuple[str, str], ...]] | None:
        """Return the texts of files, and of each file that holds none the name and the reason."""
        texts: dict[tuple[str, date], PackedText] = {}
        left_out: list[tuple[str, str]] = []
        with self._store() as store:
            for done, path in enumerate(paths):
                if stop is not None and stop.is_set():
                    return None
                if progress is not None:
                    progress(done, len(paths))
                text = _packed(path, store, order.given)
                if isinstance(text, str):
                    left_out.append((path.name, text))
                elif (text.law.title, text.promulgated) in texts:
                    left_out.append((path.name, "包内已有同一法规同一日期的文本"))
                else:
                    texts[text.law.title, text.promulgated] = text
        return tuple(texts.values()), tuple(left_out)

    def inspect(self, path: Path) -> PackInspection:
        """Check a pack and say what installing it would do.

        Raises:
            BrokenLawPackError: it is no pack, or a byte of it was changed.
        """
        file = read_law_pack(path)
        pack = _content(path, file)
        with self._store() as store:
            found = differences(pack, store)
        trust = self.trust_in(file.key.hex())
        return PackInspection(
            pack=pack,
            key=file.key.hex(),
            fingerprint=file.fingerprint,
            sha256=file.sha256,
            own=trust is SignerTrust.OWN,
            trusted=trust is not SignerTrust.UNKNOWN,
            differences=found,
            warnings=tuple(self._warnings(pack, file)),
        )

    def _warnings(self, pack: LawPack, file: LawPackFile) -> Iterable[str]:
        key = file.key.hex()
        standing = [p for p in self._installed.packs() if not p.undone_at]
        if any(p.sha256 == file.sha256 for p in standing):
            yield "这个法规包已经安装。"
        newer = [
            p
            for p in standing
            if p.key == key and p.name == pack.name and p.made_at > pack.made_at
        ]
        if newer:
            yield (
                f"比已安装的旧：已装的制作于{newer[0].made_at:%Y-%m-%d %H:%M}，"
                f"这个制作于{pack.made_at:%Y-%m-%d %H:%M}；安装会把更正过的文本换回旧的。"
            )
        if pack.made_at > datetime.now():
            yield "制作时间在今天之后，请核对本机时钟。"

    def install(self, path: Path, by: str, *, trust: str = "") -> tuple[int, PackInspection]:
        """Install a pack in one transaction; return its number and what was done.

        ``trust`` is the fingerprint that the signer told by another way, where he is not trusted
        yet; he is from then on. The texts can be searched after the next ``LawOperations.build``,
        which adds them to the index as a segment; the old index answers until then.

        Raises:
            BrokenLawPackError: it is no pack, or a byte of it was changed.
            UntrustedSignerError: the signer is unknown and ``trust`` is not his fingerprint.
            InvalidInputError: there is nothing in it that this office does not have.
            OSError: the disk is full; nothing was installed.
        """
        found = self.inspect(path)
        told = trust.strip().upper()
        if (told and told != found.fingerprint) or not (told or found.trusted):
            raise UntrustedSignerError(
                f"签名人“{found.pack.made_by}”（指纹 {found.fingerprint}）"
                + ("与填写的指纹不符。" if told else "还没有被本机关信任。"),
                hint="请用电话等另外的途径向制作机关核对指纹，一致的，填写指纹后再安装。",
            )
        wanted = [difference.change.is_written for difference in found.differences]
        if not any(wanted):
            raise InvalidInputError("没有需要安装的：包内各项本库都已经有。", hint="不必安装。")
        count = len(found.pack.texts)
        source = PackSource(key=found.key, sha256=found.sha256, by=by, at=datetime.now())
        number = self._installed.install(
            found.pack,
            compress(found.pack.texts, wanted[:count]),
            compress(found.pack.ended, wanted[count:]),
            source,
            trust=bool(told) and not found.own,
        )
        return number, found

    def rollback(self, number: int) -> Changes:
        """Bring the statutes back as they were before the pack installed last.

        Raises:
            PackNotFoundError: it is not the last that stands.
        """
        self._installed.undo(number, datetime.now())
        return Changes.of("law", "imported")

    def packs(self) -> tuple[InstalledPack, ...]:
        """Return all packs ever installed, the newest first."""
        return self._installed.packs()

    def trust_in(self, key: str) -> SignerTrust:
        """Return how the signer with a key (hex) stands with this office."""
        with self._database.reading() as unit:
            if unit.capsules.is_own_key(bytes.fromhex(key)):
                return SignerTrust.OWN
        known = any(signer.key == key for signer in self.signers())
        return SignerTrust.TRUSTED if known else SignerTrust.UNKNOWN

    def signers(self) -> tuple[PackSigner, ...]:
        """Return the signers beside this office whose packs may be installed, the latest first."""
        return self._installed.signers()

    def distrust(self, fingerprint: str, by: str) -> Changes:
        """Trust a signer no longer: his next pack needs his fingerprint again.

        What was installed stays; it can be rolled back.

        Raises:
            InvalidInputError: no trusted signer has this fingerprint.
        """
        told = fingerprint.strip().upper()
        signer = next((s for s in self.signers() if fingerprint_of(s.key) == told), None)
        if signer is None:
            known = "、".join(f"{s.name} {fingerprint_of(s.key)}" for s in self.signers())
            raise InvalidInputError(
                "没有信任过这个指纹的签名人。", hint=f"已信任的有：{known or '没有'}。"
            )
        self._installed.distrust(signer.key)
        with self._database.writing() as unit:
            content = {"name": signer.name, "fingerprint": told, "by": by}
            unit.log.append("pack_signer_distrusted", content)
        return Changes.of("law", "signers")

    def _store(self) -> LawStore:
        self._law.open_texts()
        return LawStore.open(self._folder)


def fingerprint_of(key: str) -> str:
    """Return how a signer's key (hex) is read out over the telephone."""
    return verify_capsule.fingerprint(bytes.fromhex(key))


def _packed(path: Path, store: LawStore, given: GivenDays | None) -> PackedText | str:
    """Return the text of a file, or why it can't be in a pack."""
    found = recognise(path, store, given)
    if found.law is None:
        return found.error.message if found.error else "没有认出法规"
    if found.promulgated is None or found.effective is None:
        return "没有公布日期和施行日期，请补填施行日期"
    return PackedText(law=found.law, promulgated=found.promulgated, effective=found.effective)


def _content(path: Path, file: LawPackFile) -> LawPack:
    try:
        return pack_of(file.files)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise broken(path, "内容不完整，或者是更新的程序制作的") from error
