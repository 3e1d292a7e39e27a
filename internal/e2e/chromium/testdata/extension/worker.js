// Each start of the worker has its own number, so that a test can tell a
// restarted worker from one that went on.
const started = String(performance.timeOrigin);

chrome.runtime.onMessage.addListener((message, sender, sendResponse) => {
  sendResponse(started);
});
