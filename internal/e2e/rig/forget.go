//go:build !js

package rig

import (
	"context"
	"encoding/json"
	"errors"
)

// Forget makes the extension what it is after its installation, and gives it
// Apollo's address and a key.
func (r *Rig) Forget(ctx context.Context, base, key string) error {
	if err := r.StopWorker(ctx); err != nil {
		return err
	}
	page, err := r.OpenPage(ctx, "options.html")
	if err != nil {
		return err
	}
	settings, err := json.Marshal(map[string]any{"version": 1, "base": base, "key": key})
	if err != nil {
		return err
	}
	quoted, err := json.Marshal(string(settings))
	if err != nil {
		return err
	}
	err = Do(
		// A page in the demo is none of the extension's own place.
		func() error { return page.Eval(ctx, `(localStorage.clear(), 1)`, nil) },
		func() error { return page.Navigate(ctx, r.ExtensionURL("options.html")) },
		func() error {
			return page.WaitFor(ctx, `document.querySelector("#key-stored").textContent || document.querySelector("#say.error")`)
		},
		func() error { return page.Eval(ctx, forget, nil) },
		// The page was for a workspace that is gone.
		func() error { return page.Navigate(ctx, r.ExtensionURL("options.html")) },
		func() error { return page.WaitFor(ctx, `document.querySelector("#key-stored").textContent`) },
		func() error { return page.Eval(ctx, "dealmark.saveSettings("+string(quoted)+").then(() => 1)", nil) },
	)
	return errors.Join(err, page.Close(ctx))
}

// forget empties whatever keeps something.
const forget = `(async () => {
	await chrome.alarms.clearAll();
	await chrome.storage.local.clear();
	await chrome.action.setBadgeText({ text: "" });
	for (const { name } of await indexedDB.databases()) if (name !== "dealmark") indexedDB.deleteDatabase(name);
	const db = await new Promise((done) => indexedDB.open("dealmark").onsuccess = (e) => done(e.target.result));
	const clearing = db.transaction([...db.objectStoreNames], "readwrite");
	for (const area of db.objectStoreNames) clearing.objectStore(area).clear();
	await new Promise((done) => clearing.oncomplete = done);
	db.close();
	return 1;
})()`
