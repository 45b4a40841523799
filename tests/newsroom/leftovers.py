"""Probes of the writing aids: keys that no input method read, with what was meant; and words to be left alone."""


def pairs(table):
    return [tuple(probe.replace("_", " ").split("=")) for probe in table.split()]


TELEX = pairs("""
tieengs=tiếng Vieetj=Việt tieengs_Vieetj=tiếng_Việt dduwowcj=được dduowcj=được dduocwj=được ddeer=để ddeens=đến
ddax=đã ddaays=đấy ddaau=đâu ddi=đi dduwowngf=đường ddoongf=đồng ddieemr=điểm ddieeuf=điều ddangr=đảng ddajt=đạt
nguwowif=người nguowif=người nguoiwf=người nhuwngx=những nhwngx=những nhuwng=nhưng twf=từ tuwf=từ cuar=của cos=có
cacs=các laf=là vaf=và hoaf=hòa hoaj=họa nhaf=nhà ngayf=ngày nayf=này thanhf=thành phoos=phố phuowngf=phường
quaanj=quận quyeets=quyết quyeenf=quyền quoocs=quốc quaanf=quần gioiws=giới giowis=giới giuwax=giữa giuowngf=giường
Hoof=Hồ nuwowcs=nước truwowngf=trường truwowcs=trước vieecj=việc vowis=với mowis=mới toois=tối tooi=tôi hoom=hôm
khoong=không coong=công thoong=thông ddoongj=động thuwcj=thực hieenj=hiện nghieepj=nghiệp thuees=thuế muaf=mùa
muaw=mưa dduwa=đưa lowns=lớn nhowf=nhờ ddowif=đời ddaauf=đầu caauf=cầu baos=báo vieets=viết lanhx=lãnh ddaoj=đạo
thij=thị xax=xã huyeenj=huyện tinhr=tỉnh phaats=phất quyf=quỳ thuyr=thủy khoer=khỏe hoawcj=hoặc thuowr=thuở
xuaan=xuân tuaanf=tuần luaatj=luật nhieeuf=nhiều chieeuf=chiều yeeu=yêu yeeus=yếu uowcs=ước roofi=rồi laij=lại
hocj=học hojc=học lamf=làm DDUWOWNGF=ĐƯỜNG TIEENGS=TIẾNG đươcj=được viêtj=việt ddoois=đối Ddaf=Đà Vaf=Và
xin_chafo_tieengs=xin_chào_tiếng
""")
VNI = pairs("""
d9o61ng=đống tie61ng=tiếng Vie65t=Việt d9u7o75c=được d9uo75c=được d9u7o7ng2=đường nga8m1=ngắm na8m2=nằm cu3a=của
ho5c=học nu7o71c=nước nu7o7c1=nước ngu7o72i=người ye6u=yêu d9i=đi d9a4=đã d9e63=để d9e61n=đến d9o62ng=đồng
nhu74ng=những to6i=tôi ho6m=hôm kho6ng=không co6ng=công the61=thế pho61=phố va2o=vào la2m=làm vie65c=việc
tu72=từ nga2y=ngày la5i=lại ro62i=rồi ba1o=báo qua65n=quận phu7o72ng=phường quo61c=quốc d9a62u=đầu tru7o72ng=trường
ha2_no65i=hà_nội Ha2_No65i=Hà_Nội
""")

# A line each: foreign words, names, codes, abbreviations, numbers, addresses, and Vietnamese that only looks odd.
CLEAN = """
Windows|Messi|Facebook|COVID-19|TP.HCM|5G|USD|Đắk Lắk|PGS.TS|1.234,5|29.000 tỷ đồng|Real Madrid|Chelsea|Arsenal
Barcelona|Liverpool|Manchester United|Bruno Fernandes|Son Heung-min|Lee Kang-in|Park Hang-seo|Moon Jae-in|Koo Koo
Boos|Roos|Hans|Luis Suárez|José Mourinho|Paris|London|Boston|Texas|Laos|Visa|Taxi|Lisa|Rosa|Maria|Test|New York
Google Maps|YouTube|TikTok|Zoom|Netflix|Starbucks|Booking.com|iPhone 15|iOS17|MacBook|ChatGPT|Wi-Fi|DDoS|ddos
room|boom|moon|seen|been|book|door|keeps|teens|rooms|warm|town|show|view|now|how|this|best|test|last|cost|list|box
mix|tax|six|sex|fans|tour|gas|bus|taxi|virus|visa|video|online|container|marathon|futsal|camera|chef|gif|loaf|if|of
U23|F1|A4|B52|G7|G20|H5N1|CO2|co2|km2|m2|mp3|mp4|Q5|T2|A1C|a4|u23|k8s|p2p|b2b|e2e|3D|4K|5.000|24/7|14-1-2021
https://vnexpress.net/tieengs-vieetj,a.html|www.tieengs.vn|a.tieengs@bao.vn|@tieengs|#tieengsVieetj|hanoimoi.vn
TP.Hồ Chí Minh|ThS.BS Nguyễn An|Q.1|P.5|St.Petersburg|GS.TSKH|NSƯT|HĐND|UBND|Đ.V.A|khối A,B,C|3 : 2|14h30|5,3%
Krông Pắc|Đắk Nông|Bắc Kạn|Pleiku|Kon Tum|M'Drắk|H'Mông|Ê Đê|Xơ Đăng|Y Moan|Phan Thị Hoà|chị Thuý|Thuỷ Tiên
quý|quỳnh|quyển|khuỷu|ngoáy|hoàn|thuở|giường|gìn giữ|giếng|giêng|xoong|xe goòng|boong tàu|ô tô|ki-lô-mét|a-xít
“Đúng”, ông nói|“A ‘b’ c”|đi... rồi|Đi… rồi|màn hình 27"|dài 5'10''|(xem ảnh)|kinh tế - xã hội|2020-2025|10.000 m³
29.000\u00a0đồng|TP\u00a0Hồ Chí Minh|ông\u00a0A|José|Río|café|Guðmundsson|Достоевский|naïve|Müller|Đ|ơ|...|?!
"""
LEFT_ALONE = [probe for line in CLEAN.strip().splitlines() for probe in line.split("|")]
