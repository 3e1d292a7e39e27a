// Command worker is worker.wasm, the core of the extension's worker and of its
// options page. The popup has its own program, so that a click does not pay for
// what only these need.
//
// The documents that its functions take and give are those of package wasm:
// see there.
//
// Of the worker:
//
//   - drain sends what the outbox holds.
//   - fillIndex reads the team's list into the index.
//   - pauseIndex keeps it from reading on, until resumeIndex.
//   - resumeIndex takes that back.
//   - unlocked sends what waited for the passphrase of a workspace's key.
//   - chooseWorkspace makes a workspace the current one.
//
// Of the options page:
//
//   - readSettings gives the settings without the key.
//   - saveSettings changes settings.
//   - applyPolicy sets what the team's admin has set.
//   - storedKey gives a key that has no passphrase yet, to be sealed.
//   - testConnection tries what the product needs.
//   - setUpTag finds or makes the team's custom field for tags.
//   - readForm gives how the form is set up.
//   - saveForm changes how the form is set up.
//   - listCustomFields asks Apollo for the custom fields that the form could have.
//   - exampleName gives a name as a pattern makes it.
//   - readLock gives the sealed key of the workspace.
//   - readWorkspaces gives all workspaces, and which one the page is for.
//   - addWorkspace adds one and makes it the current one.
//   - renameWorkspace gives one another name.
//   - removeWorkspace removes one with all that is kept of it.
//   - readJournal gives what left this browser, and the budget.
//   - clearJournal forgets what left this browser.
//   - readAliases gives the hosts whose pages are another company's.
//   - saveAlias adds or changes one.
//   - removeAlias drops one.
//   - importAliases merges those of a file.
//   - readWalk says how far the reading of the team's list is.
//   - exportOutbox gives all that the outbox keeps.
package main
