"""F1: the map of keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from ui.widgets.text_labels import label

KEYS = (
    ("Ctrl+K", "查找案件、法条、命令"),
    ("F2 – F8", "打开各页（见左侧）"),
    ("Ctrl+N", "新建案件"),
    ("Ctrl+F", "页内筛选；案件中：在本案的文书、草稿、证据中查找"),
    ("F3 / Shift+F3", "案件中查找：下一处 / 上一处"),
    ("Ctrl+Shift+F", "检索法规"),
    ("Ctrl+L", "在侧栏检索法规、案例、实务：↓ 到结果，↑↓ 选，Enter 打开，Esc 收起"),
    ("Alt+1 / 2 / 3 / 4", "e助理：法律法规 / 案例 / 办案实务 / 核对引用"),
    ("Alt+W", "e助理：扩展日常用语，或只按所写的词检索"),
    ("Ctrl+Shift+C", "复制所看条文的规范引用（选中一款、一项的文字则引到款、项）"),
    ("Enter", "打开所选案件、步骤或文书"),
    ("空格", "查看所选步骤的规则与依据"),
    ("J / K", "审核清单：下一项 / 上一项"),
    ("1 / 2 / 3", "审核清单：作出符合 / 不符合 / 不适用的结论，接着写理由"),
    ("Alt+↑ / Alt+↓", "上一步骤 / 下一步骤"),
    ("Ctrl+1 … Ctrl+6", "切换案件中的栏目组"),
    ("Ctrl+S", "立即保存草稿"),
    ("Ctrl+Z / Ctrl+Y", "撤销 / 重做"),
    ("Ctrl+Enter", "执行本页的主要操作"),
    ("Ctrl+P", "打印当前文书"),
    ("Ctrl+D", "把所看条文列为常用 / 不再常用"),
    ("Ctrl+J", "为所写的栏目选用常用语"),
    ("Ctrl+Shift+J", "选中下一处要填的空白"),
    ("Ctrl+Shift+K", "更正笔录中选中的字"),
    ("Ctrl+Shift+I", "把所看条文引入本案文书"),
    ("Ctrl++ / Ctrl+− / Ctrl+0", "预览放大 / 缩小 / 适宽"),
    ("Ctrl+W", "关闭当前案件"),
    ("Esc", "返回"),
)


class KeyMap(QDialog):
    """Lists the keys that work everywhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键一览")
        layout = QGridLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setHorizontalSpacing(24)
        for row, (keys, meaning) in enumerate(KEYS):
            layout.addWidget(label(keys, "accent"), row, 0, Qt.AlignmentFlag.AlignRight)
            layout.addWidget(label(meaning), row, 1)

    def open_beside(self) -> None:
        """Show the map without stopping the window."""
        self.setModal(False)
        self.show()
        self.raise_()
