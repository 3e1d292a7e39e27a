// Package boundary is what the programs under wasm share: the form of the
// documents that cross between JavaScript and Go, and the stores, settings and
// API client behind every exported function.
//
// It does not know which functions there are: each program says its own. It can
// only be built for js; the browser tests hold it to account.
package boundary
