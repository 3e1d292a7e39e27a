// Evaluated in the extension's worker: gives each step of a send a name, says
// which were passed, and holds the worker for ever at one of them. The worker's
// clock can be put forward.
(() => {
  const points = (globalThis.points = { passed: [], stopAt: "", stopped: false, ahead: 0 });
  const never = new Promise(() => {});

  /** Notes a step; true if the worker ends here. @param {string} name */
  function here(name) {
    points.passed.push(name);
    if (points.stopped || name !== points.stopAt) return points.stopped;
    return (points.stopped = true);
  }
  /** @param {object} target @param {string} method @param {(args: any[]) => string} name */
  function around(target, method, name) {
    const call = target[method].bind(target);
    target[method] = async (...args) => {
      const what = name(args);
      if (here("before " + what)) return never;
      const answer = await call(...args);
      return here("after " + what) ? never : answer;
    };
  }
  const stateOf = (bytes) => {
    const text = typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes);
    return /"state":"(\w+)"/.exec(text)?.[1] ?? "the note";
  };

  around(globalThis, "fetch", ([url, { method }]) => `${method} ${new URL(url).pathname.replace("/api/v1", "")}`);
  around(chrome.storage.local, "set", ([items]) => "the copy of " + stateOf(Object.values(items)[0]));
  around(chrome.storage.local, "get", ([key]) => (key === null ? "reading the copies" : "reading a copy"));
  around(chrome.action, "setBadgeText", () => "the badge");
  around(chrome.alarms, "create", () => "the alarm");
  around(chrome.alarms, "clear", () => "the alarm");

  const locks = navigator.locks.request.bind(navigator.locks);
  navigator.locks.request = (name, held) =>
    here("before the lock " + name) ? never : locks(name, () => (here("with the lock " + name) ? never : held()));

  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    const what = this.name === "outbox" ? stateOf(value) : this.name;
    const writing = this.transaction;
    const deaf = () => (writing.oncomplete = writing.onabort = writing.onerror = null);
    if (here("before storing " + what)) {
      deaf();
      writing.abort();
      return undefined;
    }
    if (points.stopAt === "after storing " + what) deaf();
    writing.addEventListener("complete", () => here("after storing " + what));
    return put.call(this, value, key);
  };

  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      super(...(args.length ? args : [RealDate.now() + points.ahead]));
    }
    static now() {
      return RealDate.now() + points.ahead;
    }
  };
})();
