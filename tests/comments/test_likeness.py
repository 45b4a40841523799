"""Which comments say nearly the same?"""

import pytest

from comments.screening.likeness import count_alike, similarity

TEXT = (
    "Tôi thấy dự án này rất lãng phí, tiền thuế của dân mà làm như thế thì không thể chấp nhận được, "
    "đề nghị thanh tra vào cuộc ngay"
)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        f"😀 {TEXT}!!!",
        TEXT.replace("rất", "quá"),
        f"{TEXT} nhé",
        "Toi" + TEXT[3:],
        TEXT.replace(",", " -"),
    ],
)
def test_a_word_more_or_less_is_alike(other):
    assert count_alike(similarity(TEXT), [similarity(other)]) == 1


@pytest.mark.parametrize(
    "other",
    [
        "Tôi rất ủng hộ dự án này vì nó giúp người dân đi lại thuận tiện hơn trước nhiều lần, cảm ơn thành phố",
        "Đề nghị thanh tra xem xét trách nhiệm của chủ đầu tư, tiền thuế của dân không phải để tiêu như vậy",
    ],
)
def test_the_same_subject_is_not(other):
    assert count_alike(similarity(TEXT), [similarity(other)]) == 0


def test_short_texts_are_alike_by_chance_and_never_compared():
    assert similarity("Hay quá, cảm ơn báo nhé") is None
    assert count_alike(None, [None, 5]) == 0


def test_the_bits_fit_a_column_of_the_database():
    assert all(-(2**63) <= similarity(f"{TEXT} {number}") < 2**63 for number in range(50))
