"""Under which names may a reader not write, however they are disguised?"""

import pytest

from comments.screening import Submission, Trust, names, screen

RESERVED = names.reserved(["Nhịp sống Hà Nội", "NSHN"], ["Nguyễn Mai", "Lê Hoàng An", "Lan"])


def found(name, **fields):
    return [finding.code for finding in screen(Submission("Hay quá", name=name, reserved=RESERVED, **fields))]


@pytest.mark.parametrize(
    "name",
    ["Tòa soạn", "Toà soạn", "TÒA SOẠN", "T0à soạn", "Тòa soạn", "T ò a s o ạ n", "Tòasoạn", "toa soan",
     "To\u0300a soạn", "Ban  biên   tập", "Ban Biên Tập NSHN", "Nhịp sống Hà Nội", "Nhip song Ha Noi", "NSHN", "Admin",
     "Adm1n", "Quản trị viên", "Tòa\u200bsoạn"],
)  # fmt: skip
def test_names_of_the_newsroom(name):
    assert found(name) == ["office"]


@pytest.mark.parametrize("name", ["Nguyễn Mai", "NGUYỄN  MAI", "Nguyen Mai", "Nguyeexn Mai", "Nguyễn Mаi"])
def test_names_of_its_people(name):
    assert found(name) == ["person"]


@pytest.mark.parametrize(
    "name", ["Bạn đọc", "Lê Thị Hà", "Nguyễn Mải", "Nguyễn Mai Hương", "Mai Nguyễn", "Lan", "Hà Nội", "Badminton fan",
             "Quản trị kinh doanh K50", "Nguyễn Văn Biên", "Tòa nhà A1", "🙂"],
)  # fmt: skip
def test_names_that_are_free(name):
    assert found(name) == []


def test_the_newsroom_itself_may():
    assert found("Tòa soạn", trust=Trust.STAFF) == []
