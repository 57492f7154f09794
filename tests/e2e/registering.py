"""Chapter two: a producer registers herself, the commune confirms her, a product is entered."""

from __future__ import annotations

from tests.e2e.pages import Person
from tests.factories import PASSWORD

LOGIN = "lo.thixuan"
PRODUCER = "Hợp tác xã Sản xuất, kinh doanh và dịch vụ nông nghiệp tổng hợp Mường So"
PRODUCT = "Khăn piêu dệt tay Mường So"


def register(producer: Person, commune: Person) -> None:
    _not_yet_known(producer)
    _sign_up(producer)
    commune.go("")
    commune.look("02-commune-home")
    commune.go(producer.here())
    commune.look("02-approve")
    commune.press("Xác nhận chủ thể")
    commune.reads("Đã xác nhận")
    _enter_product(producer)


def _not_yet_known(producer: Person) -> None:
    producer.go("")
    producer.fill({"Tên đăng nhập hoặc thư điện tử": LOGIN, "Mật khẩu": "doan-mo-2026"})
    producer.press("Đăng nhập")
    producer.reads("Tên đăng nhập hoặc mật khẩu không đúng.")
    producer.look("02-login-refused")


def _sign_up(producer: Person) -> None:
    producer.follow("Đăng ký chủ thể")
    with producer.refused():
        producer.press("Gửi đăng ký")
    producer.look("02-register-refused")
    producer.fill({
        "Xã, phường": "Xã Mường So", "Loại hình": "Hợp tác xã", "Tên chủ thể": PRODUCER, "Điện thoại": "0912345678",
        "Số đăng ký kinh doanh": "6200045678", "Địa chỉ": "Bản Khổng Lào, xã Mường So, tỉnh Lai Châu",
        "Người đại diện": "Lò Thị Xuân", "Họ và tên người đăng ký": "Lò Thị Xuân", "Tên đăng nhập": LOGIN, "Mật khẩu": PASSWORD,
    })  # fmt: skip
    producer.press("Gửi đăng ký")
    producer.reads("Đã gửi tới Xã Mường So.", "Chờ xã xác nhận")
    producer.look("02-registered")


def _enter_product(producer: Person) -> None:
    producer.follow("Sửa thông tin")
    producer.fill({"Ngày đăng ký": "14/03/2019", "Chức vụ người đại diện": "Giám đốc"})
    producer.look("02-producer-form")
    producer.press("Lưu")
    producer.follow("Thêm sản phẩm")
    producer.fill({"Tên sản phẩm": PRODUCT, "Ngành, nhóm sản phẩm": "22. Vải, may mặc"})
    producer.look("02-product-form")
    producer.press("Lưu")
    producer.look("02-product")
