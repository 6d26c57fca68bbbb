"""The results of the command line for people: Chinese labels instead of JSON names."""

from collections.abc import Iterator
from typing import Any

_LABELS = {
    "home": "数据文件夹", "case_id": "案件编号", "case_number": "立案号",
    "steps_done": "已办步骤", "documents": "文书", "volume": "案卷", "pictures": "页面图片",
    "id": "编号", "number": "文号", "lead_number": "案源号", "title": "名称", "docx": "Word",
    "pdf": "PDF", "inner_pdf": "副卷PDF", "package": "案卷包", "pages": "页数", "cases": "案件",
    "party": "当事人", "cause": "案由", "officers": "承办人", "filed_on": "立案日期",
    "as_of": "截至", "steps": "步骤", "n": "序号", "name": "名称", "phase": "阶段",
    "state": "状态", "done_on": "完成日", "reason": "说明", "basis": "依据",
    "blocked_by": "阻断", "next": "下一步", "next_actor": "由谁办", "deadlines": "期限",
    "code": "代码", "from": "起算", "last_day": "末日", "days_left": "余（日）", "late": "逾期",
    "holder": "对谁", "provisional": "待节假日通知", "note": "备注", "events": "经过",
    "step": "步骤", "at": "时间", "date": "日期", "served_at": "送达", "seal": "封卷摘要",
    "catalogue": "卷内目录", "position": "序号", "from_page": "起页", "to_page": "止页",
    "recorded": "已记事件", "refused_at": "停在", "findings": "发现", "guard": "闸门",
    "check": "审核项", "level": "级别", "message": "问题", "fix": "处理",
    "overridable": "可书面放行", "valid": "校验通过", "problems": "问题", "files": "文件数",
    "took_ms": "用时（毫秒）", "expanded": "扩展词", "results": "结果", "instrument": "法律",
    "article": "条", "heading": "编章节", "kind": "种类", "text": "条文", "promulgated": "公布",
    "effective_from": "施行", "effective_to": "失效", "in_force": "当日有效", "score": "得分",
    "why": "理由", "banner": "提示", "trust": "可信程度", "date_basis": "日期依据",
    "source": "来源", "start": "起算", "moment": "时刻", "derivation": "推算", "day": "日",
    "counted": "计入", "form": "文种", "event": "事件", "approver": "批准人",
    "guard_title": "放行的规则", "track": "程序",
    "overrides": "书面放行", "execution": "执行", "fine": "罚款", "confiscated": "没收违法所得",
    "paid": "已缴", "payment_last_day": "缴款末日", "surcharge": "加处罚款", "daily": "每日",
    "days": "计算日数", "uncapped": "按日累计", "accrued": "封顶后", "cap": "上限",
    "waived": "减免", "decided": "已作决定", "suspended": "停算期间", "first": "自", "last": "至",
    "instalments": "分期", "amount": "数额", "open": "未缴", "remaining": "尚欠",
    "due": "应缴合计", "refunded": "已退还", "refund_due": "应退还", "notes": "说明",
    "notices": "所据节假日通知", "shift": "起算日移动后",
    "moved_days": "移动（日）", "difference_days": "末日相差（日）", "deductions": "扣除",
    "earliest_decision": "可以作出决定的日期", "first_day": "最早", "empty": "已无可用日期",
    "reasons": "理由", "starts": "自何时起算", "counting": "计算方法", "consequence": "后果",
    "trigger": "起算事由", "evidence": "证据", "what_if": "试算", "rule": "期限",
    "moved": "变动的期限", "unmoved": "不变的期限", "before": "原末日", "after": "试算末日",
    "state_before": "原状态", "state_after": "试算状态", "window_empty": "试算后已无可用日期",
    "cautions": "须注意", "years": "年份", "year": "年份", "days_off": "放假（天）",
    "days_worked": "调休上班（天）", "holiday_notices": "通知", "published": "成文日期",
    "verified": "已核实", "own": "本局导入", "history": "历史", "entered_by": "登记人",
    "entered_at": "登记时间", "withdrawn": "撤回", "taken_in": "已收入", "complete": "全年安排",
    "warnings": "须核对", "notice_days": "各日", "what": "安排", "now": "原为", "new": "变动",
    "certificate": "期限证明书", "file": "文件",
    "counts": "各组数量", "group": "组", "recomputed_cases": "重算案件",
    "entries": "封存条数", "readers": "指定查看人", "granted_by": "由谁指定",
    "person": "姓名", "deed": "做了什么", "looks": "登记与查看记录", "interventions": "干预登记",
    "numbers": "文号", "gaps": "断号", "reserved": "预留未用",
    "blank_backs": "空白背面", "duplex": "双面", "tray": "纸盒", "copies": "份数",
    "sheets": "用纸（张）", "by_hand": "签名盖章", "who": "由谁", "place": "位置",
    "recipient": "给谁", "printer": "打印机", "printers": "打印机", "jobs": "打印任务",
    "job": "任务号", "problem": "没有送出的原因", "failed": "没有送出", "draft": "草稿",
    "missing": "缺", "printings": "打印台账", "out_of_date": "纸质已过期", "paper": "纸质",
    "paper_reason": "过期原因", "printed_by": "打印人", "printed_at": "打印时间",
    "counter": "计数器", "serial": "序号",
    "post": "单位和职务", "manner": "方式", "content": "内容", "materials": "留存材料",
    "recorded_by": "登记人", "recorded_at": "登记时间", "password_set": "已设置口令",
    "imported": "已导入", "notice": "通告", "list_kind": "清单", "rows": "行数",
    "added": "新增", "changed": "变更", "unchanged": "不变", "tiers": "裁量阶次",
    "errors": "错误", "sheet": "工作表", "row": "行", "cell": "单元格", "value": "所填",
    "count": "项数", "matters": "事项", "fields": "内容", "versions": "版本",
    "version": "版本", "penalty": "处罚条款", "field": "领域", "authority": "权力类型",
    "added_matters": "新增事项", "changed_matters": "变更事项",
    "withdrawn_matters": "取消事项", "rolled_back": "已撤回",
    "matters_seen": "看过的事项", "cases_seen": "看过的案件",
    "touch": "原因", "since": "自", "advice": "怎么办", "changes": "变动", "fate": "变动",
    "candidates": "候选阶次", "side": "哪一边", "tier": "阶次", "condition": "条件",
    "fit": "是否符合", "fine_min": "下限", "fine_max": "上限", "testable": "可由程序核对",
    "item": "审核事项", "mode": "由谁判定", "overruled": "改判",
    "summary": "合计", "document": "文书",
    "authorities": "登记", "whole_list": "整单", "was": "原来", "becomes": "现在",
    "citations": "引用的条文", "citation": "引用", "places": "引用之处", "wrong": "不能引用",
    "act_day": "行为日", "papers": "文书", "page": "页", "field_label": "栏目",
    "passages": "所在", "section": "段", "marked": "命中", "texts": "在架", "tags": "标签",
    "shelves": "各架", "laws": "法律法规", "left_out": "没有收入", "articles": "引用条文",
    "pins": "引入的条文", "pinned_at": "引入时间",
    "role": "作为", "similar": "本局同类已结案件",
    "in": "所在", "query": "查找", "times": "处数", "unread": "没有查找的",
    "gap": "缺少的文本", "replaced_by": "被谁废止", "replaces": "废止了",
    "settings": "打印设置", "set_here": "本机设置",
    "phrases": "常用语", "wording": "用语", "blanks": "空白", "forms": "适用文书",
    "withdrawn_on": "撤下日", "withdrawn_by": "由谁撤下",
    "day_kind": "按何日核对", "verdict": "结论",
    "adjustments": "加减分", "against": "对照的审核项", "anchor": "批注所在文字",
    "answer": "答复", "answered_by": "答复人", "appeals": "申诉", "appendices": "附件",
    "applying": "适用", "appraiser": "评查人", "argument": "对方可能的主张", "ask": "问题",
    "author": "作者", "band": "幅度", "base": "原来的写法", "blocking": "阻断", "by": "由谁",
    "by_trust": "各可信程度的部数", "bytes": "字节数", "capsules": "胶囊", "case": "案件",
    "cells": "各格", "change": "变动", "changes_since": "此后的改动",
    "check_said": "清单当时的结论", "checked": "已检查", "checked_at": "检查时间",
    "checks": "审核项", "chosen": "所选", "circles": "比较范围", "clashes": "时间冲突",
    "closed": "已结束", "concluded": "作出意见", "conclusions": "十项结论",
    "conflicts": "不一致", "dated": "落款日期", "decided_by": "决定人",
    "decided_on": "决定日期", "delivery": "送达序号", "differences": "变化", "drafts": "草稿",
    "duties": "义务条", "effective": "施行", "element": "要素", "end": "结束", "error": "错误",
    "explanation": "说明", "faults": "问题", "faults_file": "问题清单",
    "fingerprint": "签名指纹", "for_a_person": "待人工", "found": "查出", "full": "满分",
    "grade": "等次", "ground": "事由", "ground_basis": "事由的依据", "header": "提示",
    "higher": "更高的件数", "highest": "最高", "hint": "怎么办", "holiday": "节假日",
    "holidays": "放假", "how": "方式", "import": "导入号", "imports": "导入记录",
    "inner": "副卷", "installed": "安装号", "installed_at": "安装时间",
    "installed_by": "安装人", "signers": "信任的签名人", "trusted_by": "由谁信任",
    "trusted_at": "信任时间", "distrusted": "不再信任",
    "instruments": "法规部数", "issuing_body": "制定机关",
    "items": "各项", "label": "栏目", "legal": "合法", "lightness": "轻重比较",
    "likeness": "情节相同项", "lost": "败诉件数", "lost_cases": "败诉案件",
    "lost_here": "本局因此败诉", "lower": "更低的件数", "lowest": "最低",
    "made_at": "制作时间", "made_by": "制作人", "made_here": "本机制作", "made_on": "制作日期",
    "main": "正卷", "make_up": "调休上班", "masked": "已遮蔽", "matter": "权力事项",
    "median": "中位数", "mended": "已改好", "merged": "合并结果", "method": "送达方式",
    "mine": "手改的写法", "minimum": "至少须有", "missed": "清单未发现", "months": "回溯月数",
    "near": "附近文字", "needed": "还须查明", "new_article": "新条", "new_paragraph": "新款",
    "next_stage": "下一环节", "not_served": "没有送达", "officer_opinion": "承办人意见",
    "old": "旧", "old_article": "旧条", "old_paragraph": "旧款", "one": "甲",
    "open_tasks": "未答复的任务", "opinion": "意见", "other": "乙", "overdue": "逾期",
    "packs": "法规包", "paragraph": "款", "paragraphs": "款", "parameters": "参数",
    "passed_over": "未选用", "path": "途径", "penalties": "罚则条", "pending": "待处理",
    "people": "人员", "pinned": "常用条文", "points": "审核重点", "printed": "印有的事实",
    "proposals": "建议", "proposed": "建议", "questions": "问题", "quote": "所引文字",
    "receipt": "送达回证", "receiver": "签收人", "receiver_role": "签收人身份",
    "recent": "最近检索", "recorded_on": "登记日期", "refusal": "拒收", "region": "地区",
    "rejected": "不采纳", "relations": "关系", "remarks": "意见", "replies": "回件",
    "reporter": "举报人", "restored": "已恢复", "result": "结果", "reused": "沿用",
    "reversed": "已撤回", "reviewer": "审核人", "roles": "角色", "round": "轮次",
    "rounds": "各轮", "ruling": "裁判", "rulings": "裁判", "same": "相同件数",
    "scores": "得分", "seat": "评查席位", "seats": "评查席位", "second": "复评",
    "seed": "种子", "sentence": "说明", "sets": "问题组", "sha256": "摘要",
    "share": "抽取比例", "sound": "没有问题", "stage": "环节", "standard": "评查标准",
    "statement": "理由", "statutory": "法定", "stopped": "已停止", "subjects": "结论项目",
    "submitted": "送审", "suggestion": "改法", "suggestions": "建议", "support": "本卷依据",
    "takeable": "可以采用", "taken": "收件", "target": "所评项目", "tasks": "任务",
    "theirs": "案件现在的写法", "time": "时间", "to": "至", "told_before": "清单已提示",
    "too_few": "件数过少", "trusted": "已信任签名", "unanswered": "无答复",
    "unchecked_open": "未检查的在办案件", "uncontrolled": "未比对的文字", "undone": "已撤回",
    "undone_at": "撤回时间", "unexplained": "未写事由", "unit_opinion": "机构意见",
    "unpaired_quotes": "引号不成对", "unstated": "没有写明的情节", "upheld": "是否成立",
    "valid_from": "自何日起", "value_text": "取值", "values": "栏目", "vetoes": "一票否决",
    "voided_by": "使意见失效的改动", "voucher": "凭证", "waits_for": "等谁办",
    "weaknesses": "弱点", "witness": "见证人", "won_but_noted": "已提示而未败诉",
    "origin": "出自", "certain": "是否确定", "sources": "来源", "voids": "使意见失效",
    "removed": "减少", "says": "内容", "relation": "关系", "outcome": "结果",
    "compared": "比对的文字", "lacking": "缺少",
    "corrections": "更正", "correction": "更正", "nature": "性质", "served": "已送达",
    "actor": "经办", "time_served": "第几次送达",
}  # fmt: skip
_STATES = {
    "done": "已办", "now": "进行中", "blocked": "阻断", "due": "将到期", "waiting": "未到",
    "not_applicable": "不适用",
}  # fmt: skip
_LEFT_OUT = frozenset({"lines", "fonts", "paragraphs", "key", "id", "score"})


def has_label(name: str) -> bool:
    """Tell whether a JSON name is told in Chinese, or not told to people at all."""
    return name in _LABELS or name in _LEFT_OUT


def as_text(result: dict[str, Any]) -> str:
    """Return a result as indented lines: one line per simple value, one block per record."""
    return "".join(_lines(result, 0))


def _lines(record: dict[str, Any], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, value in record.items():
        if key in _LEFT_OUT or value in (None, "", [], {}):
            continue
        label = _LABELS.get(key, key)
        if isinstance(value, dict):
            yield f"{indent}{label}：\n"
            yield from _lines(value, depth + 1)
        elif key == "derivation":
            yield f"{indent}{label}：\n"
            yield from (f"{indent}  {_day_line(day)}\n" for day in value)
        elif isinstance(value, list) and isinstance(value[0], dict):
            yield f"{indent}{label}：\n"
            for entry in value:
                yield from _entry(entry, depth + 1)
        else:
            yield f"{indent}{label}：{_scalar(value, indent)}\n"


def _entry(record: dict[str, Any], depth: int) -> Iterator[str]:
    lines = list(_lines(record, 0))
    flat = "　".join(line.rstrip() for line in lines)
    if len(flat) <= 96 and "\n" not in flat:
        yield "  " * depth + flat + "\n"
        return
    for position, line in enumerate(lines):
        yield "  " * depth + ("- " if position == 0 else "  ") + line


def _day_line(day: dict[str, Any]) -> str:
    counted = f"{day['number']:>3}" if day["counted"] else "  —"
    return f"{day['day']}　{counted}　{day['why']}"


def _scalar(value: object, indent: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    text = _STATES.get(str(value), str(value))
    return text.replace("\n", f"\n{indent}　　")
