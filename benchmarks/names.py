"""Names for organizations that are made up for measuring: each number has its own, the same in every run."""

import random
import string

SEED = 20_251
FIRST = "华 新 中 东 海 天 金 宏 瑞 安 远 科 明 启 星 光 云 智 联 创 恒 信 达 泰 博 凯 思 康 源 力".split()
SECOND = "芯 微 生 医 能 材 航 车 网 数 机 电 视 语 图 算 量 子 基 因 药 械 传 感 控 存 储 显 光 电".split()
TRADE = (
    "半导体 生物 医药 新材料 机器人 信息 网络 汽车 航空 能源 软件 集成电路 人工智能 数据 智能 环保 电气 医疗器械 检测 "
    "设计"
).split()
FORM = "科技有限公司 股份有限公司 技术有限公司 研究院 集团有限公司 实验室 中心 有限责任公司".split()
WORDS = (
    "quantum river bright harbor delta orient prime silver summit jade lotus pacific vertex nova apex".split()
)
ENDINGS = (
    "Technology Systems Semiconductor Biotech Robotics Materials Software Networks Energy Medical".split()
)


def coined_name(key: int) -> str:
    """The word that hardly any other organization has in its name."""
    return names_of(chance_of(key), key)[0].split()[0]


def mistyped(chance: random.Random, text: str, signs: str = string.ascii_lowercase) -> str:
    """A text with one error: a sign is missing, too much, another one, or swapped with the next one."""
    at, sign = chance.randrange(len(text) - 1), chance.choice(signs)
    before, here, after = text[:at], text[at], text[at + 1 :]
    ways = [before + after, before + sign + here + after, before + sign + after]
    return chance.choice([*ways, before + after[0] + here + after[1:]])


def chance_of(key: int) -> random.Random:
    return random.Random(SEED * 1_000_003 + key)


def names_of(chance: random.Random, key: int) -> tuple[str, str]:
    coined = "".join(chance.choices(string.ascii_lowercase, k=chance.randrange(4, 9))).capitalize()
    name = f"{coined} {chance.choice(WORDS).capitalize()} {chance.choice(ENDINGS)}"
    if key % 100 == 0:
        name += " Meridian"  # a word in one name of a hundred
    city = "上海" if chance.random() < 0.6 else ""
    brand = chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(FIRST)
    return name, f"{city}{brand}{chance.choice(TRADE)}{chance.choice(FORM)}"
