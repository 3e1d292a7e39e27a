package browser

import "syscall/js"

// Managed gives what the team's admin has set for the extension, as JSON; "{}" where
// nothing is set, which Firefox says by a refusal.
func Managed() []byte {
	set, err := await(js.Global().Get("chrome").Get("storage").Get("managed").Call("get", js.Null()))
	if err != nil {
		return []byte("{}")
	}
	return []byte(text(js.Global().Get("JSON").Call("stringify", set)))
}
