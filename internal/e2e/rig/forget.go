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
	// A file that runs nothing may do what a page of the extension may, and has
	// neither a core that takes time to start nor one that holds what is forgotten.
	page, err := r.OpenPage(ctx, "manifest.json")
	if err != nil {
		return err
	}
	settings, err := json.Marshal(map[string]any{"version": 1, "base": base, "key": key, "master": "agreed"})
	if err != nil {
		return err
	}
	quoted, err := json.Marshal(string(settings))
	if err != nil {
		return err
	}
	err = Do(
		func() error { return page.Eval(ctx, forget, nil) },
		func() error { return page.Navigate(ctx, r.ExtensionURL("options.html")) },
		func() error { return page.WaitFor(ctx, `document.querySelector("#key-stored").textContent`) },
		func() error { return page.Eval(ctx, "dealmark.saveSettings("+string(quoted)+").then(() => 1)", nil) },
	)
	return errors.Join(err, page.Close(ctx))
}

// forget empties whatever keeps something. A database that is not there yet stays
// the core's to make.
const forget = `(async () => {
	localStorage.clear();
	await chrome.alarms.clearAll();
	await chrome.storage.local.clear();
	await chrome.action.setBadgeText({ text: "" });
	const there = (await indexedDB.databases()).map(({ name }) => name);
	for (const name of there) if (name !== "dealmark") indexedDB.deleteDatabase(name);
	if (!there.includes("dealmark")) return 1;
	const db = await new Promise((done) => indexedDB.open("dealmark").onsuccess = (e) => done(e.target.result));
	const clearing = db.transaction([...db.objectStoreNames], "readwrite");
	for (const area of db.objectStoreNames) clearing.objectStore(area).clear();
	await new Promise((done) => clearing.oncomplete = done);
	db.close();
	return 1;
})()`
