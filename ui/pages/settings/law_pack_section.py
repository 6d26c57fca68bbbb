"""The section on law packs: choose one, see what it would change, install it, go back."""

import getpass
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.pages.settings.taking_section import TakingSection
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, set_role
from workstation.legislation.installed_packs import InstalledPack
from workstation.legislation.law_packs import Counts, PackDifference
from workstation.operations.changes import Changes
from workstation.operations.law_packs import PackInspection, SignerTrust, fingerprint_of

_PACKS = ("名称", "制作机关", "制作", "安装", "部数", "状态", "签名人")
_PACK_WIDTHS = (220, 180, 140, 200, 50, 140)
_FOUND = ("法规", "变化", "施行或失效", "本库文本", "条", "款")
_FOUND_WIDTHS = (300, 110, 105, 105, 170)
_KINDS = "法规包 (*.lawpack)"
_INTRODUCTION = (
    "法规包是一个签名的文件，可以用 U 盘从上级机关或者别的办公室带来。先列出将带来的变化，再安装；"
    "全部装上或者一部也不装，装上的可以整包回退。国家法律库自带的文本不会被替换。"
)


class LawPackSection(TakingSection):
    """Nothing is installed before its differences were shown; a stranger's pack needs more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._path: Path | None = None
        self._inspection: PackInspection | None = None
        self._packs: tuple[InstalledPack, ...] = ()
        self.packs = RecordTableModel(_PACKS)
        self.found = RecordTableModel(_FOUND)
        self.table = record_table(self.packs, "安装过的法规包", _PACK_WIDTHS)
        self._found_table = record_table(self.found, "安装将带来的变化", _FOUND_WIDTHS)
        self.file = button("选择法规包…")
        self.back = button("回退最后安装的", flat=True)
        self.doubt = button("不再信任所选的签名人", flat=True)
        self.doubt.setToolTip("他以后的法规包须重新核对指纹才能安装；已安装的保留，可以回退")
        self.doubt.setEnabled(False)
        self._trust: dict[str, SignerTrust] = {}
        self.trust = QLineEdit()
        self.install = button("安装", primary=True)
        self.heading = label("", "heading", wraps=True)
        self.signer = label("", "muted", wraps=True)
        self._lay_out(
            _INTRODUCTION,
            (self.file, self.back, self.doubt),
            self.table,
            (self.heading, self.signer, self._found_table),
            (self.trust, "另行核对过的签名指纹", 330),
            self.install,
        )
        self.file.clicked.connect(self.choose_file)
        self.back.clicked.connect(self.roll_back)
        self.doubt.clicked.connect(self.distrust)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._allow_doubt())
        self.install.clicked.connect(self.install_pack)
        self.trust.textChanged.connect(self._allow)
        self.reload()

    @override
    def reload(self) -> None:
        """Read what was installed again."""
        packs = self._desk.workstation.law_packs
        self._desk.tasks.read(
            lambda: tuple((pack, packs.trust_in(pack.key)) for pack in packs.packs()),
            owner=self,
            done=self._show,
            latest="packs",
        )

    def choose_file(self) -> None:
        """Ask for a pack and show what it would change."""
        path = self._desk.prompter.choose_file(self, "选择法规包", Path.home(), _KINDS)
        if path is not None:
            self.inspect(path)

    def inspect(self, path: Path) -> None:
        """Check a pack and show what installing it would change; nothing is written."""
        self._forget()
        self._path = path
        self._say("正在核对签名、比较文本…")
        self._desk.tasks.read(
            lambda: self._desk.workstation.law_packs.inspect(path),
            owner=self,
            done=self._show_found,
            failed=self._failed,
        )

    def install_pack(self) -> None:
        """Install the pack that is shown; the index follows in the background."""
        if self._path is None:
            return
        path, by, trust = self._path, self.by.text().strip(), self.trust.text().strip()
        self.install.setEnabled(False)
        self._desk.tasks.write(
            lambda: self._desk.workstation.law_packs.install(path, by, trust=trust),
            owner=self,
            done=self._installed,
            failed=self._failed,
            title="安装法规包",
        )

    def roll_back(self) -> None:
        """Bring the statutes back as they were before the pack installed last."""
        last = next((pack for pack in self._packs if not pack.undone_at), None)
        if last is None:
            self._say("没有可以回退的法规包。")
            return
        self._desk.tasks.write(
            lambda: self._desk.workstation.law_packs.rollback(last.id),
            owner=self,
            done=lambda changes: self._changed(changes, f"已回退“{last.name}”。"),
            failed=self._failed,
            title="回退法规包",
        )

    def distrust(self) -> None:
        """Trust the signer of the chosen pack no longer; what is installed stays."""
        pack = self._chosen()
        by = self.by.text().strip() or getpass.getuser()
        if pack is None:
            return
        packs, told = self._desk.workstation.law_packs, fingerprint_of(pack.key)
        self._desk.tasks.write(
            lambda: packs.distrust(told, by),
            owner=self,
            done=lambda changes: self._on_distrusted(changes, pack.made_by),
            failed=self._failed,
            title="不再信任签名人",
        )

    def _on_distrusted(self, changes: Changes, name: str) -> None:
        self._say(f"不再信任“{name}”的这个签名；以后安装须重新核对指纹。")
        self._desk.bus.publish(changes)

    def _chosen(self) -> InstalledPack | None:
        row = self.table.currentIndex().row()
        return self._packs[row] if 0 <= row < len(self._packs) else None

    def _allow_doubt(self) -> None:
        pack = self._chosen()
        trusted = self._trust.get(pack.key) if pack is not None else None
        self.doubt.setEnabled(trusted is SignerTrust.TRUSTED)

    def _show(self, read: tuple[tuple[InstalledPack, SignerTrust], ...] | None) -> None:
        self._packs = tuple(pack for pack, _ in read or ())
        self._trust = {pack.key: trust for pack, trust in read or ()}
        self.packs.show([_pack_row(pack, trust) for pack, trust in read or ()])
        self._allow_doubt()
        self.back.setEnabled(any(not pack.undone_at for pack in self._packs))
        if not self._packs and self._path is None:
            self._say("还没有安装过。插入 U 盘后点“选择法规包”，先看变化再安装。")

    def _show_found(self, found: PackInspection) -> None:
        self._inspection = found
        self.found.show([_difference_row(difference) for difference in found.differences])
        made = f"{found.pack.made_at:%Y-%m-%d %H:%M}"
        self.heading.setText(f"{found.pack.name}（{found.pack.made_by}，{made} 制作）")
        known = (
            "本机关签名" if found.own else "已信任" if found.trusted else "还没有信任过的签名人"
        )
        told = "" if found.trusted else "：请用电话等途径向制作机关核对，一致的，把指纹填在下面。"
        self.signer.setText(f"指纹 {found.fingerprint}　{known}{told}")
        set_role(self.signer, "muted" if found.trusted else "error")
        self.trust.setVisible(not found.trusted)
        self._below.show()
        written = sum(difference.change.is_written for difference in found.differences)
        warned = "".join(f"⚠ {warning}" for warning in found.warnings)
        self._say(f"签名完好。共{len(found.differences)}项，将写入{written}项。{warned}")
        self._allow()

    def _installed(self, done: tuple[int, PackInspection]) -> None:
        number, found = done
        self._forget()
        self._changed(
            Changes.of("law", "imported"), f"已安装第{number}号法规包“{found.pack.name}”。"
        )

    def _changed(self, changes: Changes, said: str) -> None:
        self._say(said)
        self._publish(changes)

    @override
    def _forget(self) -> None:
        self._path = self._inspection = None
        self.trust.clear()
        super()._forget()

    @override
    def _allow(self) -> None:
        found = self._inspection
        told = self.trust.text().strip().upper()
        self.install.setEnabled(
            found is not None
            and bool(self.by.text().strip())
            and (found.trusted or told == found.fingerprint)
            and any(difference.change.is_written for difference in found.differences)
        )


def _pack_row(pack: InstalledPack, trust: SignerTrust) -> tuple[str, ...]:
    return (
        pack.name,
        pack.made_by,
        f"{pack.made_at:%Y-%m-%d %H:%M}",
        f"{pack.installed_at.replace('T', ' ')[:16]} {pack.installed_by}",
        str(len(pack.imports)),
        f"已回退 {pack.undone_at[:10]}" if pack.undone_at else "在库",
        trust.value,
    )


def _difference_row(difference: PackDifference) -> tuple[str, ...]:
    return (
        difference.title,
        difference.change.value,
        difference.day.isoformat(),
        difference.before.isoformat() if difference.before else "—",
        _counted(difference.articles),
        _counted(difference.paragraphs),
    )


def _counted(counts: Counts) -> str:
    named = (("新增", counts.added), ("删去", counts.removed), ("修改", counts.changed))
    return "　".join(f"{name} {count}" for name, count in named if count) or "—"
