// What CKEditor 4 learns for a newsroom: pictures of the library, embeds, pull quotes and info boxes.
// The server's sanitiser decides what is kept (newsroom/lib/html.py); this only makes it easy to type.
(() => {
  const services = "YouTube, Vimeo, TikTok, Facebook, Spotify, SoundCloud, Google Maps";
  const words = {
    vi: { figure: "Chèn ảnh từ thư viện", embed: "Nhúng video, bản đồ", pull: "Trích dẫn nổi bật", box: "Hộp thông tin",
          address: `Địa chỉ (${services})`, caption: "Chú thích", refused: `Địa chỉ này không nhúng được. Chỉ nhúng từ: ${services}.`,
          failed: "Chưa kiểm tra được địa chỉ. Vui lòng thử lại." },
    en: { figure: "Picture from the library", embed: "Embed a video or map", pull: "Pull quote", box: "Info box",
          address: `Address (${services})`, caption: "Caption", refused: `This address cannot be embedded. Only those of: ${services}.`,
          failed: "The address could not be checked. Please try again." },
  };
  const escape = (text) => CKEDITOR.tools.htmlEncode(text || "");
  const SELECT_ALL = CKEDITOR.CTRL + 65;

  // A block around the selected paragraphs (pull quote, info box), switched on and off like CKEditor's own quote.
  const wrapper = (tag, className, holds) => {
    const around = (path) => path?.contains((element) => element.is(tag) && element.hasClass(className));
    const chosenBlocks = (editor) => {
      const blocks = [];
      for (const range of editor.getSelection().getRanges()) {
        const paragraphs = range.createIterator();
        for (let block = paragraphs.getNextParagraph("p"); block; block = paragraphs.getNextParagraph("p")) {
          while (!block.getParent().equals(editor.editable())) block = block.getParent();
          if (!block.is(...holds)) return [];
          if (!blocks.some((known) => known.equals(block))) blocks.push(block);
        }
      }
      return blocks;
    };
    return {
      contextSensitive: true,
      refresh(editor, path) { this.setState(around(path) ? CKEDITOR.TRISTATE_ON : CKEDITOR.TRISTATE_OFF); },
      exec(editor) {
        const inside = around(editor.elementPath());
        const blocks = inside ? [] : chosenBlocks(editor);
        const bookmarks = editor.getSelection().createBookmarks();
        if (inside) {
          inside.remove(true);
        } else if (blocks.length) {
          const block = editor.document.createElement(tag, { attributes: { class: className } });
          block.insertBefore(blocks[0]);
          blocks.forEach((chosen) => chosen.appendTo(block));
        }
        editor.getSelection().selectBookmarks(bookmarks);
      },
    };
  };

  const figureWidget = (name, attribute) => ({
    allowedContent: `figure(!${name})[!${attribute}]; figcaption; img[!data-image,src,alt]`,
    editables: { caption: { selector: "figcaption", allowedContent: "em strong a[!href]" } },
    upcast: (element) => element.name === "figure" && element.hasClass(name),
  });

  const pictureHtml = (picture) => {
    const id = parseInt(picture.id, 10);
    const image = `<img data-image="${id}" src="${escape(picture.url)}" alt="${escape(picture.alt)}">`;
    return `<figure class="image" data-image="${id}">${image}<figcaption>${escape(picture.caption)}</figcaption></figure>`;
  };
  const embedHtml = (address, caption) =>
    `<figure class="embed" data-embed="${escape(address)}"><a href="${escape(address)}">${escape(address)}</a><figcaption>${escape(caption)}</figcaption></figure>`;

  // The server says which addresses may be embedded, and under which address a thing is known.
  const embedDialog = (editor, text) => ({
    title: text.embed, minWidth: 420, minHeight: 110,
    contents: [{ id: "main", elements: [
      { id: "address", type: "text", label: text.address },
      { id: "caption", type: "text", label: text.caption },
      { id: "told", type: "html", html: '<p class="embed-told" role="alert"></p>' },
    ] }],
    onShow() { this.getContentElement("main", "told").getElement().setText(""); },
    onOk() {
      const told = this.getContentElement("main", "told").getElement();
      const asked = new URLSearchParams({ address: this.getValueOf("main", "address").trim() });
      fetch(`${editor.element.data("embeds")}?${asked}`).then((answer) => answer.json()).then(({ address }) => {
        if (!address) return told.setText(text.refused);
        const caption = this.getValueOf("main", "caption");
        this.hide();
        editor.insertHtml(embedHtml(address, caption));
      }).catch(() => told.setText(text.failed));
      return false; // stays open until the server has answered
    },
  });

  CKEDITOR.plugins.add("newsroom", {
    requires: "widget",
    init(editor) {
      const text = words[editor.config.language] || words.en;
      editor.widgets.add("newsroomFigure", figureWidget("image", "data-image"));
      editor.widgets.add("newsroomEmbed", figureWidget("embed", "data-embed"));
      CKEDITOR.dialog.add("newsroomEmbed", () => embedDialog(editor, text));

      // The place is taken down when the button is pressed: the editor itself notes the caret a moment late.
      const askForPicture = () => {
        const places = editor.getSelection(true)?.createBookmarks2();
        const chosen = (picture) => {
          editor.focus();
          if (places) editor.getSelection(true).selectBookmarks(places);
          editor.insertHtml(pictureHtml(picture));
        };
        editor.element.$.dispatchEvent(new CustomEvent("newsroom:choose-picture", { bubbles: true, detail: { chosen } }));
      };
      editor.addCommand("insertFigure", { exec: askForPicture });
      editor.addCommand("insertEmbed", new CKEDITOR.dialogCommand("newsroomEmbed"));
      editor.addCommand("pullQuote", wrapper("blockquote", "pull", ["p"]));
      editor.addCommand("infoBox", wrapper("aside", "box", ["p", "h3", "ul", "ol"]));

      // In a caption "select all" means the caption: the editor would take the whole story, and the next key replace it.
      editor.on("contentDom", () => editor.editable().attachListener(editor.editable(), "keydown", (event) => {
        if (event.data.getKeystroke() !== SELECT_ALL) return;
        const caption = editor.getSelection()?.getStartElement()?.getAscendant("figcaption", true);
        if (!caption) return;
        event.data.preventDefault();
        event.stop();
        const range = editor.createRange();
        range.selectNodeContents(caption);
        range.select();
      }, null, null, -2));

      const icons = `${this.path}icons/`;
      editor.ui.addButton("Figure", { label: text.figure, command: "insertFigure", toolbar: "insert", icon: `${icons}figure.svg` });
      editor.ui.addButton("Embed", { label: text.embed, command: "insertEmbed", toolbar: "insert", icon: `${icons}embed.svg` });
      editor.ui.addButton("PullQuote", { label: text.pull, command: "pullQuote", toolbar: "blocks", icon: `${icons}pull.svg` });
      editor.ui.addButton("InfoBox", { label: text.box, command: "infoBox", toolbar: "blocks", icon: `${icons}box.svg` });
    },
  });
})();
