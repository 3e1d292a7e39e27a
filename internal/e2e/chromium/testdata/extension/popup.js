// What a test needs to see of the driver: the URL that activeTab grants, an
// answer from the worker, and what typing and clicking did.
const show = (id, text) => { document.getElementById(id).textContent = text; };

document.getElementById("save").addEventListener("click", event => {
  show("saved", `${document.getElementById("name").value}, trusted: ${event.isTrusted}`);
});

const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
show("url", tab.url ?? "no grant");
show("worker", await chrome.runtime.sendMessage("start"));
