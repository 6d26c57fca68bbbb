"""Guards that read a paper's text: what a professional reader stumbles over at once.

A pattern looks for the fault itself; a text that mentions it in passing (a quotation, a denial)
is left alone as far as a pattern can tell, and what a reader must judge only warns.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from workstation.domain.numerals import yuan_in_words
from workstation.procedure.case_readings import act_day, money, text_of
from workstation.procedure.enclosures import Paper
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.guards_roles import INNER_BODIES

DECISIONS = ("D51", "D52", "D53")
NOTICES = ("D41", "D42")
_APPROVALS = ("D50",)
_PRESERVATION = ("D26", "D27", "D28")
_WITH_REMEDIES = (*DECISIONS, "D30")
_SIGNED_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_SENTENCE = re.compile(r"[^。；！？]+")
_IN_WORDS = re.compile(
    r"(?P<words>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{3,})[（(]\s*[¥￥]\s*(?P<figures>[\d,]+(?:\.\d+)?)"
)
_HARSHER = re.compile(
    "(态度恶劣|拒不认错|无理|狡辩|申辩|要求听证|申请听证)[^。；]{0,15}(从重|加重)处罚"
)
_DENIED = ("不得", "不因", "未因", "没有因", "不予", "未加重", "不加重", "不从重")
_OBSTRUCTION_FROM = date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """A fault of wording: in which forms (empty: any paper that is served), and what to say."""

    pattern: str
    message: str
    hint: str
    forms: tuple[str, ...] = ()

    def guard(self, question: GuardQuestion) -> Refusal | None:
        """Return the refusal of the first paper that shows the fault."""
        wanted = re.compile(self.pattern)
        for paper in question.enclosed.papers:
            if paper.form not in self.forms and (self.forms or not paper.served):
                continue
            match = wanted.search(paper.text)
            if match is not None:
                return Refusal(
                    message=f"《{paper.title}》{self.message.format(match[0])}", hint=self.hint
                )
        return None


_DECISION_STILL_PROPOSES = _Fault(
    forms=DECISIONS,
    pattern="(?<![模虚草比摹])拟(?=(对|给予|作出|处|罚|没收|决定))[^。；，]{0,8}",
    message="写有“{}”，决定书不应再有“拟”字。",
    hint="请删去“拟”字；告知的内容写作“告知了处罚的内容及事实、理由、依据”。",
)
_SUSPICION_STAYS = _Fault(
    forms=DECISIONS,
    pattern="涉嫌(?!犯罪)[^。；，]{0,8}",
    message="仍写有“{}”，认定事实之后不再“涉嫌”。",
    hint="请删去“涉嫌”；案件名称在决定之后也不带“涉嫌”。",
)
_NOTICE_DECIDES = _Fault(
    forms=NOTICES,
    pattern="(本机关|本局)(现)?决定[^。；，]{0,8}|(?<!拟)(?<!拟作出的)决定(给予|处以)[^。；，]{0,8}",
    message="写有“{}”，告知书不得写成已经决定。",
    hint="请写作“拟作出如下行政处罚”；告知时尚未决定。",
)
_RANGE_TOLD = _Fault(
    forms=NOTICES,
    pattern=r"拟?(处以?|给予)?罚款[^。；，]{0,8}?[\d,.]+\s*万?元?\s*(至|—|－|-|~|～|到)\s*[\d,.]+\s*万?元"
    "|拟?依法(予以)?(处理|从重处理)(?=[。；])",
    message="写有“{}”，没有告知一个确定的数额。",
    hint="请写明拟处罚的种类和确定的数额；裁量幅度写在裁量基准里，不写在告知书里。",
)
_VAGUE_REMEDY = _Fault(
    forms=_WITH_REMEDIES,
    pattern="有管辖权的(人民)?法院[^。；]{0,8}(提起|起诉)|上一级[^。；，]{0,10}申请(行政)?复议",
    message="写有“{}”，没有写明具体的机关名称。",
    hint="请写明本级人民政府和人民法院的全称；行政复议向本级人民政府申请。",
)
_OLD_REMEDY_PERIOD = _Fault(
    forms=_WITH_REMEDIES,
    # The articles and the body named in between make the sentence long.
    pattern="(十五|15)日内[^。；]{0,90}申请(行政)?复议|(三|3)个月内[^。；]{0,90}(提起|起诉)",
    message="写有“{}”，是已被取代的旧期限。",
    hint="申请行政复议的期限为六十日（行政复议法第二十条），起诉的期限为六个月（行政诉讼法第四十六条）。",
)
_OLD_PENALTY_ACT = _Fault(
    pattern="行政处罚法》?第四十二条[^。；]{0,20}听证|行政处罚法》?第三十三条[^。；]{0,20}(当场|简易)"
    "|行政处罚法》?第三十一条[^。；]{0,20}告知",
    message="写有“{}”，是2021年修订前的条号。",
    hint="现行行政处罚法：告知第四十四条、简易程序第五十一条、听证第六十三条。",
)
_ANNOUNCED_TOO_LONG = _Fault(
    forms=("D57",),
    pattern="(六十|60)日[^。；]{0,12}视为送达",
    message="写有“{}”，公告送达的期间已改为三十日。",
    hint="自发出公告之日起经过三十日即视为送达（民事诉讼法第九十五条）。",
)
_PRESERVATION_AS_LEVER = _Fault(
    forms=_PRESERVATION,
    pattern="(缴纳|缴清|交清|交纳|缴付)[^。；，]{0,6}(罚款|罚没款)"
    "|延长[^。；，]{0,6}(登记)?保存|(登记)?保存期限[^。；，]{0,4}延长",
    message="写有“{}”，先行登记保存只为保全证据，不得延长，也不得用来催缴。",
    hint="请删去；七个工作日内作出处理决定，需要扣押财物的另行依法采取强制措施。",
)
_ARABIC_ARTICLES = _Fault(
    forms=(*DECISIONS, *NOTICES, *_APPROVALS, "D35"),
    pattern=r"第\s*\d+\s*条",
    message="引用条文写作“{}”，条号应当用汉字。",
    hint="请写作“第一千一百六十九条第一款”，并引到款、项。",
)
_SHORT_TITLES = _Fault(
    forms=(*DECISIONS, *NOTICES),
    pattern="《(?!中华人民共和国)[^《》]{2,24}(?<!办)(法|法典)》",
    message="引用“{}”，没有写法律的全称。",
    hint="请写全称，如《中华人民共和国行政处罚法》。",
)
_WRONG_BRACKETS = _Fault(
    pattern=r"[\[【（(]\s*(19|20)\d{2}\s*[\]】）)]\s*第?\s*\d+\s*号",
    message="写有文号“{}”，年份没有用六角括号〔〕。",
    hint="请改为六角括号；引用其他机关文号的，照原件书写。",
)


def amounts_agree_in_words(question: GuardQuestion) -> Refusal | None:
    """An amount in words (大写) is the one in figures beside it."""
    for paper in question.enclosed.papers:
        for match in _IN_WORDS.finditer(paper.text):
            amount = money(match["figures"])
            if amount is None:
                continue
            right = yuan_in_words(amount)
            # After 角 the closing 整 may be written or left out (支付结算办法附件一).
            allowed = {right, right.removesuffix("整")} if "角" in right else {right}
            if match["words"].replace("圆", "元").replace("正", "整") not in allowed:
                return Refusal(
                    message=(
                        f"《{paper.title}》大写“{match['words']}”与小写"
                        f"“¥{match['figures']}”不一致。"
                    ),
                    hint=f"小写{amount:,.2f}元的大写是“{right}”；请核对后改正。",
                )
    return None


def defence_is_not_punished(question: GuardQuestion) -> Refusal | None:
    """Nobody is punished harder for defending himself (行政处罚法§45 第二款)."""
    for paper in question.enclosed.papers_of(*DECISIONS, *NOTICES, *_APPROVALS, "D49", "D44"):
        for sentence in _SENTENCE.findall(paper.text):
            match = _HARSHER.search(sentence)
            if match is not None and not any(word in sentence for word in _DENIED):
                return Refusal(
                    message=f"《{paper.title}》写有“{match[0]}”，不得因陈述、申辩给予更重的处罚。",
                    hint="请删去；从重只能依据违法行为本身的法定或者裁量基准规定的情节。",
                )
    return None


def correction_is_no_penalty(question: GuardQuestion) -> Refusal | None:
    """An order to correct is not among the kinds of penalty (行政处罚法§9, §28)."""
    for paper in question.enclosed.papers_of(*DECISIONS, *NOTICES):
        stated = text_of(paper.values.get("other_penalty"))
        match = re.search("责令[^。；，]{0,6}(改正|整改|清除|拆除|恢复)", stated)
        if match is not None:
            return Refusal(
                message=f"《{paper.title}》把“{match[0]}”列入处罚内容，责令改正不是行政处罚。",
                hint="请移到“责令改正”一栏；责令改正不告知听证权利，也不计入处罚种类。",
            )
    return None


def obstruction_is_cited_anew(question: GuardQuestion) -> Refusal | None:
    """Obstructing officers is §61 of 治安管理处罚法 since 2026, no longer §50."""
    pattern = "治安管理处罚法》?第(五十|50)条[^。；]{0,40}(阻碍|执行职务)"
    if question.event.day < _OBSTRUCTION_FROM:
        return None
    for paper in question.enclosed.papers:
        if re.search(pattern, paper.text):
            return Refusal(
                message=f"《{paper.title}》对阻碍执行职务仍引治安管理处罚法第五十条。",
                hint="2026年1月1日起为治安管理处罚法第六十一条；请核对行为日适用的文本。",
            )
    return None


def spot_decision_names_reconsideration(question: GuardQuestion) -> Refusal | None:
    """Against a decision on the spot reconsideration comes first (行政复议法§23)."""
    for paper in question.enclosed.papers_of("D53"):
        if not re.search("先[^。；]{0,40}申请行政复议", paper.text):
            return Refusal(
                message=f"《{paper.title}》没有告知先向行政复议机关申请行政复议。",
                hint="对当场作出的处罚决定不服的，应当先申请行政复议，对复议决定不服的再起诉。",
            )
    return None


def cited_law_was_in_force(question: GuardQuestion) -> Refusal | None:
    """No statute is cited for an act done after its repeal (行政处罚法§37)."""
    day = act_day(question.case_file.case) or question.event.day
    for paper in question.enclosed.papers_of(*DECISIONS, *NOTICES, "D35", "D30", "D50"):
        for title, repealed_on in question.rules.repealed.items():
            short = title.removeprefix("中华人民共和国")
            if day >= repealed_on and (
                f"《{title}》" in paper.text or f"《{short}》" in paper.text
            ):
                return Refusal(
                    message=(
                        f"《{paper.title}》引用《{title}》，该法{in_words(repealed_on)}起废止，"
                        f"违法行为终了于{in_words(day)}。"
                    ),
                    hint="请引用行为时有效的规定；需要比较新旧法的，先作从旧兼从轻的结论。",
                )
    return None


def bureau_signs_its_papers(question: GuardQuestion) -> Refusal | None:
    """No team signs a paper that goes out (行政处罚法§17, §59)."""
    for paper in question.enclosed.papers:
        signature = _team_signature(paper) if paper.served else ""
        if signature:
            return Refusal(
                message=f"《{paper.title}》以“{signature}”落款，内设机构不能以自己的名义对外行文。",
                hint="请以行政机关的名义落款并盖机关印章；中队、大队只写在承办机构一栏。",
            )
    return None


def _team_signature(paper: Paper) -> str:
    for above, line in pairwise(paper.lines):
        if _SIGNED_DAY.fullmatch(line.strip()) and above.strip().endswith(INNER_BODIES):
            return above.strip()
    return ""


GUARDS: dict[str, Guard] = {
    "decision_no_longer_proposes": _DECISION_STILL_PROPOSES.guard,
    "suspicion_is_lifted": _SUSPICION_STAYS.guard,
    "notice_does_not_decide": _NOTICE_DECIDES.guard,
    "notice_tells_no_range": _RANGE_TOLD.guard,
    "remedies_are_written_out": _VAGUE_REMEDY.guard,
    "remedy_periods_are_current": _OLD_REMEDY_PERIOD.guard,
    "penalty_act_is_cited_anew": _OLD_PENALTY_ACT.guard,
    "announcement_runs_thirty_days": _ANNOUNCED_TOO_LONG.guard,
    "preservation_is_no_lever": _PRESERVATION_AS_LEVER.guard,
    "articles_are_in_words": _ARABIC_ARTICLES.guard,
    "laws_are_named_in_full": _SHORT_TITLES.guard,
    "numbers_have_their_brackets": _WRONG_BRACKETS.guard,
    "amounts_agree_in_words": amounts_agree_in_words,
    "defence_is_not_punished": defence_is_not_punished,
    "correction_is_no_penalty": correction_is_no_penalty,
    "obstruction_is_cited_anew": obstruction_is_cited_anew,
    "spot_decision_names_reconsideration": spot_decision_names_reconsideration,
    "cited_law_was_in_force": cited_law_was_in_force,
    "bureau_signs_its_papers": bureau_signs_its_papers,
}
