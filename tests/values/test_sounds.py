"""Names are found and ordered by how they sound, also where dictionaries do not know how the region says them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.analysis import runs
from ecosystem.values.dictionary import characters, phrases
from ecosystem.values.readings import CHARACTERS, PHRASES
from ecosystem.values.sounds import initials, joined, reading, sort_key, sounds
from ecosystem.values.text import fold

READINGS = """
上海 shang hai, 闵行 min hang, 上海交通大学闵行校区 shang hai jiao tong da xue min hang xiao qu,
闵行区 min hang qu, 长宁 chang ning, 上海市长宁区 shang hai shi chang ning qu, 徐汇 xu hui, 普陀 pu tuo,
虹口 hong kou, 杨浦 yang pu, 崇明 chong ming, 奉贤 feng xian, 青浦 qing pu, 莘庄 xin zhuang, 七莘路 qi xin lu,
莘闵 xin min, 徐泾 xu jing, 泗泾 si jing, 漕河泾 cao he jing, 华漕 hua cao, 诸翟 zhu di, 颛桥 zhuan qiao,
佘山 she shan, 泖港 mao gang, 新浜 xin bang, 车墩 che dun, 柘林 zhe lin, 朱家角 zhu jia jiao,
五角场 wu jiao chang, 乍浦 zha pu, 大柏树 da bai shu, 杨行 yang hang, 庙行 miao hang, 重固 chong gu,
吕巷 lv xiang, 绿华 lv hua, 长征 chang zheng, 长寿 chang shou, 长风 chang feng, 长阳创谷 chang yang chuang gu,
长兴岛 chang xing dao, 长江 chang jiang, 长三角 chang san jiao, 大零号湾 da ling hao wan, 陆家嘴 lu jia zui,
张江 zhang jiang, 临港 lin gang, 外滩 wai tan, 西岸 xi an, 重庆 chong qing, 厦门 xia men, 厦大 xia da,
成都 cheng du, 长沙 chang sha, 长春 chang chun, 西安市长安区 xi an shi chang an qu, 天长市 tian chang shi,
漯河 luo he, 蚌埠 beng bu, 六安 lu an, 乐山 le shan, 乐清 yue qing, 台州 tai zhou, 亳州 bo zhou, 花都 hua du,
番禺 pan yu, 西藏 xi zang, 朝阳 chao yang, 横浜 heng bin, 东京 dong jing, 银行 yin hang, 交行 jiao hang,
中行 zhong hang, 工行 gong hang, 农行 nong hang, 建行 jian hang, 招行 zhao hang, 央行 yang hang,
支行 zhi hang, 分行 fen hang, 总行 zong hang, 银行家 yin hang jia, 行业 hang ye, 行业协会 hang ye xie hui,
行长 hang zhang, 工商行政管理局 gong shang xing zheng guan li ju, 智行 zhi xing, 出行 chu xing, 发行 fa xing,
银行商学院 yin hang shang xue yuan, 银行营销 yin hang ying xiao, 银行营业部 yin hang ying ye bu, 音乐 yin yue,
声乐 sheng yue, 国乐团 guo yue tuan, 娱乐 yu le, 乐鑫 le xin, 乐高 le gao, 中国乐凯 zhong guo le kai,
单县 shan xian, 单氏 shan shi, 曾 zeng, 复旦 fu dan, 同济 tong ji, 重塑 chong su, 重组 chong zu,
重构 chong gou, 重启 chong qi, 重点 zhong dian, 重工 zhong gong, 成长 cheng zhang, 增长 zeng zhang,
生长 sheng zhang, 校长 xiao zhang, 市长会议 shi zhang hui yi, 董事长 dong shi zhang, 秘书长 mi shu zhang,
长城 chang cheng, 长虹 chang hong, 长鑫存储 chang xin cun chu, 长电科技 chang dian ke ji,
海和药物 hai he yao wu, 学校本部 xue xiao ben bu, 大厦 da sha, 商厦 shang sha, 空调 kong tiao, 调查 diao cha,
调研 diao yan, 调频 tiao pin, 薄膜 bo mo, 模具 mu ju, 模型 mo xing, 会计 kuai ji, 参数 can shu, 首都 shou du,
都市 du shi, 大都会 da du hui, 传记 zhuan ji, 传媒 chuan mei, 率 lv, 女 nv, 旅 lv, 略 lve, 晟 sheng, 昇 sheng,
哈佛 ha fo, 藏药 zang yao, 南水北调 nan shui bei diao
"""


@pytest.mark.parametrize("entry", [entry.strip() for entry in READINGS.split(",")])
def test_names_are_read_as_they_are_said_here(entry):
    run, *syllables = entry.split()
    assert reading(run) == tuple(syllables)


def test_dictionary_is_that_of_the_package():
    """Its data are read past the package, which would keep all of them with tones in memory."""
    assert {len(phrase) for phrase in phrases()} == {2, 3, 4, 5, 6}
    assert [one for one, syllables in phrases().items() if len(one) != len(syllables.split())] == []
    assert len(phrases()) > 40_000
    assert len(characters()) > 40_000
    every = {*characters().values(), *" ".join(phrases().values()).split()}
    assert [syllable for syllable in every if not re.fullmatch("[a-z]+", syllable)] == []
    assert [phrases()["银行"], *map(characters().get, "吕略复")] == ["yin hang", "lv", "lve", "fu"]


def test_every_reading_of_ours_fits_its_characters():
    assert [phrase for phrase, syllables in PHRASES.items() if len(phrase) != len(syllables.split())] == []
    assert {len(sign) for sign in CHARACTERS} == {1}
    written = [*CHARACTERS.values(), *"".join(f"{one} " for one in PHRASES.values()).split()]
    assert [one for one in written if not re.fullmatch("[a-z]+", one)] == []


def test_readings_of_ours_are_written_in_folded_characters():
    assert [one for one in [*CHARACTERS, *PHRASES] if fold(one) != one] == []


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("复旦大学", "fudan danda daxue fudanda dandaxue fudandaxue fddx"),
        ("復旦", "fudan fd"),
        ("上海AI实验室", "shanghai sh shiyan yanshi shiyanshi sys"),
        ("绿地", "lvdi ld ludi"),
        ("毒", "du"),
        ("SenseTime", ""),
        ("上海トヨタ", "shanghai sh"),
        ("トヨタ自動車", "zidong dongche zidongche zdc"),
        ("", ""),
    ],
)
def test_sounds_are_parts_whole_and_initials_of_each_run(name, tokens):
    assert sounds(name) == tokens.split()


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("上海交通大学", "jtdx"),
        ("中国银联", "yl"),
        ("国家数据局", "sjj"),
        ("上海市科学技术委员会", "kxjswyh"),
        ("上海人工智能实验室", "rengongzhinengshiyanshi"),
    ],
)
def test_name_is_also_found_without_the_place_it_begins_with(name, rest):
    assert rest in sounds(name)


def test_place_alone_is_not_left_out_of_its_name():
    assert sounds("上海") == ["shanghai", "sh"]
    assert "h" not in sounds("上海市")


@pytest.mark.parametrize(
    ("name", "whole", "first"),
    [
        ("复旦大学", "fudandaxue", "fddx"),
        ("上海AI实验室", "shanghaiaishiyanshi", "shaisys"),
        ("特斯拉（上海）有限公司", "tesilashanghaiyouxiangongsi", "tslshyxgs"),
        ("乾照光电", "qianzhaoguangdian", "qzgd"),
        ("Fudan University", "fudanuniversity", "fudanuniversity"),
        ("𠮷野家", "𠮷yejia", "𠮷yj"),
        ("—", "", ""),
    ],
)
def test_whole_names_are_joined_and_abbreviated(name, whole, first):
    assert joined(name) == whole
    assert initials(name) == first


def test_umlaut_is_spelled_with_v_or_as_wished():
    assert joined("绿地vivo") == "lvdivivo"
    assert joined("绿地vivo", umlaut="u") == "ludivivo"


def test_names_stand_in_the_order_of_their_sound():
    """By character and then by sound within it: all of 山 before all of 上; Latin names among them."""
    ordered = "3M 阿里 Baidu 复旦 复星 Fudan 绿地 Macy 迈瑞 SAP 山东 上海 尚德 Shimao 西安 xian 先锋".split()
    assert sorted(sorted(ordered), key=sort_key) == ordered


def test_sort_key_keeps_words_and_syllables_apart():
    assert sort_key("上海AI Lab") == "shang 上 hai 海 ai lab"


NAMES = st.text(st.sampled_from("上海市长行乐重绿国家中A1b ，（ゴ國"), max_size=20)


@given(NAMES)
def test_every_character_has_one_syllable(name):
    """The parts of a name are read alone; one syllable less would shift all that follow."""
    for run in runs(fold(name)):
        assert len(reading(run)) == len(run)


@given(NAMES)
def test_sounds_are_latin_and_different(name):
    tokens = sounds(name)
    assert len(set(tokens)) == len(tokens)
    assert [token for token in tokens if not re.fullmatch("[a-z]+", token)] == []


@given(st.lists(NAMES, min_size=2, max_size=5))
def test_simplified_and_traditional_names_sound_alike(names):
    for one, other in pairwise(names):
        assert sounds(one.replace("国", "國")) == sounds(one)
        assert (sort_key(one) == sort_key(other)) == (
            " ".join(runs(fold(one))) == " ".join(runs(fold(other)))
        )


@given(st.text(max_size=60))
def test_any_text_has_a_sound_and_a_place(text):
    assert joined(text).replace(" ", "") == joined(text)
    assert len(initials(text)) <= len(joined(text))
    assert sort_key(text) == sort_key(text).strip()
