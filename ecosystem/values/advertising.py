"""What comes along when text is pasted from the web: runs of another script, contacts, and farms of links."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from ecosystem.values.languages import is_chinese
from ecosystem.values.paragraphs import FIGURE, Paragraph, without

# Shorter runs are names, words that are explained, signs of mathematics.
LONGEST_GLOSS, LONGEST_IN_BRACKETS = 8, 20
_LEAST_FOREIGN = 3
_LEAST_GREEK = 5
_LEAST_LATIN = 12  # words of small letters in a Chinese paragraph; names and titles are shorter or quoted
MANY_HOSTS, SOME_HOSTS = 4, 3


class Kind(StrEnum):
    SCRIPT = "script"
    MIXED = "mixed"
    TRADE = "trade"
    CONTACT = "contact"
    TELEPHONE = "telephone"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What looks inserted, and the words that do."""

    kind: Kind
    words: str


def suspicions(read: Paragraph, language: str, known: Collection[str] = ()) -> list[Suspicion]:
    """Everything in a paragraph that looks inserted, each words once. `known` are names that may stand there."""
    text = without(_plain(read.text), {_plain(name) for name in known})
    addresses = " ".join(link.href for link in read.links)
    found = [*_scripts(text, read.marked, language), *_trade(text), *_contacts(f"{text} {addresses}")]
    return list({one.words: one for one in reversed(found)}.values())[::-1]


def farmed_hosts(read: Paragraph) -> list[str]:
    """The hosts that a paragraph links to, where they are so many that it may be there for its links alone."""
    links = [(host, link.words) for link in read.links if (host := host_of(link.href))]
    hosts = list(dict.fromkeys(host for host, _words in links))
    linked = sum(len(words) for _host, words in links)
    is_mostly_links = len(hosts) >= SOME_HOSTS and linked * 2 >= len(read.text)
    return hosts if len(hosts) >= MANY_HOSTS or is_mostly_links else []


def host_of(address: str) -> str:
    """The host of an address, without www; empty where it has none or is none."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in {"http", "https", ""} else ""
    except ValueError:
        return ""


# Digits and letters as senders of advertising disguise them, each for one; what has no width goes.
_DISGUISES = {
    code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
}
_DISGUISES |= {0x2460 + digit: ord("1") + digit for digit in range(9)}
_DISGUISES |= dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])


def _plain(text: str) -> str:
    return text.translate(_DISGUISES)


_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_RUN = re.compile(f"[{_HAN}][{_HAN}\\d\\s，。、：；！？（）“”《》·~～+＋!-]*[{_HAN}]|[{_HAN}]")
# Scripts in which neither language of the site is written: with their own marks and the spaces between their words.
_FOREIGN = re.compile(
    "|".join(
        f"[{script}](?:[{script}\\s\\d.,!?-]*[{script}])?"
        for script in (
            "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff",  # Cyrillic
            "\u0530-\u058f", "\u0590-\u05ff",  # Armenian, Hebrew
            "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",  # Arabic
            "\u0900-\u0dff", "\u0e00-\u0e7f", "\u0e80-\u0eff", "\u0f00-\u0fff", "\u1000-\u109f",  # of South Asia, Thai
            "\u10a0-\u10ff", "\u1780-\u17ff", "\u1800-\u18af",  # Georgian, Khmer, Mongolian
            "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",  # Korean
            "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff",  # kana
        )
    )
)  # fmt: skip
_GREEK = re.compile(
    "[\u0370-\u03ff\u1f00-\u1fff](?:[\u0370-\u03ff\u1f00-\u1fff\\s]*[\u0370-\u03ff\u1f00-\u1fff])?"
)
# Latin words with a letter from elsewhere that only looks like one of theirs.
_MIXED = re.compile(
    r"\b(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff\u0391-\u03a9])[A-Za-z\u0400-\u04ff\u0391-\u03a9]{3,}\b"
)
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z\d\s.,;:'’!?()%&/-]*[A-Za-z.!?]")
_SMALL_WORD = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
# A name in the other language in brackets after the one in this.
_GLOSS = re.compile(f"[(（][{_HAN}·]{{1,{LONGEST_IN_BRACKETS}}}[)）]")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」|\"[^\"]*\"")


def _scripts(text: str, marked: Collection[str], language: str) -> Iterator[Suspicion]:
    mixed = _MIXED.findall(text)
    yield from (Suspicion(Kind.MIXED, words) for words in mixed)
    text = without(text, {*marked, *mixed})
    runs = [*_runs(_FOREIGN, text, _LEAST_FOREIGN), *_runs(_GREEK, text, _LEAST_GREEK)]
    if is_chinese(language):
        latin = _LATIN_RUN.findall(_QUOTED.sub(FIGURE, text))
        runs += [run for run in latin if len(_SMALL_WORD.findall(run)) >= _LEAST_LATIN]
    else:
        runs += _runs(_HAN_RUN, _GLOSS.sub(FIGURE, text), LONGEST_GLOSS + 1)
    yield from (Suspicion(Kind.SCRIPT, run.strip()) for run in runs)


def _runs(pattern: re.Pattern[str], text: str, least: int) -> list[str]:
    """What a script has of a text in pieces with so many letters or more."""
    return [run for run in pattern.findall(text) if _letters(run) >= least]


def _letters(words: str) -> int:
    return sum(sign.isalpha() for sign in words)


# What is sold in such insertions and has little place in a work on technology.
_TRADE = re.compile(
    "博彩|百家乐|六合彩|时时彩|北京赛车|大发快三|娱乐城|棋牌(?:游戏|平台)|真人视讯|澳门(?:赌场|威尼斯人|新葡京)|首存|开户送|注册送|"
    "代开.{0,4}发票|开.{0,2}发票.{0,6}(?:联系|微信|电话)|办证|刻章|代孕|壮阳|成人用品|秒批|网赚|刷单|日结|包过|代写论文|枪手代考|"
    "诚信代办|私家侦探|黑客接单|招代理|一夜情|"
    r"\b(?:(?:online|live) casino|slot (?:online|gacor)|sports? betting|judi online|togel|viagra|cialis|payday loans?|"
    r"escort (?:service|girl)s?|buy (?:followers|backlinks)|(?:cheap|custom) essays?|essay writing service|"
    r"replica watches|crypto giveaway|weight loss pills?)\b",
    re.IGNORECASE,
)


def _trade(text: str) -> Iterator[Suspicion]:
    for match in _TRADE.finditer(text):
        yield Suspicion(Kind.TRADE, match[0])


_MESSENGER = (
    r"微信|威信|薇信|徽信|加V|加v|扣扣|企鹅|电报|纸飞机|飞机|"
    r"\b(?:wechat|weixin|vx|wx|qq|telegram|tg|whatsapp|skype|zalo|viber|line|kakaotalk|signal)\b"
)
_ID = r"号码?|账号|群号?|\b(?:id|account|number|no\.?)\b"
_SIGNS = "[A-Za-z0-9_-]"
# A handle of letters alone is one only where something says that it is a handle; one with digits after the name too.
_CONTACT = re.compile(
    rf"(?:{_MESSENGER})(?:"
    rf"\s*(?:{_ID})\s*(?:is\b|为|是)?\s*[:：]?\s*@?[A-Za-z0-9]{_SIGNS}{{4,}}|"
    rf"\s*[:：@＠]\s*@?(?={_SIGNS}*[\d_])[A-Za-z0-9]{_SIGNS}{{4,}}|"
    rf"\s*[:：]\s*@{_SIGNS}{{4,}}|\s*[:：]\s*\+?\d[\d\s-]{{4,}}\d|"
    rf"\s*(?=[A-Za-z_-]*\d)(?=\d*[A-Za-z_-])[A-Za-z0-9]{_SIGNS}{{5,}})"
    rf"|(?:\bqq|扣扣)\s*(?:群|号)?\s*\d{{6,11}}(?!\d)"
    rf"|(?:加|添加|＋|\+)\s*(?:我的?|客服)?\s*(?:{_MESSENGER})\s*(?:号|群)?\s*[:：]?\s*[A-Za-z0-9]{_SIGNS}{{4,}}",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"(?<![\w.])(?:t\.me|telegram\.me|wa\.me|line\.me|chat\.whatsapp\.com|api\.whatsapp\.com|u\.wechat\.com|discord\.gg)/[\w+@=?-]+",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![A-Za-z0-9.,/-])(?:"
    r"(?:\+|00)\d{1,3}[\s.-]?(?:\(\d{1,4}\)[\s.-]?)?\d{2,4}(?:[\s.-]?\d{2,5}){1,4}"  # with the code of a country
    r"|1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}"  # mobile in China
    r"|\(?0\d{2,3}\)?[\s-]\d{7,8}|\(0\d{2,3}\)\d{7,8}"  # fixed line in China
    r"|[48]00-\d{3,4}-\d{3,4}|400\d{7}"
    r"|\(\d{3}\)\s?\d{3}-\d{4}|\d{3}-\d{3}-\d{4}"
    r")(?![A-Za-z0-9/]|[.,-]\d|\s?[万亿元美]|\s(?:yuan|dollars|people|users))"
)


def _contacts(text: str) -> Iterator[Suspicion]:
    for pattern in (_CONTACT, _INVITATION):
        for match in pattern.finditer(text):
            yield Suspicion(Kind.CONTACT, match[0].strip())
    text = _CONTACT.sub(FIGURE, text)
    for match in _TELEPHONE.finditer(text):
        yield Suspicion(Kind.TELEPHONE, match[0])
