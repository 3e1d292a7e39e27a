// Command wasm is core.wasm, the core as the popup loads it: it publishes the
// exported functions on the global object "dealmark", wires the packages to the
// browser, and does nothing else. The worker and the options page have a program
// of their own, in the folder worker, that does the same.
//
// Every function takes one JSON document as a string and gives a promise of
// one. Documents say the version of this surface first, 1; another one is
// refused. A promise is rejected with an Error whose message is the document
// {"version":1,"kind":…,"message":…,"field":…}, with the kinds of package crm;
// "stopped":true in it says that a panic was the cause.
// The same surface is typed in extension/core.d.ts; a test keeps the two in
// step.
//
// The functions:
//
//   - openPage begins on a page, with what was typed before.
//   - readWorkspaces gives all workspaces, and which one the popup is for.
//   - readLock gives the sealed key of the workspace.
//   - lookUp takes what the rep typed for a company: a domain, or a name to look for.
//   - chooseDomain takes the domain of the company whose page it is, and remembers it.
//   - forgetAlias takes back that the page is another company's than its address says.
//   - changeCompany offers another company than the one shown.
//   - listContacts reads the contacts of the form's account.
//   - findContacts searches them by name, where there are more than a page.
//   - chooseAccount takes one of several accounts on the domain.
//   - editField takes what stands in a field, at every change.
//   - takeLine moves what the name says of other fields into these.
//   - putBack takes takeLine or discardDraft back.
//   - createOpportunity saves the form as a new opportunity.
//   - updateOpportunity saves the form's changes of an opportunity.
//   - listOpportunities reads and lists the company's opportunities again.
//   - viewOpportunity reads one opportunity and puts it into the form.
//   - changeInstead turns the form of a new opportunity into the change of one that is there.
//   - newOpportunity goes back to the form for a new opportunity.
//   - discardDraft forgets what was typed into the form.
//   - resolveEntry does what an outbox entry offers.
//   - decideEntry goes on with an entry as chosen for each field that somebody else changed.
//   - refresh shows what is stored now.
package main
