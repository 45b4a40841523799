"""Who writes for the demonstration paper, and who can sign in to its desk?"""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from articles import catalogue
from articles.models import Author, Role, RoleGrant

# Address -> name, and what readers are told about the author
AUTHORS: Final = {
    "nguyen-minh-ha": ("Nguyễn Minh Hà", "Phóng viên thời sự, viết về chính quyền cơ sở và cải cách hành chính."),
    "tran-quoc-bao": (
        "Trần Quốc Bảo",
        "Theo dõi giao thông từ năm 2012, cuối tuần thường ở một nơi nào đó quanh Hà Nội.",
    ),
    "le-thu-trang": ("Lê Thu Trang", "Viết về giải trí, món ăn và những điều nhỏ của đời sống phố phường."),
    "pham-duc-long": ("Phạm Đức Long", "Phóng viên kinh tế, quan tâm đến chợ, hộ kinh doanh và an toàn thực phẩm."),
    "vu-hoang-nam": ("Vũ Hoàng Nam", "Phóng viên thể thao, mang theo máy ảnh trong mọi chuyến đi."),
    "dang-thuy-linh": ("Đặng Thùy Linh", "Phóng viên đô thị, viết về quy hoạch, đi lại và không gian công cộng."),
    "bui-anh-tuan": ("Bùi Anh Tuấn", "Cây bút phóng sự, thích những câu chuyện ở ngõ nhỏ và ngoại thành."),
    "do-hai-yen": ("Đỗ Hải Yến", "Viết về sách, dinh dưỡng và nếp nhà."),
    "hoang-kim-oanh": ("Hoàng Kim Oanh", "Theo dõi giá cả, tiêu dùng và đời sống văn hóa."),
    "ngo-gia-khanh": ("Ngô Gia Khánh", "Viết về sức khỏe và bóng đá, từng chơi ở giải sinh viên."),
    "duong-van-thanh": ("Dương Văn Thành", "Phóng viên ảnh của tòa soạn."),
    "ly-phuong-mai": ("Lý Phương Mai", "Viết về y tế, trường học và những chuyến đi gần."),
}


@dataclass(frozen=True)
class Account:
    """A member of staff who can sign in; `author` is the address of the byline that belongs to the person."""

    username: str
    family_name: str
    given_name: str
    role: Role
    author: str = ""


ACCOUNTS: Final = (
    Account("phongvien", "Nguyễn", "Minh Hà", Role.REPORTER, "nguyen-minh-ha"),
    Account("bientapvien", "Trần", "Quốc Bảo", Role.EDITOR, "tran-quoc-bao"),
    Account("thuky", "Mai", "Hồng Nhung", Role.PUBLISHER),
    Account("tongbientap", "Phan", "Hữu Nghĩa", Role.CHIEF),
    Account("kiemduyet", "Đinh", "Phương Thảo", Role.MODERATOR),
    Account("quantri", "Cao", "Việt Hùng", Role.ADMINISTRATOR),
)

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
Staff = dict[str, AbstractBaseUser]


def set_up_people() -> Staff:
    """Authors and accounts that are not there yet, and their roles; returns the accounts by user name."""
    for slug, (name, bio) in AUTHORS.items():
        if not Author.objects.filter(slug=slug).exists():
            catalogue.save_author(Author(slug=slug, name=name, bio=bio))
    password = the_password()
    return {account.username: set_up_account(account, password) for account in ACCOUNTS}


def set_up_account(account: Account, password: str) -> AbstractBaseUser:
    """The account. One that is there already keeps its password and its roles as they are."""
    users: Any = get_user_model()._default_manager
    found: AbstractBaseUser | None = users.filter(username=account.username).first()
    if found is not None:
        return found
    user: AbstractBaseUser = users.create_user(
        account.username,
        password=password,
        last_name=account.family_name,
        first_name=account.given_name,
        is_staff=True,
    )
    RoleGrant.objects.create(user_id=user.pk, role=account.role)
    author = Author.objects.filter(slug=account.author, user=None).first()
    if author is not None:
        author.user_id = user.pk
        catalogue.save_author(author)
    return user


def password_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-password.txt"


def the_password() -> str:
    """The one password of all accounts, made at the first run and kept in a file that only its owner may read."""
    path = password_file()
    if not path.exists() or not path.read_text(encoding="ascii").strip():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        made = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        path.write_text(f"{made}\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()
