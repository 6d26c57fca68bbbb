"""What the facts of a case are called on the screen and in messages."""

from collections.abc import Mapping

FACT_LABELS: Mapping[str, str] = {
    "act_start": "违法行为开始",
    "act_second": "第二次行为",
    "act_end": "违法行为终了",
    "found_at": "发现时间",
    "place": "地点",
    "vehicle": "车辆",
    "trips": "次数",
    "volume_m3": "体积（立方米）",
    "illegal_gain": "违法所得（元）",
    "prior": "同类前案",
    "driver": "驾驶员",
    "driver_number": "驾驶员证件号",
    "corrected_on": "改正日期",
}
