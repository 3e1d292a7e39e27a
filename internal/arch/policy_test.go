//go:build !js

// These tests run the go command, which a program in JavaScript cannot do.

package arch_test

// house says which of our packages may import which. A line
//
//	a, b < c, d: reason
//
// lets c and d import a and b, and whatever these may import. NONE is nobody, ANY
// is everybody, "but" takes some away. A package without a line is an error.
const house = `
NONE < crm: the words know nobody; everybody speaks them
crm < words: the languages know how a text is said, and not when
NONE < wire: how JSON is read and written does not depend on what it means
NONE < store: a store does not know what its records mean
crm, wire < record: the stored form of the words, in one place for all that store
crm, form, store, wire, apollo, words < settings: few values with a record of their own; the key is in no other package's records; what they need of Apollo is set up and tried here
record, store < outbox: the queue is pure: it gets store, clock and sender, and cannot reach the network
record, store < index: the index is pure: who fills it reads Apollo
record, words < form: the form turns text into commands and does not know where they go
crm, wire < site: whose page it is follows from the page alone, its JSON-LD included
crm, wire < apollo: the client maps Apollo's documents to the words and keeps nothing
store, site < alias: whose page a host is by the rep's word; checked as addresses are
alias, form, outbox, index, words < popup: the popup's story writes nothing to Apollo: it has no client
index < pipeline: the pipeline page's story is pure: it gets what the index knows and gives rows, totals and shapes
popup, words < screen: the screen shows a View and decides nothing
apollo, outbox < sender: the one place where a command of the queue becomes a request of the client
apollo, store < journal: what left is recorded at the seam that every request passes
apollo, store, words < browser: the browser lends fetch and storage to ports that others declare
site, wire < boundary/page: the page's document, for each program that has to know the company
settings, outbox, sender, team, index, journal, browser < boundary: what both programs need behind their functions, and no function of either
ANY but gateway, sandbox, sandbox/direct, trial < wasm, wasm/worker, wasm/pipeline: mains wire the browser's programs; a server has no place in them, and a click does not pay for the trial
ANY but gateway, sandbox, sandbox/direct < wasm/trial: the demo's Apollo, loaded in a trial alone
gateway < web/edge: the Worker's runtime behind the gateway's ports
web/edge < web: the main of the Worker wires
NONE < sandbox/engine: a stand-in for Apollo that shared the client's code would share its mistakes
sandbox/engine, store, crm < trial: the engine with a journal that the browser keeps
sandbox/engine < sandbox: the local Apollo's engine behind an http.Handler
sandbox, apollo < sandbox/direct: the client before a local Apollo in the same program, for tests of what asks Apollo
sender, site < gateway: it carries out reps' writes by the outbox's rules through the client; nothing of the browser is in it
gateway < gateway/sqlite: one of the databases behind the gateway's port
gateway, sandbox < gateway/gatewaytest: the HTTP suite sees the gateway from outside, with a local Apollo behind it
outbox, apollo < team: a rep's client of the gateway stands where the client of Apollo stands
store < store/storetest: what every store must do, for its implementations' tests
NONE < toolchain: how a program is compiled does not depend on what it does
ANY but wasm < cmd/*: mains wire, for people and scripts
ANY but wasm < e2e/*: the whole product is under test
NONE < arch: it looks at the house from outside
`

// bounds says where alone a package may be imported, ours or not. Packages below
// it are meant too; "tests" are the files that end in _test.go.
const bounds = `
syscall/js only in browser, screen, boundary, wasm, web, web/edge, site/browser_js_test.go: everything else is tested without a browser; one test asks the engine itself what a URL is
honnef.co/go/js/dom/v2 only in screen, wasm: the screen wraps the DOM, once
modernc.org/sqlite only in gateway/sqlite: the native gateway's database; a Worker has its own
github.com/syumai/workers only in web, web/edge: the gateway is an http.Handler, wherever it runs
net/http only in gateway, gateway/*, sandbox, web, web/edge, cmd/*, e2e/*, tests, apollo/transport_http.go: it costs 8.3 MB of WebAssembly, its types alone 2 MB
golang.org/x/net only in gateway, web, cmd/*, e2e/*, tests: its public suffix list costs 2.4 MB; package site has its own table
github.com/go-json-experiment only in tests, cmd/*: package wire reads JSON in a tenth of its size
github.com/chromedp only in e2e/*, cmd/*, tests: a browser is driven in tests and demos
github.com/stretchr/testify only in tests, store/storetest, gateway/gatewaytest: assertions are for tests
pgregory.net/rapid only in tests: generators are for tests
`

// core are the packages that are tested without a browser, shipped those that
// are linked into the WebAssembly.
const (
	core    = "crm, words, wire, store, record, settings, outbox, index, form, site, alias, apollo, journal, team, sender, popup, pipeline"
	shipped = core + ", screen, browser, boundary, wasm"
)

// costs are what a shipped package must not bring along, neither itself nor by
// what it imports. A megabyte of WebAssembly is 11 to 13 ms at every click; the
// figures are those of a program that uses little of the package.
const costs = `
fmt: 0.8 MB; strconv and + do
log: 0.8 MB; errors are returned, and mains say them
encoding/json: 1.5 MB and three times the time; package wire does it
encoding/gob: reflection
encoding/xml: reflection
net/url: 1.0 MB; package site reads addresses
net/http: 8.3 MB; the browser has fetch
net: there are no sockets in a browser
regexp: 0.7 MB; package strings does
text/template: 3.1 MB; the screen makes text nodes
text/tabwriter: people's terminals are for mains
html: a text is shown as a text node
html/template: 3 MB; a text is shown as a text node
os: 0.5 MB; a browser has no files
os/exec: a browser starts no programs
reflect: it keeps every method of every type in the program
math/big: 0.7 MB; crm.Money is an int64
database/sql: a browser's storage is behind package store
`

// worldly are the packages that a core package must not import itself: what it
// needs of the world it is given.
const worldly = `
math/rand: randomness comes in as an argument
math/rand/v2: randomness comes in as an argument
crypto/rand: randomness comes in as an argument
os: the world comes in as arguments
syscall: the world comes in as arguments
unsafe: nothing here is worth it
`

// clocks are the names of package time that a core package must not use: an
// outbox that waits an hour is tested in a microsecond.
const clocks = `
Now: the clock comes in as an argument
Since: it reads the clock
Until: it reads the clock
Sleep: who calls decides how to wait
After: who calls decides how to wait
AfterFunc: who calls decides how to wait
Tick: who calls decides how to wait
NewTimer: who calls decides how to wait
NewTicker: who calls decides how to wait
`

// lent are tables of which a core package may take the address.
const lent = `
apollo.windows: windowNamed gives a row as a pointer, nil for none, to a caller that only reads it
`

// jsOnly are the packages whose every file is for the browser alone.
const jsOnly = "browser, screen, boundary, wasm, web, web/edge"

// noNames are what no package may be called: they say where something was put,
// not what it is.
const noNames = "util, utils, common, helper, helpers, misc, shared, base, lib, types, models"
