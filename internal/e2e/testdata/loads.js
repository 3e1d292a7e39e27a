// Which of some addresses a page can load, in each way that there is: for a file of
// the package, any is too much.
(async (urls) => {
  const loaded = [];
  const element = (tag, url, set) => new Promise((told) => {
    const made = Object.assign(document.createElement(tag), set);
    made.onload = () => told(loaded.push(`${tag} ${url}`));
    made.onerror = told;
    setTimeout(told, 3000);
    if (tag !== "img") document.head.append(made);
  });
  await Promise.all(urls.flatMap((url) => [
    fetch(url).then(() => loaded.push(`fetch ${url}`), () => {}),
    fetch(url, { mode: "no-cors" }).then(() => loaded.push(`no-cors ${url}`), () => {}),
    ...(/\.js$/.test(url) ? [element("script", url, { src: url }), import(url).then(() => loaded.push(`import ${url}`), () => {})] : []),
    ...(/\.css$/.test(url) ? [element("link", url, { rel: "stylesheet", href: url })] : []),
    ...(/\.(png|svg)$/.test(url) ? [element("img", url, { src: url })] : []),
  ]));
  return [...new Set(loaded)].sort();
})
