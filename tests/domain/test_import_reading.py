"""A file of organizations as a whole: every dress it may come in, and every way in which it cannot be used."""

import gzip

import pytest

from ecosystem.domain.import_reading import UnusableFile, look_over

HEADER = "id,name,kind\n"


def table(tmp_path, content: bytes, name: str = "list.csv"):
    file = tmp_path / name
    file.write_bytes(content)
    return look_over(file)


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}ror:1,复旦,education\n".encode(),
        f"{HEADER}ror:1,复旦,education\n".encode("utf-8-sig"),
        f"{HEADER}ror:1,复旦,education".replace("\n", "\r\n").encode(),
        gzip.compress(f"{HEADER}ror:1,复旦,education\n".encode("utf-8-sig"), mtime=0),
        "ID , Name,KIND\n\nror:1,复旦,education\n\n".encode(),
    ],
    ids=["plain", "with a mark", "lines of Windows", "packed", "spaces and empty lines"],
)
def test_same_rows_in_every_dress(tmp_path, content):
    found = table(tmp_path, content)
    assert (found.header, found.count) == (("id", "name", "kind"), 1)
    assert [line.cells for line in found.lines()] == [["ror:1", "复旦", "education"]]


def test_number_of_a_row_counts_empty_lines_too(tmp_path):
    """It is the row that a spreadsheet shows."""
    found = table(tmp_path, f"{HEADER}\nror:1,A,other\n".encode())
    assert [line.number for line in found.lines()] == [3]


def test_header_alone_is_a_file_of_no_rows(tmp_path):
    assert table(tmp_path, HEADER.encode()).count == 0


def test_columns_of_which_nothing_is_kept_are_named(tmp_path):
    found = table(tmp_path, b"lat,id,name,source,kind,colour\n")
    assert found.unused == ["lat", "source", "colour"]


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "is empty: its first row must name the columns, id, name, kind and others."),
        (b"id,name\nror:1,A\n", "has no column kind. Its first row must name the columns"),
        (b"id;name;kind\nror:1;A;other\n", "has no column id, name, kind."),
        (b"id,name,kind,name\n", "names a column twice: name. Remove or rename one of them."),
        ("id,name,kind\nror:1,复旦,education\n".encode("gb18030"), "is not in UTF-8"),
        ("id,name,kind\nror:1,Łódź,education\n".encode("cp1250"), "is not in UTF-8"),
        ("id,name,kind\nror:1,A,other\n".encode("utf-16"), "is UTF-16, not CSV in UTF-8."),
        (b"PK\x03\x04 a workbook", "is a workbook or another zip archive, not CSV in UTF-8."),
        (b'id,name,kind\nror:1,"A,other\nror:2,B,other\n', "A quotation mark may be missing."),
        (b'id,name,kind\nror:1,"A"B,other\n', "is not CSV"),
        (gzip.compress(HEADER.encode() * 99, mtime=0)[:40], "is damaged and cannot be unpacked"),
        (b"\x1f\x8bnot packed at all", "is damaged and cannot be unpacked"),
        (HEADER.encode() + b"ror:1," + b"x" * 200_000 + b",other\n", "is not CSV"),
    ],
)
def test_file_that_cannot_be_used_is_refused_as_a_whole_and_says_what_to_do(tmp_path, content, advice):
    with pytest.raises(UnusableFile) as refused:
        table(tmp_path, content)
    assert advice in str(refused.value)


def test_wrong_sign_far_into_the_file_is_found_before_anything_is_written(tmp_path):
    rows = "".join(f"ror:{number},A,other\n" for number in range(20_000))
    with pytest.raises(UnusableFile):
        table(tmp_path, f"{HEADER}{rows}".encode() + b"ror:x,\xff,other\n")


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(UnusableFile, match="cannot be read"):
        look_over(tmp_path / name)
