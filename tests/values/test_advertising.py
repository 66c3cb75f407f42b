"""What looks as if it had been pasted along with a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem.values.advertising import farmed_hosts, host_of, suspicions
from ecosystem.values.paragraphs import Paragraph, paragraphs


def found(html: str, language: str = "en", known=()) -> list[tuple[str, str]]:
    return [
        (str(one.kind), one.words) for read in paragraphs(html) for one in suspicions(read, language, known)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("The center opened. Лучшие онлайн казино для вас.", "script", "Лучшие онлайн казино для вас"),
        ("The center ศูนย์วิจัย opened.", "script", "ศูนย์วิจัย"),
        ("The center opened مركز البحوث in May.", "script", "مركز البحوث"),
        ("The center 서울대학교 연구소 opened.", "script", "서울대학교 연구소"),
        ("It opened. 我们提供最优惠的价格欢迎您来咨询 in May.", "script", "我们提供最优惠的价格欢迎您来咨询"),
        ("Pay with раypal now.", "mixed", "раypal"),
        ("It opened 代开发票 in May.", "trade", "代开发票"),
        ("It opened, with online casino bonus.", "trade", "online casino"),
        ("Ask on Telegram: @best_deal88 today.", "contact", "Telegram: @best_deal88"),
        ("Add WeChat ID shtech888 for more.", "contact", "WeChat ID shtech888"),
        ("WhatsApp +86 138 1234 5678 now.", "telephone", "+86 138 1234 5678"),
        ("Join t.me/bestdeal for more.", "contact", "t.me/bestdeal"),
        ("Call 13812345678 or write.", "telephone", "13812345678"),
        ("Call (021) 61234567 today.", "telephone", "(021) 61234567"),
        ("Call 400-820-8820 today.", "telephone", "400-820-8820"),
    ],
)
def test_insertions_in_english(text, kind, words):
    assert found(f"<p>{text}</p>") == [(kind, words)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("园区已启用。加微信 fp8888 了解更多。", "contact", "加微信 fp8888"),
        ("园区已启用，ＶＸ：ａｂｃ１２３４５。", "contact", "VX：abc12345"),
        ("园区已启用，ＱＱ群６１２３４５６７８。", "contact", "QQ群612345678"),
        ("园区已启用，微\u200b信号：shtech_88。", "contact", "微信号：shtech_88"),
        ("园区已启用，电话①③⑧12345678联系。", "telephone", "13812345678"),
        ("园区已启用。大发快三平台欢迎您。", "trade", "大发快三"),
        (
            "园区 the best place where you can buy the cheap things that everyone needs in the world 启用。",
            "script",
            "the best place where you can buy the cheap things that everyone needs in the world",
        ),
        ("园区 Лучшие онлайн 启用。", "script", "Лучшие онлайн"),
    ],
)
def test_insertions_in_chinese(text, kind, words):
    assert found(f"<p>{text}</p>", "zh-hans") == [(kind, words)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Fudan University (复旦大学) built WeChat mini-programs; Telegram reported it, QQ music too.", "en"),
        (
            "The Shanghai Municipal Commission of Economy and Informatization (上海市经济和信息化委员会) said so.",
            "en",
        ),
        ("WeChat had 1,382 million users in 2024; WeChat Pay 300 million.", "en"),
        ("The α and β of ΔT, 200–300 people, 2024-2025, ISBN 978-7-5000-1234-5, GB/T 19001-2016.", "en"),
        ("A casino town drew lines; the line opened in 2020 and a signal 5 km long.", "en"),
        ("The register counts 13812345678 yuan.", "en"),
        (
            "张江科学城（Zhangjiang Science City）与 Advanced Micro-Fabrication Equipment Inc. 合作。",
            "zh-hans",
        ),
        ("微信用户1000万，微信小程序2023年上线，微信支付500万笔，QQ音乐2004年。", "zh-hans"),
        (
            "论文“Attention is all you need for the next of the models in the whole of the world”发表。",
            "zh-hans",
        ),
        ("中微半导体开发等离子体刻蚀设备，电话会议于2024年举行。", "zh-hans"),
    ],
)
def test_ordinary_texts_have_none(text, language):
    assert found(f"<p>{text}</p>", language) == []


def test_names_that_are_known_do_not_count():
    text = "<p>It works with 上海人工智能实验室科技有限公司 and 서울대학교.</p>"
    assert found(text) != []
    assert found(text, known=["上海人工智能实验室科技有限公司", "서울대학교"]) == []


def test_words_marked_as_another_language_do_not_count_unless_they_sell():
    assert found('<p>The motto is <span lang="zh-Hans">博学而笃志，切问而近思</span>.</p>') == []
    assert found('<p>The motto <span lang="zh-Hans">加微信abc12345</span>.</p>') == [
        ("contact", "加微信abc12345")
    ]


def test_invitation_in_an_address_counts():
    assert found('<p>See <a href="https://t.me/bestdeal">here</a>.</p>') == [("contact", "t.me/bestdeal")]


LONG = "A long text. " * 9


def links(*hosts: str, words: str = "word") -> str:
    return " ".join(f'<a href="https://{host}/">{words}</a>' for host in hosts)


@pytest.mark.parametrize(
    ("html", "hosts"),
    [
        (f"<p>{links('a.com', 'www.b.com', 'c.net', words='cheap shoes')}</p>", ["a.com", "b.com", "c.net"]),
        (
            f"<p>{'A long text. ' * 9}{links('a.com', 'b.com', 'c.com', 'd.com')}</p>",
            ["a.com", "b.com", "c.com", "d.com"],
        ),
        (f"<p>{'A long text. ' * 9}{links('a.com', 'b.com', 'c.com')}</p>", []),
        (f"<p>{links('a.com', 'a.com', 'a.com', 'a.com')}</p>", []),
        ('<p><a href="/metrics/gdp/">a</a> <a href="mailto:a@b.c">b</a> <a href="http://[">c</a></p>', []),
    ],
)
def test_farms_of_links(html, hosts):
    (read,) = paragraphs(html)
    assert farmed_hosts(read) == hosts


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.a.org/x", "a.org"),
        ("/x", ""),
        ("mailto:a@b.c", ""),
        ("http://[", ""),
        ("ftp://a.org", ""),
    ],
)
def test_host_of_an_address(address, host):
    assert host_of(address) == host


@given(st.text(max_size=80), st.sampled_from(["en", "zh-hans"]))
def test_any_text_is_read(text, language):
    assert all(one.words for one in suspicions(Paragraph("p", text), language))
