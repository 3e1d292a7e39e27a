// The popup as one would write it by hand for one browser: the floor under the
// product, in the product's own page. It reads the same storage, asks Apollo the
// same and fills the same fields; what is typed is kept at every key. It has no
// outbox, no questions, no reading of amounts and dates, and a list of two-label
// suffixes in place of the public suffix list: it is a measure and no product.
import { client } from "./apollo.js";
import { element, fill, showCompany, showList } from "./screen.js";
import { openDatabase, read, readAll, write } from "./storage.js";

const older = (learned, than) => !learned || Date.now() - learned > than * 1000;
const form = element("form");

async function readPage() {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const look = () => ({ title: document.title, name: document.querySelector('meta[property="og:site_name"]')?.content, links: [...document.links].slice(0, 300).map((a) => a.href) });
  const [{ result }] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: look });
  const labels = new URL(tab.url).hostname.split(".");
  const two = /^(co|com|org|net|ac|gov)\.[a-z]{2}$/.test(labels.slice(-2).join("."));
  return { name: result.name || result.title, domain: labels.slice(two ? -3 : -2).join(".") };
}

const typed = {};
form.addEventListener("input", ({ target }) => {
  target.dataset.touched = "";
  typed[target.name] = target.value;
  opening.then(([db, { domain }]) => write(db, "drafts", `draft/${domain}/new`, typed));
});

// All that does not depend on the page is under way at once.
const opening = Promise.all([openDatabase(), readPage()]);
const copies = Promise.all([chrome.storage.local.get(null), chrome.storage.session.get("boot")]);

const [db, page] = await opening;
const [[settings], [draft, shown], [company = {}, team = { stages: [], users: [] }, walk], entries] = await Promise.all([
  read(db, "settings", "settings"),
  read(db, "drafts", `draft/${page.domain}/new`, `form/${page.domain}`),
  read(db, "index", `domain/${page.domain}`, "team", "walk"),
  readAll(db, "outbox"),
  copies,
]);
let list = (company.accounts?.length ? await read(db, "index", ...company.accounts.map(({ id }) => `account/${id}`)) : []).filter(Boolean);
show();
form.dataset.form = crypto.randomUUID();

function show() {
  const accounts = company.accounts ?? [];
  const name = accounts.length === 1 ? accounts[0].name : page.name;
  const [status, words] = { 0: company.learned ? ["not_in_apollo", "Not in Apollo yet"] : ["looking", "Looking it up in Apollo"], 1: ["in_apollo", "In Apollo"] }[accounts.length] ?? ["several", "Choose one in the form."];
  showCompany(status, name, page.domain, words);
  const all = list.flatMap(({ opportunities }) => opportunities);
  showList(team, all.sort((a, b) => Number(a.closed) - Number(b.closed) || b.created.localeCompare(a.created)));
  const now = new Date();
  const quarter = new Date(Date.UTC(now.getFullYear(), 3 * Math.floor(now.getMonth() / 3) + 3, 0));
  fill("name", draft?.name ?? name);
  fill("amount", draft?.amount ?? "");
  fill("close_date", draft?.close_date ?? quarter.toISOString().slice(0, 10));
  fill("stage", draft?.stage ?? team.stages.find(({ closed }) => !closed)?.id ?? "", team.stages);
  fill("owner", draft?.owner ?? team.rep ?? "", team.users);
  fill("account", draft?.account ?? accounts[0]?.id ?? "new", accounts.length ? accounts : [{ id: "new", name: `${name} (new account)` }]);
  element("submit").textContent = `Create opportunity for ${name}`;
  element("submit").removeAttribute("aria-disabled");
}

const api = client(settings);

async function refreshTeam() {
  if (!older(team.learned, 3600)) return;
  const [stages, users, rep] = await Promise.all([api.stages(), api.users(), api.profile()]);
  Object.assign(team, { stages, users, rep, learned: Date.now() });
  show();
  await write(db, "index", "team", team);
}

async function refreshCompany() {
  if (older(company.learned, 600)) {
    for (const name of [page.domain.split(".")[0], page.name]) {
      company.accounts = (await api.accountsNamed(name)).filter(({ domain }) => domain === page.domain);
      if (company.accounts.length) break;
    }
    company.learned = Date.now();
    show();
    await write(db, "index", `domain/${page.domain}`, company);
  }
  if (!list.some(({ seen }) => older(seen, 15)) && list.length) return;
  list = await Promise.all(company.accounts.map(async ({ id }) => {
    const all = { seen: Date.now(), opportunities: await api.opportunitiesOf(id) };
    await write(db, "index", `account/${id}`, all);
    return all;
  }));
  show();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, amount, close_date, stage, owner, account } = Object.fromEntries(new FormData(form));
  await api.create({ name, amount, closed_date: close_date, opportunity_stage_id: stage, owner_id: owner, account_id: account });
  element("say").textContent = "Saved.";
});

await Promise.all([refreshTeam(), refreshCompany()]);
