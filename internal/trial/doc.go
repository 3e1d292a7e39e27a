// Package trial is an Apollo for who has no key: the sandbox's engine with a
// journal in place of a server, so that several programs of a browser, each with
// an engine of its own, answer as one and go on after all of them have ended. On
// the screen it is called the demo.
//
// It knows no network, and stores nothing but its journal.
package trial
