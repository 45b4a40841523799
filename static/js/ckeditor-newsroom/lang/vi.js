CKEDITOR.plugins.setLang("newsroom", "vi", {
  figure: "Chèn ảnh từ kho ảnh",
  embed: "Nhúng video, bản đồ",
  pull: "Trích dẫn nổi bật",
  box: "Hộp thông tin",
  address: "Địa chỉ (YouTube, Vimeo, TikTok, Facebook, Spotify, SoundCloud, Google Maps)",
  caption: "Chú thích",
});

// What CKEditor's own Vietnamese leaves in English or says oddly, as far as our buttons and dialogs show it.
// CKEditor reads this file before any button is made.
(() => {
  const better = {
    application: "Trình soạn thảo",
    editor: "Trình soạn thảo",
    editorPanel: "Bảng chọn của trình soạn thảo",
    common: {
      url: "Địa chỉ", cancel: "Hủy", generalTab: "Chung", advancedTab: "Nâng cao", confirmCancel: "Các thay đổi chưa được dùng. Bạn có chắc muốn đóng không?",
      alignLeft: "Căn trái", alignRight: "Căn phải", alignCenter: "Căn giữa", justify: "Căn đều",
      invalidWidth: "Chiều rộng phải là một số.", invalidHeight: "Chiều cao phải là một số.",
      keyboard: { 8: "Xóa lùi", 32: "Phím cách" },
    },
    notification: { closed: "Đã đóng thông báo." },
    toolbar: { toolbarExpand: "Mở rộng thanh công cụ", toolbarGroups: { clipboard: "Sao chép và hoàn tác" } },
    format: { label: "Kiểu đoạn", panelTitle: "Kiểu đoạn", tag_p: "Đoạn văn", tag_h2: "Tít xen", tag_h3: "Tít xen nhỏ" },
    blockquote: { toolbar: "Trích dẫn" },
    removeformat: { toolbar: "Xóa định dạng" },
    list: { bulletedlist: "Danh sách không đánh số", numberedlist: "Danh sách đánh số" },
    indent: { indent: "Thụt vào", outdent: "Thụt ra" },
    horizontalrule: { toolbar: "Đường kẻ ngang" },
    maximize: { maximize: "Toàn màn hình", minimize: "Thu nhỏ" },
    undo: { undo: "Hoàn tác", redo: "Làm lại" },
    contextmenu: { options: "Các việc với chỗ này" },
    widget: { label: "Khối %1", move: "Bấm và kéo để di chuyển" },
    clipboard: {
      pasteNotification: "Nhấn %1 để dán. Trình duyệt không cho dán bằng nút hoặc bằng menu.",
      pasteMsg: "Dán nội dung vào ô bên dưới rồi bấm Đồng ý.",
      fileFormatNotSupportedNotification: "Không nhận tệp dạng ${formats}.",
      fileWithoutFormatNotSupportedNotification: "Không nhận dạng tệp này.",
    },
    pastetext: {
      button: "Dán không định dạng", title: "Dán không định dạng",
      pasteNotification: "Nhấn %1 để dán. Trình duyệt không cho dán bằng nút hoặc bằng menu.",
    },
    link: {
      toolbar: "Liên kết", unlink: "Bỏ liên kết", displayText: "Chữ hiển thị", toUrl: "Địa chỉ", toPhone: "Điện thoại", phoneNumber: "Số điện thoại",
      noTel: "Hãy nhập số điện thoại", noUrl: "Hãy nhập địa chỉ", noEmail: "Hãy nhập địa chỉ thư điện tử", download: "Tải xuống khi bấm",
      emailBody: "Nội dung thư", emailSubject: "Tiêu đề thư", type: "Loại liên kết", advisoryTitle: "Chú giải", rel: "Quan hệ",
      anchor: { errorWhitespace: "Tên điểm neo không được có dấu cách" },
    },
    liststyle: {
      bulletedTitle: "Danh sách không đánh số", numberedTitle: "Danh sách đánh số", none: "Không có", type: "Kiểu", upperAlpha: "Chữ hoa (A, B, C…)", lowerAlpha: "Chữ thường (a, b, c…)",
      upperRoman: "Số La Mã hoa (I, II, III…)", lowerRoman: "Số La Mã thường (i, ii, iii…)", decimal: "Số (1, 2, 3…)", disc: "Chấm tròn đặc", circle: "Chấm tròn rỗng", start: "Bắt đầu từ",
    },
    table: {
      caption: "Tên bảng", headers: "Tiêu đề", headersRow: "Hàng đầu", headersColumn: "Cột đầu", headersBoth: "Hàng và cột đầu", border: "Độ dày viền",
      cellPad: "Đệm trong ô", cellSpace: "Khoảng cách giữa các ô", heightUnit: "đơn vị chiều cao", widthUnit: "đơn vị chiều rộng", widthPc: "phần trăm", widthPx: "điểm ảnh", summary: "Tóm tắt",
      cell: {
        columnHeader: "Tiêu đề cột", rowHeader: "Tiêu đề hàng", header: "Tiêu đề", deleteCell: "Xóa ô", merge: "Gộp ô", mergeRight: "Gộp sang phải", mergeDown: "Gộp xuống dưới",
        splitHorizontal: "Tách ô theo chiều ngang", splitVertical: "Tách ô theo chiều dọc", rowSpan: "Gộp số hàng", colSpan: "Gộp số cột", wordWrap: "Tự xuống dòng", hAlign: "Căn ngang", vAlign: "Căn dọc",
        insertBefore: "Chèn ô phía trước", insertAfter: "Chèn ô phía sau", alignBaseline: "Theo đường chân chữ", cellType: "Loại ô",
      },
      row: { deleteRow: "Xóa hàng" },
      column: { deleteColumn: "Xóa cột" },
    },
    fakeobjects: { iframe: "Khung nhúng" },
  };
  const put = (words, into) => {
    for (const [key, word] of Object.entries(words)) {
      if (typeof word === "string") {
        into[key] = word;
      } else if (into[key]) {
        put(word, into[key]);
      }
    }
  };
  put(better, CKEDITOR.lang.vi);
})();
