"""How characters are read in names of the region and of the trade, where the dictionary of readings is wrong."""

# Where no phrase says otherwise.
CHARACTERS: dict[str, str] = {
    "长": "chang",  # 长庆, 长鑫; growth and most heads are known as phrases
    "都": "du",  # 花都, 昌都
    "曾": "zeng",
    "厦": "xia",  # 厦大, 厦航
    "莘": "xin",  # 莘庄, 七莘路
    "晟": "sheng",
    "调": "tiao",
    "翟": "zhai",
    "覃": "qin",
    "鉄": "tie",
    "佛": "fo",
}

# What is read otherwise next to each other. Written as a phrase and its syllables.
PHRASES: dict[str, str] = {
    # Places in and around Shanghai
    "闵行": "min hang",
    # Here for 上海市长宁区, where 市长 is no mayor.
    "长宁": "chang ning",
    "长三角": "chang san jiao",
    "长阳": "chang yang",
    "长风": "chang feng",
    "长白": "chang bai",
    "长桥": "chang qiao",
    "长兴": "chang xing",
    "杨行": "yang hang",
    "庙行": "miao hang",
    "徐行": "xu hang",
    "高行": "gao hang",
    "庄行": "zhuang hang",
    "重固": "chong gu",
    "诸翟": "zhu di",
    "横浜": "heng bin",
    # Places elsewhere
    "朝阳": "chao yang",
    "漯河": "luo he",
    "北调": "bei diao",  # 南水北调
    "马尾": "ma wei",
    "南乐县": "nan le xian",
    "单县": "shan xian",
    "莘县": "shen xian",
    # Names of firms and what they do
    "重塑": "chong su",
    "重构": "chong gou",
    "多重": "duo chong",
    "琴行": "qin hang",
    "营销": "ying xiao",
    "营业": "ying ye",
    "支行": "zhi hang",
    "总行": "zong hang",
    "投行": "tou hang",
    "薄膜": "bo mo",
    "藏医": "zang yi",
    "单氏": "shan shi",
    # Heads
    "秘书长": "mi shu zhang",
    "理事长": "li shi zhang",
    # Firms that a head seems to end in
    "长荣": "chang rong",
    "长航": "chang hang",
    "长运": "chang yun",
    "长鑫": "chang xin",
    "长电": "chang dian",
    # Where a phrase of the dictionary begins in one word and ends in the next
    "和药": "he yao",  # 海和药物
    "国乐": "guo le",  # 中国乐凯
    "行商": "hang shang",  # 银行商学院
    "校本": "xiao ben",  # 学校本部
}
