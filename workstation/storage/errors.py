"""Failures of the case database and the evidence store that a user can act on."""

from workstation.errors import WorkstationError

_RESTORE = (
    "请不要继续在该文件上工作：先把数据文件夹整个复制留存，再用最近一次备份的数据文件夹替换；"
    "没有备份的，请交信息人员用留存的副本抢救。"
)


class StorageError(WorkstationError):
    """Base of everything the storage can refuse."""

    code = "storage"


class SqliteTooOldError(StorageError):
    """The SQLite library has the WAL-reset defect, which can corrupt a database."""

    code = "sqlite_too_old"

    def __init__(self, version: str) -> None:
        super().__init__(
            f"数据库组件 SQLite {version} 过旧，存在可能损坏数据的缺陷，已拒绝打开案件库。",
            hint="请重新运行安装程序（需要 SQLite 3.51.3 以上，或 3.50.7、3.44.6）。",
        )


class NetworkPathError(StorageError):
    """The home folder lies on a network share, where SQLite's locks can't be trusted."""

    code = "network_path"

    def __init__(self, path: str, kind: str) -> None:
        super().__init__(
            f"数据文件夹“{path}”位于网络位置（{kind}），单机案件库放在那里可能损坏，已拒绝打开。",
            hint="请把数据文件夹放在本机磁盘上；多台电脑共用时请使用科室版数据库。",
        )


class ForeignDatabaseError(StorageError):
    """The file is a database of another program."""

    code = "foreign_database"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"“{path}”是其他程序的数据库，不是执法案卷工作站的案件库，未作任何改动。",
            hint="请换一个数据文件夹（--home 目录），或移走该文件后重试。",
        )


class SchemaTooNewError(StorageError):
    """The database was written by a newer release."""

    code = "schema_too_new"

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"案件库由更新版本的程序写成（结构版本{found}，本程序只认识到{known}），未作任何改动。",
            hint="请把本机程序升级到与写入该库的电脑相同或更新的版本。",
        )


class DatabaseDamagedError(StorageError):
    """The file is not a readable database, or its structure is broken."""

    code = "database_damaged"

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(f"案件库“{path}”已损坏（{detail}），未作任何改动。", hint=_RESTORE)


class WrongKeyError(StorageError):
    """The file can't be read with the key given."""

    code = "wrong_key"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"用所给的密钥打不开案件库“{path}”，未作任何改动。",
            hint="请核对密钥；密钥无误仍打不开的，说明文件已损坏，请用最近一次备份恢复。",
        )


class DatabaseBusyError(StorageError):
    """Another process kept the database locked for longer than the busy timeout."""

    code = "database_busy"

    def __init__(self) -> None:
        super().__init__(
            "案件库正被另一个程序占用，本次没有保存。", hint="请关闭其他正在处理的窗口后重试。"
        )


class DatabaseUnavailableError(StorageError):
    """The database file can't be created, opened or written."""

    code = "database_unavailable"

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(
            f"打不开或写不了案件库“{path}”（{detail}），没有改动任何内容。",
            hint="请检查数据文件夹是否存在、是否只读、磁盘是否连接；也可用 --home 换一个文件夹。",
        )


class DiskFullError(StorageError):
    """There is no room left; nothing was half-written."""

    code = "disk_full"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"磁盘空间不足，没有保存（{path}）。",
            hint="请清理该磁盘后重试，此前已保存的内容不受影响。",
        )


class StaleCaseError(StorageError):
    """Somebody else wrote the case since it was read (optimistic lock)."""

    code = "stale_case"

    def __init__(self, title: str) -> None:
        super().__init__(
            f"案件“{title}”在您打开之后已被他人修改，本次没有保存。",
            hint="请重新打开该案，核对他人的改动后再次填写；您的草稿仍然保留。",
        )


class StaleRecordError(StorageError):
    """A record other than a case was written by somebody else in the meantime."""

    code = "stale_record"

    def __init__(self) -> None:
        super().__init__("该记录已被他人修改，本次没有保存。", hint="请刷新后重新填写。")


class CaseNotFoundError(StorageError):
    """No case has that id or number."""

    code = "case_not_found"

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"没有编号为“{wanted}”的案件。",
            hint="请用 case list 查看案件编号；可填立案号、案源号、内部编号或其开头几位。",
        )


class AmbiguousCaseError(StorageError):
    """The beginning of an id fits several cases."""

    code = "ambiguous_case"

    def __init__(self, wanted: str, fitting: int) -> None:
        super().__init__(
            f"有{fitting}个案件的编号以“{wanted}”开头。", hint="请多写几位，或写完整的立案号。"
        )


class DocumentNotFoundError(StorageError):
    """No issued document has that id."""

    code = "document_not_found"

    def __init__(self, wanted: str) -> None:
        super().__init__(f"没有找到文书“{wanted}”。", hint="请用 case show 查看本案已制发的文书。")


class DocumentDamagedError(StorageError):
    """The frozen file of an issued document no longer has the digest recorded at issue."""

    code = "document_damaged"

    def __init__(self, title: str) -> None:
        super().__init__(
            f"已制发的《{title}》存档文件与制发时的校验值不符，不能使用。", hint=_RESTORE
        )


class OfficeMissingError(StorageError):
    """The office was never set up in this home folder."""

    code = "office_missing"

    def __init__(self) -> None:
        super().__init__(
            "本数据文件夹尚未登记机关信息。",
            hint="请在“设置 · 机关与人员”中填写，或先运行 demo 建立演示机关。",
        )


class MatterOverlapError(StorageError):
    """Two versions of one matter would hold on the same day."""

    code = "matter_overlap"

    def __init__(self, code: str, version: str) -> None:
        super().__init__(
            f"权力事项 {code} 的版本 {version} 与已有版本重名或施行期间重叠，没有保存。",
            hint="请核对起止日期；新版本施行前，先给旧版本填写截止日。",
        )


class NumberTakenError(StorageError):
    """The number asked for was given out or voided before."""

    code = "number_taken"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"文号“{text}”已经使用或已作废，不能再用。", hint="请留空由系统顺次取号。"
        )


class NumberOutOfOrderError(StorageError):
    """The number asked for would leave a gap."""

    code = "number_out_of_order"

    def __init__(self, text: str, following: str) -> None:
        super().__init__(
            f"文号“{text}”会造成跳号，下一个应为“{following}”。",
            hint="请留空由系统顺次取号；中间号码确已在系统外使用的，请先登记作废并写明原因。",
        )


class NumberUnknownError(StorageError):
    """The ledger holds no such number."""

    code = "number_unknown"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"文号台账中没有“{text}”。",
            hint="请照台账所列全文填写（括号用六角括号〔〕），或用 numbers list 查看。",
        )


class EvidenceFileError(StorageError):
    """A file to be taken in can't be read."""

    code = "evidence_file"

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(
            f"读不了证据文件“{path}”（{detail}），没有保存。",
            hint="请检查文件是否存在、是否可读。",
        )


class BlobMissingError(StorageError):
    """An evidence file is gone from the store."""

    code = "blob_missing"

    def __init__(self, sha256: str) -> None:
        super().__init__(
            f"证据文件 {sha256[:12]}… 不在数据文件夹中。",
            hint="请从备份恢复该文件，或用原始载体重新导入（校验值相同即可）。",
        )


class BlobDamagedError(StorageError):
    """An evidence file no longer has the bytes it was taken in with."""

    code = "blob_damaged"

    def __init__(self, sha256: str) -> None:
        super().__init__(
            f"证据文件 {sha256[:12]}… 的内容与入库时的校验值不符，不能使用。",
            hint="请从备份恢复该文件，或用原始载体重新导入（校验值相同即自动修复）。",
        )
