// The surface between the extension's JavaScript and the Go core. The
// doc_js.go of each program under wasm says the same in words; a test keeps the
// two in step.
//
// Every function takes one JSON document and gives a promise of one. Documents
// say the version first. A promise is rejected with a Failure, also as a JSON
// document: {"version":1,"kind":…,"message":…,"field":…}.

/** The version of this surface; another one is refused. */
type Version = 1;

/** A field of the form. */
type Field = "name" | "amount" | "stage" | "close_date" | "owner" | "account" | "account_name" | `custom.${string}`;

/** What a promise is rejected with, as JSON text in an Error's message. */
interface Failure {
  version: Version;
  kind:
    | "invalid" | "unauthorized" | "forbidden" | "not_found" | "conflict"
    | "rate_limited" | "unavailable" | "uncertain" | "internal";
  message: string;
  /** "master" asks for the rep's word on a master key. */
  field?: Field | "master";
  /** The core met a fault of its own: nothing more can be asked of it. */
  stopped?: boolean;
}

/** The page that the rep is on. url is empty where the browser hides it. */
interface Page {
  url: string;
  title?: string;
  siteName?: string;
  /** Its JSON-LD documents; one may be cut off. */
  data?: string[];
  /** Links that leave the page's site, redirects of the site included. */
  links?: Link[];
}

/** A link of a page: its absolute address, and the text that stands there. */
interface Link { url: string; text: string }

/** JSON text of a document of type T. */
type Json<T> = string & { readonly __of?: T };

interface Done { version: Version }

interface Opportunity {
  id: string;
  name: string;
  amount?: string;
  currency?: string;
  stage?: string;
  close_date?: string;
  owner?: string;
  account?: string;
  closed: boolean;
  won: boolean;
  url: string;
}

interface Settings {
  version: Version;
  /** Whether a passphrase opens the key, and whether it has to be entered. */
  sealed: boolean;
  locked: boolean;
  /** The API key's last four characters, "" if there is no key or it is locked. */
  keyEnds: string;
  /** The key has no passphrase although the team's admin wants one: it is not used before. */
  bare: boolean;
  base: string;
  /** The rep's id among users, "" if not chosen. */
  rep: string;
  /** Whether the team's custom field for tags is set up. */
  tag: boolean;
  /** Whether the key is a token for the team's gateway. */
  gateway: boolean;
}

/** How the team has its form. */
interface FormSetup {
  version: Version;
  /** The pattern for the names of new opportunities, "" for the company's name. */
  template?: string;
  /** The custom fields that the form has, in its order. */
  fields: FormField[];
}

/** A custom field of the team, as the settings list it. */
interface CustomField {
  /** "custom.KIND.ID" */
  field: string;
  label: string;
  kind: "text" | "number" | "date" | "boolean" | "choice" | "choices";
  options: { id: string; name: string }[];
  /** Of a text, in characters. */
  max?: number;
}

/** A custom field that the form has. */
interface FormField extends CustomField {
  required: boolean;
  /** The text for opportunities of a stage; without one for all that have none of their own. */
  defaults: { stage?: string; text?: string }[];
}

/** What a saved entry may offer to do. */
type EntryAction = "retry" | "resend" | "edit" | "settle" | "discard" | "restore" | "undo";

/** The rep's word on a field that somebody else changed as well. */
type Decision = "ours" | "theirs";

/** What trying one thing gave. right is what the key must be allowed to, as Apollo names it; missing says that it is not. */
interface Check { name: string; ok: boolean; missing: boolean; optional: boolean; right: string; purpose: string; text: string }

/** What the test of the connection found. letter is for the team's admin, "" if no right is missing. */
interface Report {
  version: Version;
  checks: Check[];
  users: { id: string; name: string }[];
  rep: string;
  /** The key may do more than Dealmark needs. */
  master: boolean;
  /** And the rep has agreed to that. */
  agreed: boolean;
  letter: string;
}

/** A team's Apollo with all that this browser keeps of it; pending is how many of its entries are not sent. */
interface Workspace { id: string; name: string; pending?: number }

/** A workspace's key as lock.js has sealed it, "" if it is not. */
interface Lock { version: Version; workspace: string; sealed: string; locked: boolean }

interface Workspaces {
  version: Version;
  /** The one that the page is for. */
  current: string;
  workspaces: Workspace[];
}

/** A request that left this browser; outcome is its status, or in words what else came of it, "" while nothing did. */
interface Sent { at: number; workspace: string; host: string; method: string; route: string; bytes: number; outcome: string }

/** A window of a rate limit; limit is 0 where it is not known. */
interface Rate { limit: number; left: number }

/** What Apollo allows of one endpoint, as it said at a time in milliseconds. */
interface Budget { at: number; endpoint: string; minute: Rate; hour: Rate; day: Rate }

/** Says that a host's pages, and those below it, are a company's. */
/** A host whose pages are a company's: by its domain, or by an account that has none. */
interface Alias { host: string; domain?: string; account?: string; name?: string }

/** All aliases as they are now, and what an import did. */
interface AliasAnswer { version: Version; aliases: Alias[]; added: number; changed: number; same: number }

/** The popup's program. */
interface PopupCore {
  /** Opens the popup's story on a page; typed holds what was typed before. */
  openPage(doc: Json<{ version: Version; page: Page; typed?: Partial<Record<Field, string>> }>): Promise<Json<Done>>;
  readWorkspaces(doc: Json<{ version: Version }>): Promise<Json<Workspaces>>;
  readLock(doc: Json<{ version: Version }>): Promise<Json<Lock>>;
  /** Takes what the rep typed for a company: a domain, which is chosen, or a name, which is looked for. */
  lookUp(doc: Json<{ version: Version; text: string }>): Promise<Json<{ version: Version; chosen: boolean }>>;
  /** Takes the domain of the company whose page it is, and an account of it; remembers it for the page's host. */
  chooseDomain(doc: Json<{ version: Version; text: string; id?: string }>): Promise<Json<Done>>;
  /** Takes back that the page is another company's than its address says. */
  forgetAlias(doc: Json<{ version: Version }>): Promise<Json<Done>>;
  /** Offers another company than the one shown, or stops that. */
  changeCompany(doc: Json<{ version: Version; on: "on" | "" }>): Promise<Json<Done>>;
  /** Reads the contacts of the form's account, for the first time that they are asked for. */
  listContacts(doc: Json<{ version: Version }>): Promise<Json<Done>>;
  /** Offers those of the account's contacts that have a text in their name, where there are more than were read. */
  findContacts(doc: Json<{ version: Version; text: string }>): Promise<Json<Done>>;
  /** Takes one of several accounts on the domain. */
  chooseAccount(doc: Json<{ version: Version; id: string }>): Promise<Json<Done>>;
  /** Takes what stands in a field, at every change. */
  editField(doc: Json<{ version: Version; form: string; field: Field; text: string }>): Promise<Json<Done>>;
  /** Moves what the name says of other fields into these; text is what stands in it. */
  takeLine(doc: Json<{ version: Version; form: string; text: string }>): Promise<Json<Done>>;
  /** Takes takeLine or discardDraft back. */
  putBack(doc: Json<{ version: Version; form: string }>): Promise<Json<Done>>;
  /** Saves the form as a new opportunity: stored in the outbox when the promise resolves. */
  createOpportunity(doc: Json<{ version: Version; form: string }>): Promise<Json<{ version: Version; entry: string }>>;
  /** Saves the form's changes of an opportunity: stored in the outbox when the promise resolves. */
  updateOpportunity(doc: Json<{ version: Version; form: string }>): Promise<Json<{ version: Version; entry: string }>>;
  /** Lists the company's opportunities, read again. */
  listOpportunities(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; opportunities: Opportunity[] }>>;
  /** Reads one opportunity and puts it into the form. */
  viewOpportunity(doc: Json<{ version: Version; id: string }>): Promise<Json<{ version: Version; opportunity: Opportunity }>>;
  /** Turns the form of a new opportunity into the change of one that is there. */
  changeInstead(doc: Json<{ version: Version; form: string; id: string }>): Promise<Json<Done>>;
  /** Goes back to the form for a new opportunity, with its draft. */
  newOpportunity(doc: Json<{ version: Version }>): Promise<Json<Done>>;
  /** Forgets what was typed into the form. */
  discardDraft(doc: Json<{ version: Version; form: string }>): Promise<Json<Done>>;
  /** Does what an outbox entry offers. */
  resolveEntry(doc: Json<{ version: Version; entry: string; action: EntryAction }>): Promise<Json<Done>>;
  /** Goes on with an entry that asks about fields which somebody else changed, as chosen for each. */
  decideEntry(doc: Json<{ version: Version; entry: string; decisions: Partial<Record<Field, Decision>> }>): Promise<Json<Done>>;
  /** Shows the outbox and the index as they are stored now; the worker says when. */
  refresh(doc: Json<{ version: Version }>): Promise<Json<Done>>;
}

/** The program of the worker and of the options page. */
interface WorkerCore {
  /** Sends what waits. next is when to call again, in seconds; 0 if nothing waits. */
  drain(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; next: number; pending: number }>>;
  /** Reads the team's list into the index, as far as the budget goes. next is when to call again, in seconds; 0 if nothing is left to read. The workspace is the current one where none is named. */
  fillIndex(doc: Json<{ version: Version; workspace?: string }>): Promise<Json<{ version: Version; next: number }>>;
  /** Keeps fillIndex from asking for a further page, also after the browser's next start. */
  pauseIndex(doc: Json<{ version: Version; workspace?: string }>): Promise<Json<Done>>;
  /** Takes pauseIndex back; fillIndex goes on where it was. */
  resumeIndex(doc: Json<{ version: Version; workspace?: string }>): Promise<Json<Done>>;
  /** How far the reading of the team's list is. */
  readWalk(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; walk: Walk }>>;
  readSettings(doc: Json<{ version: Version }>): Promise<Json<Settings>>;
  /** Saves settings; a part that is left out stays as it is, an empty key removes the key. */
  /** The key, where it is stored without a passphrase: to be sealed. */
  storedKey(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; key: string }>>;
  saveSettings(doc: Json<{ version: Version; key?: string; sealed?: string; base?: string; rep?: string; tag?: ""; master?: "agreed" }>): Promise<Json<Settings>>;
  /** Sets in every workspace what the team's admin has set. */
  applyPolicy(doc: Json<{ version: Version }>): Promise<Json<Done>>;
  /** Tries what the product needs, right by right; users are for choosing the rep. */
  testConnection(doc: Json<{ version: Version }>): Promise<Json<Report>>;
  /** Finds the team's custom field for tags, or makes it: made says which. */
  setUpTag(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; made: boolean }>>;
  readForm(doc: Json<{ version: Version }>): Promise<Json<FormSetup>>;
  /** Saves how the form is set up; a part that is left out stays as it is. */
  saveForm(doc: Json<{ version: Version; template?: string; fields?: FormField[] }>): Promise<Json<FormSetup>>;
  /** Asks Apollo for the custom fields that the form could have; others are those that it cannot, by their labels. */
  listCustomFields(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; fields: CustomField[]; others: string[]; stages: { id: string; name: string }[] }>>;
  /** A name that a pattern makes, of made-up values. */
  exampleName(doc: Json<{ version: Version; template: string }>): Promise<Json<{ version: Version; name: string }>>;
  readWorkspaces(doc: Json<{ version: Version }>): Promise<Json<Workspaces>>;
  readLock(doc: Json<{ version: Version }>): Promise<Json<Lock>>;
  /** Has sent what waited for the passphrase of a workspace's key. */
  unlocked(doc: Json<{ version: Version; workspace: string }>): Promise<Json<Done>>;
  /** Adds a workspace and makes it the current one. */
  addWorkspace(doc: Json<{ version: Version; name: string }>): Promise<Json<Done>>;
  renameWorkspace(doc: Json<{ version: Version; id: string; name: string }>): Promise<Json<Done>>;
  /** Makes a workspace the one that the next page is for. */
  chooseWorkspace(doc: Json<{ version: Version; id: string }>): Promise<Json<Done>>;
  /** Removes a workspace with all that is kept of it; one with unsent entries only if they shall be dropped. */
  removeWorkspace(doc: Json<{ version: Version; id: string; unsent?: "drop" }>): Promise<Json<Done>>;
  /** What left this browser, newest first, and the budgets that its answers told, the tightest hour first. */
  readJournal(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; requests: Sent[]; budgets: Budget[] }>>;
  /** Forgets what left this browser. */
  clearJournal(doc: Json<{ version: Version }>): Promise<Json<Done>>;
  /** The hosts whose pages are another company's than their address says. */
  readAliases(doc: Json<{ version: Version }>): Promise<Json<AliasAnswer>>;
  /** Adds one, or changes that of the host was. */
  saveAlias(doc: Json<{ version: Version; was?: string } & Alias>): Promise<Json<AliasAnswer>>;
  removeAlias(doc: Json<{ version: Version; host: string }>): Promise<Json<AliasAnswer>>;
  /** Merges those of an export: a refusal names the line and the member, and changes nothing. */
  importAliases(doc: Json<{ version: Version; text: string }>): Promise<Json<AliasAnswer>>;
  /** All that the outbox keeps, as JSON text, and how much of it is not done. */
  exportOutbox(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; outbox: string; pending: number }>>;
}

/** How far the reading of a workspace's list is, by its id; times in milliseconds, 0 where there is none. */
interface Walk { workspace: string; read: number; total: number; underWay: boolean; paused: boolean; complete: boolean; finished: number }

/** A row of the pipeline; amounts are digits, dates YYYY-MM-DD, "" where there is none. */
interface PipelineRow {
  id: string; name: string; company: string; stage: string; state: "open" | "won" | "lost"; owner: string;
  amount: string; currency: string; closeDate: string; url: string;
}

/** Amounts by currency, never added up across currencies; so many have none. */
interface Tally { count: number; without: number; amounts: { currency: string; sum: string; count: number }[] }

/** The total of a stage or month; states are how many are open, won and lost. */
interface Line extends Tally { key: string; label: string; states: [number, number, number] }

/** An element of SVG; as says how its text is written. */
interface Shape { name: string; as?: "words" | "month" | "money" | "short" | "count"; text?: string; currency?: string; attributes: Record<string, string>; shapes: Shape[] }

/** What is looked for; month is YYYY-MM, with < or > before it, or "none". sort is a column, with a minus for descending. */
interface PipelineQuery { text: string; within: string; stage: string; owner: string; state: string; month: string; sort: string }

/** The pipeline page's program. */
interface PipelineCore {
  /** Reads the index, and again when it has changed. workspace is its name where there are several. */
  openPipeline(doc: Json<{ version: Version }>): Promise<Json<{
    version: Version; count: number; unreadable: number; gateway: boolean; asOf: number; rep?: string; workspace?: string; walk: Walk;
    stages: { id: string; name: string; pipeline: string; closed: boolean; won: boolean }[]; owners: { id: string; name: string }[];
  }>>;
  /** Finds what is searched for; the functions below speak of what was found last. */
  findOpportunities(doc: Json<{ version: Version } & PipelineQuery>): Promise<Json<{ version: Version; count: number }>>;
  readRows(doc: Json<{ version: Version; from: number; count: number }>): Promise<Json<{ version: Version; rows: PipelineRow[] }>>;
  /** Of one stage only, by its key. */
  readStage(doc: Json<{ version: Version; stage: string; from: number; count: number }>): Promise<Json<{ version: Version; rows: PipelineRow[] }>>;
  /** Adds up and draws, in pixels; a month and an amount in short are so wide at most. measure is a currency, "count", or "" for what most have. */
  totalOpportunities(doc: Json<{ version: Version; width: number; rightToLeft: boolean; month: number; short: number; measure: string }>): Promise<Json<{
    version: Version; currency: string; counts: boolean; all: Tally; stages: Line[]; months: Line[]; stageChart: Shape; monthChart: Shape;
  }>>;
  /** CSV of a part, with its head where the part is the first. */
  exportRows(doc: Json<{ version: Version; from: number; count: number }>): Promise<Json<{ version: Version; csv: string }>>;
  /** How far the reading of the team's list is. */
  readWalk(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; walk: Walk }>>;
}

/** The program of a trial: Apollo, without a network. */
interface TrialCore {
  /** What the trial's settings must say. */
  join(doc: Json<{ version: Version }>): Promise<Json<{ version: Version; key: string; rep: string }>>;
  /** Says on which page the rep is, so that its company may be a customer. */
  visit(doc: Json<{ version: Version; page: Page }>): Promise<Json<Done>>;
  /** Carries out a request to Apollo. */
  answer(doc: Json<{ version: Version } & CarriedRequest>): Promise<Json<{ version: Version; status: number; headers: Record<string, string>; body: string }>>;
}

interface CarriedRequest { method: string; url: string; headers: Record<string, string>; body: string }

/** Where a program is at home: what its stores are called, and who carries its requests. */
interface Place {
  /** "trial-" with what tells this trial from the last one. */
  name: string;
  fetch?: (url: string, options: { method: string; headers: Record<string, string>; body?: Uint8Array }) => Promise<Response>;
}

/** The programs by their files. */
interface Programs {
  "core.wasm": PopupCore;
  "worker.wasm": WorkerCore;
  "trial.wasm": TrialCore;
  "pipeline.wasm": PipelineCore;
}

/** What a function takes and gives, without the version and as values. */
type Doc<F> = F extends (doc: Json<infer D>) => any ? Omit<NonNullable<D>, "version"> : never;
type Answer<F> = F extends (doc: any) => Promise<Json<infer D>> ? NonNullable<D> : never;

/** A program that runs, as wasm.js gives it. */
interface RunningCore<C> {
  call<M extends keyof C>(method: M, doc: Doc<C[M]>): Promise<Answer<C[M]>>;
  /** Rejected when it stops, which only a fault makes it do; so is every call that it leaves unanswered. */
  ended: Promise<never>;
}

/** What was read of one key, or of all keys with a prefix. */
interface Taken { keys: IDBValidKey[] | undefined; values: any }

/** What the popup's page reads of storage before the core runs: see ahead.js. */
interface Ahead {
  /** The database, when all has been read; undefined if there is none. */
  db: Promise<IDBDatabase | undefined>;
  /** Of storage.session, for the first who asks. */
  boot: Promise<{ [key: string]: any }> | undefined;
  /** All of storage.local, for the first who asks. */
  local: Promise<{ [key: string]: any }> | undefined;
  /** What is held of an area; undefined if it is not. */
  take(area: string, key: string, list: boolean): Taken | undefined;
  /** Forgets what is held: something was written. */
  drop(): void;
  /** How many were held, and how many the core had to read by itself. */
  taken: number;
  missed: number;
}
declare var ahead: Ahead | undefined;

/** What the running program has published. */
declare var dealmark: PopupCore | WorkerCore | TrialCore | PipelineCore;

/** The place of the program that starts, undefined for the extension's own. */
declare var dealmarkPlace: Place | undefined;

/** From wasm_exec.js, the toolchain's own, copied at build. */
declare class Go {
  importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}
