//go:build !js

package rig

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/store"
)

// Forget makes the extension what it is after its installation, and gives it
// Apollo's address and a key.
func (r *Rig) Forget(ctx context.Context, base, key string) error {
	if err := r.StopWorker(ctx); err != nil {
		return err
	}
	stored, err := stored(ctx, settings.Settings{Base: base, Key: key, Master: true})
	if err != nil {
		return err
	}
	// A file that runs nothing may do what a page of the extension may, and has
	// neither a core that takes time to start nor one that holds what is forgotten.
	page, err := r.OpenPage(ctx, "manifest.json")
	if err != nil {
		return err
	}
	var done bool
	err = Do(
		func() error { return page.Eval(ctx, forget+"("+stored+")", &done) },
		func() error {
			if done {
				return nil
			}
			// The core makes the database.
			return Do(
				func() error { return page.Navigate(ctx, r.ExtensionURL("options.html")) },
				func() error { return page.WaitFor(ctx, `document.querySelector("#key-stored").textContent`) },
				func() error { return page.Eval(ctx, forget+"("+stored+")", &done) },
			)
		},
	)
	if err == nil && !done {
		err = errors.New("forget: the settings made no database")
	}
	return errors.Join(err, page.Close(ctx))
}

// stored are settings as the core stores them: a list of keys and texts, in JSON.
func stored(ctx context.Context, s settings.Settings) (string, error) {
	area := &store.Memory{}
	if err := settings.Save(ctx, area, s, settings.Policy{}); err != nil {
		return "", err
	}
	records, err := area.List(ctx, "")
	if err != nil {
		return "", err
	}
	var all [][2]string
	for _, record := range records {
		all = append(all, [2]string{record.Key, string(record.Value)})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return "", fmt.Errorf("forget: %w", err)
	}
	return string(text), nil
}

// forget empties whatever keeps something, stores settings and wakes the worker,
// as the core does that saves them. It says false where the core has not yet made
// its database.
const forget = `(async (settings) => {
	localStorage.clear();
	await chrome.alarms.clearAll();
	await chrome.storage.local.clear();
	const { boot, ...shown } = await chrome.storage.session.get(null); // the browser was not started anew
	await chrome.storage.session.remove(Object.keys(shown));
	await chrome.action.setBadgeText({ text: "" });
	const there = (await indexedDB.databases()).map(({ name }) => name);
	for (const name of there) if (name !== "dealmark") indexedDB.deleteDatabase(name);
	if (!there.includes("dealmark")) return false;
	const db = await new Promise((done) => indexedDB.open("dealmark").onsuccess = (e) => done(e.target.result));
	const clearing = db.transaction([...db.objectStoreNames], "readwrite");
	for (const area of db.objectStoreNames) clearing.objectStore(area).clear();
	for (const [key, text] of settings) clearing.objectStore("settings").put(new TextEncoder().encode(text), key);
	await new Promise((done) => clearing.oncomplete = done);
	db.close();
	chrome.alarms.create("drain", { delayInMinutes: 0.5 });
	chrome.runtime.sendMessage({ type: "drain", place: "", workspace: "" }).catch(() => {});
	return true;
})`
