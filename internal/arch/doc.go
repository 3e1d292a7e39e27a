// Package arch holds the rules of the house as tests: who may import whom and
// why, which files are for the browser alone, what a package must say of
// itself, and that the core keeps no state and reads no clock.
//
// It has no code. It does not know what any package does. A rule is changed by
// changing its line in policy_test.go, with its reason.
package arch
