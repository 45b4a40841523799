CKEDITOR.plugins.setLang("newsroom", "en", {
  figure: "Picture from the library",
  embed: "Embed a video or map",
  pull: "Pull quote",
  box: "Info box",
  address: "Address (YouTube, Vimeo, TikTok, Facebook, Spotify, SoundCloud, Google Maps)",
  caption: "Caption",
});
for (const [tag, name] of Object.entries({ tag_p: "Paragraph", tag_h2: "Cross-head", tag_h3: "Smaller cross-head" })) {
  CKEDITOR.lang.en.format[tag] = name;
}
