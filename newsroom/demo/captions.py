"""What is said about each demonstration picture? Its title, its caption and what a reader who cannot see it hears."""

CAPTIONS: dict[str, tuple[str, str, str]] = {
    "ho-guom": (
        "Hồ Gươm chiều tà",
        "Tháp Rùa và cầu Thê Húc soi bóng xuống mặt hồ Hoàn Kiếm lúc hoàng hôn.",
        "Tháp Rùa giữa hồ, cầu đỏ bên phải, mặt trời thấp sau rặng cây, liễu rủ phía trước",
    ),
    "cau-long-bien": (
        "Cầu Long Biên",
        "Những nhịp thép của cầu Long Biên vươn qua sông Hồng trong nắng sớm.",
        "Cầu thép nhiều nhịp bắc chéo qua sông, một người đội nón chống thuyền nan phía dưới",
    ),
    "pho-co": (
        "Phố cổ buổi sáng",
        "Dãy nhà ống tường vàng và gánh trái cây trên xe đạp, hình ảnh quen thuộc của phố cổ Hà Nội.",
        "Dãy nhà ống nhiều màu với cửa chớp xanh, người bán hàng rong dắt xe đạp chở hai sọt trái cây",
    ),
    "cho-dem": (
        "Chợ đêm cuối tuần",
        "Các gian hàng sáng đèn kéo dài giữa phố, thu hút đông người dạo chợ đêm cuối tuần.",
        "Đám đông đi giữa hai dãy quầy mái sọc đỏ trắng, phía trên treo đèn lồng",
    ),
    "metro": (
        "Tàu điện trên cao",
        "Đoàn tàu đường sắt đô thị chạy trên cầu cạn, phía dưới là dòng xe buổi sáng.",
        "Tàu điện trắng sọc xanh chạy trên cầu cạn bê tông, xe máy và ô tô đi trên đường bên dưới",
    ),
    "xe-buyt": (
        "Xe buýt điện",
        "Xe buýt điện đón khách tại một điểm dừng rợp bóng cây.",
        "Xe buýt màu xanh lá dừng cạnh nhà chờ, hành khách đứng đợi dưới hàng cây",
    ),
    "un-tac": (
        "Giờ tan tầm",
        "Dòng xe máy nối nhau chật kín mặt đường trong giờ cao điểm chiều.",
        "Hàng trăm xe máy và vài ô tô nhìn từ phía sau, đèn hậu đỏ, mặt trời lặn cuối đường",
    ),
    "cong-truong": (
        "Công trường sớm mai",
        "Kỹ sư và công nhân trao đổi trên công trường, phía sau là những khối nhà đang lên tầng.",
        "Hai cần cẩu tháp trên các khung nhà bê tông, bốn công nhân áo cam đội mũ bảo hộ",
    ),
    "cau-moi": (
        "Cầu dây văng về đêm",
        "Cây cầu dây văng lên đèn, nối hai bờ sông trong giờ xanh của buổi tối.",
        "Năm trụ cầu dây văng sáng đèn in bóng xuống sông, một sà lan chạy phía trước",
    ),
    "chung-cu": (
        "Khu chung cư",
        "Một khu chung cư nhiều cây xanh, nơi trẻ em có lối đi bộ và sân chơi trước nhà.",
        "Hai tòa chung cư nhiều ban công phơi quần áo, lối đi giữa bãi cỏ có người lớn và trẻ em",
    ),
    "cay-xanh": (
        "Con đường cây cổ thụ",
        "Hai hàng cây cổ thụ che mát con đường đi bộ trong một sáng nắng nhẹ.",
        "Con đường giữa hai hàng cây lớn, người phụ nữ mặc áo dài trắng dắt xe đạp, một người chạy bộ",
    ),
    "mua-lon": (
        "Phố trong mưa",
        "Người đi đường che ô, mặc áo mưa trong trận mưa lớn đầu giờ chiều.",
        "Hai người che ô đỏ và vàng đi trên phố ướt, xe máy và ô tô bật đèn trong mưa",
    ),
    "dem-thanh-pho": (
        "Thành phố đêm trăng",
        "Những tòa nhà sáng đèn hai bên đại lộ trong một đêm trăng tròn.",
        "Các tòa nhà cao tầng sáng đèn cửa sổ, đại lộ đầy ánh đèn xe, trăng tròn trên cao",
    ),
    "binh-minh-ho": (
        "Bình minh trên hồ",
        "Thuyền câu thong thả trên mặt hồ lúc bình minh, sen hé nở gần bờ.",
        "Mặt trời mọc trên hồ phẳng lặng, hai chiếc thuyền nhỏ, phía trước là lá và hoa sen hồng",
    ),
    "truong-hoc": (
        "Sân trường giờ ra chơi",
        "Học sinh vui chơi trên sân trường dưới bóng phượng vĩ và lá cờ đỏ sao vàng.",
        "Trường học tường vàng mái đỏ, cờ Tổ quốc giữa sân, học sinh quàng khăn đỏ chạy chơi",
    ),
    "lop-hoc": (
        "Giờ học toán",
        "Học sinh hăng hái giơ tay phát biểu trong một giờ hình học.",
        "Lớp học nhìn từ cuối phòng, cô giáo mặc áo dài đứng bên bảng vẽ hình tròn và tam giác",
    ),
    "thu-vien": (
        "Phòng đọc thư viện",
        "Bạn đọc bên những chiếc đèn bàn trong phòng đọc của thư viện.",
        "Ba người ngồi đọc sách quanh bàn dài có đèn chụp xanh, hai bên là giá sách cao kín tường",
    ),
    "benh-vien": (
        "Trước cổng bệnh viện",
        "Khu khám bệnh mới có sảnh đón rộng và lối riêng cho xe cấp cứu.",
        "Tòa nhà bệnh viện màu sáng có chữ thập đỏ, xe cấp cứu đỗ bên phải, bác sĩ đi trên sân",
    ),
    "tiem-chung": (
        "Điểm tiêm chủng",
        "Nhân viên y tế tiêm vắc xin cho người dân tại một điểm tiêm chủng của phường.",
        "Nhân viên y tế đeo khẩu trang tiêm cho một người ngồi ghế, bốn người xếp hàng phía sau",
    ),
    "san-bong": (
        "Trận cầu dưới ánh đèn",
        "Pha dứt điểm trước khung thành trong trận đấu tối trên sân nhà kín khán giả.",
        "Cầu thủ áo đỏ sút bóng trên sân cỏ, thủ môn giơ tay trước khung thành, khán đài đông người",
    ),
    "chay-bo": (
        "Chạy bộ ven hồ",
        "Nhóm bạn trẻ giữ thói quen chạy bộ quanh hồ mỗi sáng.",
        "Bốn người chạy bộ trên con đường ven hồ, mặt trời mọc sau dãy nhà phía xa",
    ),
    "boi-loi": (
        "Đường bơi tranh tài",
        "Các vận động viên nước rút ở nội dung bơi tự do.",
        "Sáu vận động viên bơi sải trong sáu đường bơi ngăn bằng phao đỏ trắng, khán giả đứng cuối bể",
    ),
    "bong-ro": (
        "Sân bóng rổ chiều hè",
        "Một cú ném rổ trong trận bóng đường phố lúc chiều muộn.",
        "Cầu thủ áo vàng bật cao ném bóng về phía rổ, đối thủ áo xanh giơ tay chắn, trời hoàng hôn",
    ),
    "nha-hat": (
        "Nhà hát lên đèn",
        "Khán giả đến nhà hát trước giờ mở màn đêm diễn.",
        "Nhà hát kiểu Pháp với dãy cửa vòm sáng đèn, vài khán giả trên quảng trường buổi tối",
    ),
    "bao-tang": (
        "Trống đồng trong bảo tàng",
        "Khách tham quan bên chiếc trống đồng Đông Sơn ở gian trưng bày chính.",
        "Trống đồng đặt trên bệ tròn giữa phòng, bốn khách tham quan và hai bức tranh trên tường",
    ),
    "le-hoi": (
        "Hội làng mùa xuân",
        "Múa rồng trước sân đình trong ngày khai hội làng.",
        "Đoàn múa rồng đỏ trước đình làng mái cong, cờ hội nhiều màu, đông người xem",
    ),
    "lang-gom": (
        "Bên bàn xoay gốm",
        "Người thợ chuốt gốm bên lò nung đang đỏ lửa ở một làng nghề ven sông.",
        "Thợ gốm ngồi bên bàn xoay, lò gạch rực lửa bên phải, các kệ bày bình gốm nhiều màu",
    ),
    "lang-lua": (
        "Phơi lụa",
        "Những tấm lụa vừa nhuộm phơi kín sân làng dệt.",
        "Các tấm lụa trắng, tím, cam, xanh, hồng, vàng phơi trên sào, người thợ ngồi bên khung cửi",
    ),
    "ruong-lua": (
        "Mùa lúa chín",
        "Nông dân gặt lúa trên những thửa ruộng bậc thang vào vụ.",
        "Ruộng lúa vàng uốn lượn dưới chân núi, bốn người đội nón đang gặt",
    ),
    "vuon-hoa": (
        "Vườn hoa vào vụ Tết",
        "Người trồng hoa chăm những luống cúc, thược dược và gốc đào cho vụ Tết.",
        "Các luống hoa nhiều màu chạy về phía chân trời, những cây đào nở hồng, ba người làm vườn",
    ),
    "rau-sach": (
        "Vùng rau an toàn",
        "Nông dân tưới rau buổi sớm ở vùng trồng rau an toàn ngoại thành.",
        "Các luống rau xanh và tím, người nông dân cầm bình tưới, ba nhà lưới phía sau",
    ),
    "cho-hoa": (
        "Chợ hoa trước bình minh",
        "Những xe đạp chở đầy hoa tỏa đi từ chợ đầu mối khi phố còn lên đèn.",
        "Hai người đội nón dắt xe đạp chất đầy hoa, quanh họ là các thùng hoa và người mua",
    ),
    "sieu-thi": (
        "Trong siêu thị",
        "Người tiêu dùng chọn mua hàng thiết yếu tại một siêu thị trong khu dân cư.",
        "Lối đi giữa hai dãy kệ đầy hàng, một người đẩy xe chất rau quả, hai người chọn hàng phía sau",
    ),
    "nha-may": (
        "Dây chuyền nhà máy",
        "Công nhân vận hành dây chuyền đóng gói tự động tại một khu công nghiệp.",
        "Bốn công nhân đội mũ vàng đứng bên băng chuyền, phía sau là các máy có cánh tay robot",
    ),
    "cang-song": (
        "Cảng sông chiều muộn",
        "Tàu chở hàng cập cảng sông, các cần trục làm việc đến chiều muộn.",
        "Tàu chở công-te-nơ bên bến cảng với ba cần trục đỏ, thuyền nhỏ phía trước, trời hoàng hôn",
    ),
    "ngan-hang": (
        "Trụ sở ngân hàng",
        "Người dân qua lại trước trụ sở một ngân hàng ở trung tâm thành phố.",
        "Tòa nhà cổ điển có hàng cột lớn, cờ đỏ sao vàng trên nóc, người đi bộ và hai cây cau",
    ),
    "nha-ga": (
        "Sân ga giờ tàu đến",
        "Hành khách chờ lên tàu trong ngày cao điểm đi lại.",
        "Đoàn tàu đỏ dừng ở sân ga có mái che, hành khách kéo va li trên ke ga",
    ),
    "den-long": (
        "Phố đèn lồng",
        "Đèn lồng lụa thắp sáng con phố nhỏ trong đêm hội trăng rằm.",
        "Nhiều dây đèn lồng đủ màu treo trên phố, hai phụ nữ mặc áo dài đi trên mặt đường ướt",
    ),
    "nui-ba-vi": (
        "Ba Vì trong sương",
        "Ba đỉnh núi Ba Vì hiện ra sau những lớp sương sớm.",
        "Nhiều lớp núi xanh trong sương, đồng cỏ có bò gặm cỏ, ngôi nhà mái đỏ và con đường mòn",
    ),
    "song-hong": (
        "Sông Hồng mùa nước",
        "Sà lan chở cát trên sông Hồng, phía bãi bồi người dân chăm ruộng rau.",
        "Sông rộng nước đỏ lúc mặt trời thấp, hai sà lan chở cát, bãi rau và thuyền nan bên trái",
    ),
    "mua-12-thang": (
        "Mưa Hà Nội qua 12 tháng",
        "Lượng mưa từng tháng, từ tháng 1 đến tháng 12, tính bằng milimét.",
        "Biểu đồ 12 cột: mưa ít nhất tháng 1 (18 mm), tăng dần, cao nhất tháng 8 (318 mm), giảm nhanh từ tháng 10",
    ),
}
