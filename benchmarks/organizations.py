"""Databases of many organizations, the same for the same number: made up for measuring, never shown to anybody."""

import random
import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction

from ecosystem.domain import bulk
from ecosystem.models import (
    Identifier,
    Organization,
    OrganizationName,
    Place,
    Status,
    Topic,
)

SEED = 20_251
AT_ONCE = 10_000
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
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


def fill(number: int) -> None:
    """Put so many published organizations into a database that holds topics and places already."""
    with transaction.atomic():
        for start in range(1, number + 1, AT_ONCE):
            rows = list(_rows(start, min(start + AT_ONCE, number + 1)))
            for model, fields in COLUMNS.items():
                bulk.insert(model, fields, (one for row in rows for one in row[model]))


THROUGH = Organization.topics.through
COLUMNS = {
    Organization: [
        *("id", "slug", "name", "name_zh", "kind", "summary", "summary_zh", "description", "description_zh"),
        *("founded", "closed", "ownership", "website", "district", "park", "internal_note"),
        *("status", "published_at", "withdrawn_notice", "created_at", "updated_at"),
    ],
    OrganizationName: ["organization", "text", "language", "kind", "since", "until"],
    Identifier: ["organization", "scheme", "value"],
    THROUGH: ["organization", "topic"],
}


def _rows(first: int, after: int) -> Iterator[dict]:
    topics = list(Topic.objects.order_by("slug").values_list("pk", flat=True))
    places = Place.objects.order_by("slug").values_list("kind", "pk")
    districts = [key for kind, key in places if kind == Place.Kind.DISTRICT]
    parks = [key for kind, key in places if kind != Place.Kind.DISTRICT]
    kinds, ownerships = Organization.Kind.values, Organization.Ownership.values
    for key in range(first, after):
        chance = _chance(key)
        name, name_zh = _names(chance, key)
        founded = str(2025 - int(chance.expovariate(1 / 14))) if chance.random() < 0.8 else ""
        yield {
            Organization: [
                (
                    *(key, f"organization-{key}", name, name_zh, _skewed(chance, kinds)),
                    *(
                        f"{name} works on {chance.choice(WORDS)} {chance.choice(WORDS)}.",
                        _summary(chance),
                        "",
                        "",
                    ),
                    *(max(founded, "1850") if founded else "", "", _skewed(chance, ownerships), ""),
                    _skewed(chance, districts) if chance.random() < 0.9 else None,
                    _skewed(chance, parks) if chance.random() < 0.3 else None,
                    *(
                        "",
                        Status.PUBLISHED,
                        MOMENT,
                        "",
                        MOMENT,
                        MOMENT + timedelta(seconds=chance.randrange(10**7)),
                    ),
                )
            ],
            OrganizationName: [(key, name[:3].upper() + str(key % 977), "en", "acronym", "", "")],
            Identifier: [(key, "ticker", f"SSE:{key}")] if chance.random() < 0.05 else [],
            THROUGH: [(key, topic) for topic in chance.sample(topics, k=chance.choice((1, 1, 2, 3)))],
        }


def coined_name(key: int) -> str:
    """The word that hardly any other organization has in its name."""
    return _names(_chance(key), key)[0].split()[0]


def _chance(key: int) -> random.Random:
    return random.Random(SEED * 1_000_003 + key)


def _names(chance: random.Random, key: int) -> tuple[str, str]:
    coined = "".join(chance.choices(string.ascii_lowercase, k=chance.randrange(4, 9))).capitalize()
    name = f"{coined} {chance.choice(WORDS).capitalize()} {chance.choice(ENDINGS)}"
    if key % 100 == 0:
        name += " Meridian"  # a word in one name of a hundred
    city = "上海" if chance.random() < 0.6 else ""
    brand = chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(FIRST)
    return name, f"{city}{brand}{chance.choice(TRADE)}{chance.choice(FORM)}"


def _summary(chance: random.Random) -> str:
    return f"从事{chance.choice(TRADE)}与{chance.choice(TRADE)}的研发。"


def _skewed(chance: random.Random, values: list) -> object:
    """One of the values, the first ones more often: as in life, a few districts hold most."""
    return values[min(int(chance.expovariate(4 / len(values))), len(values) - 1)]
