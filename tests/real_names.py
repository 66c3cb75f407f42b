"""Questions that readers may ask of the large list of real organizations, and what must be among the first answers."""

import random
import string

from ecosystem.domain.directory import Selection, answer
from ecosystem.models import Organization

FIRST = 5
QUESTIONS = {
    # exact names, in both scripts, other names and acronyms
    "上海黄金交易所": "上海黄金交易所",
    "Tsinghua University": "Tsinghua University",
    "电子航法研究所": "Electronic Navigation Research Institute",  # known by its traditional Japanese name
    "スルガ銀行": "Suruga Bank",
    "TSRI": "Thailand Science Research and Innovation",
    "Denshi Koho Kenkyujo": "Electronic Navigation Research Institute",
    "Умный выбор": "Umny vybor",
    # parts of names, in any order, with dirt in them
    "黄金交易": "上海黄金交易所",
    "交易所 上海 黄金": "上海黄金交易所",
    "ayurveda new delhi": "All India Institute of Ayurveda, New Delhi",
    "Imabari Shipbuilding": "Imabari Shipbuilding Co., Ltd. (Japan)",
    "lista vind": "Lista Vindkraftverk AS",
    # signs that are written or not
    "mr diy": "MR.DIY",
    "mrdiy": "MR.DIY",
    "macys backstage": "Macy's Backstage",
    "at&t": "AT&T",
    "vila gale": "Vila Galé (Portugal)",
    "ＳＵＲＵＧＡ ＢＡＮＫ": "Suruga Bank",
    # as it sounds
    "shanghaihuangjinjiaoyisuo": "上海黄金交易所",
    "qinghua": "Tsinghua University",
    "bjdx": "Peking University",
    # typing errors
    "Suruga Bnak": "Suruga Bank",
    "tsinghua univeristy": "Tsinghua University",
    "Thailand Scince Reseach": "Thailand Science Research and Innovation",
    "上海黄金交易锁": "上海黄金交易所",
    "norfolk polce department": "Norfolk Police Department",
    "minsitry of defence": "Ministry of Defence",
    "swiss association for tobaccoucontrol": "Swiss Association for Tobacco Control",
    "batavia lark district": "Batavia Park District",
    "albany medcial cente hospital": "Albany Medical Center Hospital",
    "黄金交易锁": "上海黄金交易所",
    "河南柘城信质房地产开发限公司": "河南柘城信质房地产开发有限公司",
    "三台县安局": "三台县公安局",
    # founded in 976 and in 970
    "湖南大学": "Hunan University",
    "al-azhar": "Al-Azhar University",
}


def missed() -> dict[str, list[str]]:
    """The questions that do not find what they mean among the first answers, with what they find instead."""
    names = {question: first_names(question) for question in QUESTIONS}
    return {question: found for question, found in names.items() if QUESTIONS[question] not in found}


def mistyped(number: int) -> list[tuple[str, str]]:
    """Names of the list with one error each, and what was meant; the same in each run."""
    chance = random.Random(29)
    names = [
        name for name in Organization.objects.order_by("pk").values_list("name", flat=True) if len(name) > 7
    ]
    return [(_with_an_error(name, chance), name) for name in chance.sample(names, number)]


def _with_an_error(name: str, chance: random.Random) -> str:
    at, sign = chance.randrange(1, len(name) - 1), chance.choice(string.ascii_lowercase)
    before, after = name[:at], name[at:]
    ways = [before + after[1:], before + sign + after, before + sign + after[1:]]
    return chance.choice([*ways, before + after[1] + after[0] + after[2:]])


def first_names(question: str) -> list[str]:
    keys = answer(Selection(text=question)).page(0, FIRST)
    found = dict(Organization.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [found[key] for key in keys]
