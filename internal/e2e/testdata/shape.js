// The shape of a page: its elements, the names of their attributes, and the values
// of those that are no texts. What an attribute could run or load is named.
(() => {
  const fixed = /^(class|type|role|rel|target|hidden|dir|data-(action|status)|aria-(busy|current|disabled|expanded|invalid|required))$/;
  const does = ({ name, value }, of) =>
    /^on|^(style|srcdoc|src|action|formaction|data|ping)$/.test(name) && !of.closest("head") || (name === "href" && !/^(https?|chrome-extension|moz-extension):$/.test(of.protocol ?? location.protocol)) ? `DOES ${name}=${value}` : "";
  const shape = (of) => {
    const attributes = [...of.attributes].map((a) => does(a, of) || (fixed.test(a.name) ? `${a.name}=${a.value}` : a.name)).sort();
    return `<${[of.namespaceURI.slice(-4), of.localName, ...attributes].join(" ")}>${[...of.children].map(shape).join("")}</>\n`;
  };
  globalThis.shape = () => shape(document.documentElement);
  return 1;
})()
