// The shape of a page: its elements, the names of their attributes, and the values
// of those that are no texts. An attribute that would run or load something is told
// with its value, after DOES.
(() => {
  const fixed = /^(class|type|role|rel|target|hidden|dir|data-(action|status)|aria-(busy|current|disabled|expanded|invalid|required))$/;
  const does = ({ name, value }) => {
    if (/^on|^(srcdoc|action|formaction|data|ping|background)$/.test(name)) return true;
    if (name === "src") return new URL(value, location.href).origin !== location.origin;
    return name === "href" && !["https:", "http:", location.protocol].includes(new URL(value, location.href).protocol);
  };
  const told = (attribute) => (does(attribute) ? `DOES ${attribute.name}=${attribute.value}` : fixed.test(attribute.name) ? `${attribute.name}=${attribute.value}` : attribute.name);
  const shape = (of) => `<${of.namespaceURI.slice(-4)} ${[of.localName, ...[...of.attributes].map(told).sort()].join(" ")}>${[...of.children].map(shape).join("")}</>\n`;
  globalThis.shape = () => shape(document.documentElement);
  return 1;
})()
