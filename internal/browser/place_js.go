package browser

import "syscall/js"

// Place is where a program of the extension is at home: what its stores are
// called, and who carries its requests. The zero Place is the extension's own;
// a trial has one of its own, with nothing of the other in it.
type Place struct {
	// Name is "", or "trial-" with what tells this trial from the last one.
	Name  string
	fetch js.Value
}

// Here is the place that wasm.js named when it started this program. It must be
// asked before main waits for anything: the next program has another one.
func Here() Place {
	said := js.Global().Get("dealmarkPlace")
	if said.Type() != js.TypeObject {
		return Place{}
	}
	return Place{text(said.Get("name")), said.Get("fetch")}
}

// within is a name of the extension's as this place has it.
func (p Place) within(name string) string {
	if p.Name == "" {
		return name
	}
	return name + "-" + p.Name
}

// Exclusively runs f as [Exclusively] does, apart from the other places.
func (p Place) Exclusively(name string, f func()) error { return Exclusively(p.within(name), f) }

// Wake sends the worker a message of a type, about a workspace where it is about one. It does not wait: if the message
// is lost, the alarm that the worker keeps while something is pending wakes it
// within half a minute.
func (p Place) Wake(kind, workspace string) {
	chrome := js.Global().Get("chrome")
	chrome.Get("alarms").Call("create", p.within("drain"), map[string]any{"delayInMinutes": 0.5})
	sent := chrome.Get("runtime").Call("sendMessage", map[string]any{"type": kind, "place": p.Name, "workspace": workspace})
	go func() {
		_, _ = await(sent) // the alarm is the answer to a failure
	}()
}
