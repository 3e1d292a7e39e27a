//go:build !js

package scene

// welcome are the states of the first steps.
var welcome = []Scene{
	{Page: "welcome", Name: "first", Shows: "What a rep sees after the installation.",
		steps: func(r *rep) {
			r.options()
			r.click("#remove")
			r.until(`document.querySelector("#remove").hidden`)
			r.welcome()
		}},
	{Page: "welcome", Name: "connected", Shows: "The key works, and the team is there to choose from.",
		steps: func(r *rep) {
			r.welcome()
			r.connect(Key)
			r.until(`document.querySelector("#step-key").dataset.done !== undefined`)
			r.choose("#rep", "Priya")
			r.until(`document.querySelector("#step-rep").dataset.done !== undefined`)
		}},
	{Page: "welcome", Name: "master-asked", Shows: "A master key is not stored before the rep agrees to it.",
		apollo: master,
		steps: func(r *rep) {
			r.options()
			r.click("#remove")
			r.until(`document.querySelector("#remove").hidden`)
			r.welcome()
			r.connect(Key)
			r.seen("#consent-given")
		}},
	{Page: "welcome", Name: "wrong-key", Shows: "Apollo does not accept the key.",
		steps: func(r *rep) {
			r.welcome()
			r.connect("another-key")
			r.seen("#missing li")
		}},
	{Page: "welcome", Name: "demo", Shows: "The demo is on, and how to use it.",
		steps: func(r *rep) { r.demo() }},
}

// connect types a key, and the address of this Apollo.
func (r *rep) connect(key string) {
	r.click("summary")
	r.try(func() error { return r.page.Fill(r.ctx, "#base", r.apollo.Base()) })
	r.fill("#key", key)
	r.press("Enter")
}
