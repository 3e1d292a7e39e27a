//go:build !js

// Package scene has every state of every page in one list: how a rep comes to it,
// in a real browser, by way of a local Apollo and its faults. Whatever looks at
// states - the pictures, the check of accessibility, the check at twice the size -
// goes through this list, so that a new state is one row.
//
// It waits for what the pages are, never for what they say: their language is not
// its business. It judges nothing; who looks does.
package scene
