// What CKEditor 4 learns for a newsroom: pictures of the library, embeds, pull quotes and info boxes.
// The server's sanitiser decides what is kept (newsroom/lib/html.py); this only makes it easy to type.
(() => {
  const escape = (text) => CKEDITOR.tools.htmlEncode(text || "");

  // A block (quote or box) around the selected paragraphs, switched on and off like CKEditor's own quote.
  const wrap = (editor, tag, className, html) => {
    const around = editor.elementPath()?.contains((el) => el.is(tag) && el.hasClass(className));
    if (around) {
      around.remove(true);
    } else {
      const chosen = editor.getSelectedHtml(true) || html;
      editor.insertHtml(`<${tag} class="${className}">${/^\s*<(p|h3|ul|ol)/.test(chosen) ? chosen : `<p>${chosen}</p>`}</${tag}>`);
    }
    editor.fire("change");
  };

  const figureWidget = (name, attribute) => ({
    allowedContent: `figure(!${name})[!${attribute}]; figcaption; img[!data-image,src,alt]`,
    editables: { caption: { selector: "figcaption", allowedContent: "em strong a[!href]" } },
    upcast: (element) => element.name === "figure" && element.hasClass(name),
  });

  CKEDITOR.plugins.add("newsroom", {
    requires: "widget",
    lang: "en,vi", // lang/*.js
    init(editor) {
      const text = editor.lang.newsroom;
      editor.widgets.add("newsroomFigure", figureWidget("image", "data-image"));
      editor.widgets.add("newsroomEmbed", figureWidget("embed", "data-embed"));

      editor.addCommand("insertFigure", {
        exec: () => editor.element.$.dispatchEvent(new CustomEvent("newsroom:choose-picture", { bubbles: true, detail: {
          chosen: (picture) => editor.insertHtml(
            `<figure class="image" data-image="${parseInt(picture.id, 10)}"><img data-image="${parseInt(picture.id, 10)}" src="${escape(picture.url)}" alt="${escape(picture.alt)}"><figcaption>${escape(picture.caption)}</figcaption></figure>`),
        } })),
      });
      CKEDITOR.dialog.add("newsroomEmbed", () => ({
        title: text.embed, minWidth: 420, minHeight: 90,
        contents: [{ id: "main", elements: [
          { id: "address", type: "text", label: text.address, validate: CKEDITOR.dialog.validate.regex(/^https:\/\/\S+$/, text.address) },
          { id: "caption", type: "text", label: text.caption },
        ] }],
        onOk() {
          const address = this.getValueOf("main", "address").trim();
          editor.insertHtml(`<figure class="embed" data-embed="${escape(address)}">${escape(address)}<figcaption>${escape(this.getValueOf("main", "caption"))}</figcaption></figure>`);
        },
      }));
      editor.addCommand("insertEmbed", new CKEDITOR.dialogCommand("newsroomEmbed"));
      editor.addCommand("pullQuote", { exec: () => wrap(editor, "blockquote", "pull", "…") });
      editor.addCommand("infoBox", { exec: () => wrap(editor, "aside", "box", "…") });

      const icons = `${this.path}icons/`;
      editor.ui.addButton("Figure", { label: text.figure, command: "insertFigure", toolbar: "insert", icon: `${icons}figure.svg` });
      editor.ui.addButton("Embed", { label: text.embed, command: "insertEmbed", toolbar: "insert", icon: `${icons}embed.svg` });
      editor.ui.addButton("PullQuote", { label: text.pull, command: "pullQuote", toolbar: "blocks", icon: `${icons}pull.svg` });
      editor.ui.addButton("InfoBox", { label: text.box, command: "infoBox", toolbar: "blocks", icon: `${icons}box.svg` });
    },
  });
})();
