package browser

import "syscall/js"

// Boot names this start of the browser, the same in all of the extension's
// contexts: storage.session lives as long as the browser runs.
// https://developer.chrome.com/docs/extensions/reference/api/storage#property-session
func Boot() (string, error) {
	boot, err := bootStored()
	if boot != "" || err != nil {
		return boot, err
	}
	var failed error
	err = Exclusively("boot", func() {
		if boot, failed = bootStored(); boot != "" || failed != nil {
			return
		}
		boot = NewID()
		_, failed = await(session().Call("set", map[string]any{"boot": boot}))
	})
	if failed != nil {
		err = failed
	}
	return boot, err
}

func session() js.Value { return js.Global().Get("chrome").Get("storage").Get("session") }

func bootStored() (string, error) {
	stored := aheadPromise("boot")
	if stored.IsUndefined() {
		stored = session().Call("get", "boot")
	}
	return textIn(stored, "boot")
}

// SessionText reads a text of storage.session, "" if there is none: it is in memory
// alone, and only the extension's own contexts read it.
func SessionText(name string) (string, error) { return textIn(session().Call("get", name), name) }

// KeepSessionText puts a text there.
func KeepSessionText(name, text string) error {
	_, err := await(session().Call("set", map[string]any{name: text}))
	return err
}

func textIn(stored js.Value, name string) (string, error) {
	found, err := await(stored)
	if err != nil {
		return "", err
	}
	return text(found.Get(name)), nil
}
