//go:build !js

// Package chromium drives a real Chromium with an unpacked extension, as a rep
// would: it opens tabs, clicks the extension's icon, types and clicks in the
// popup that opens, and stops the worker as the browser does.
//
// It speaks the DevTools protocol over a pipe to a process of its own with a
// profile of its own. It knows nothing of what the extension does, and nothing
// of testing: the end-to-end tests, the demo and the benchmark use it alike.
//
// Every call takes a context. One without a deadline gets ten seconds, so that
// a condition that never holds ends in an error that shows the page rather
// than in a hang. Nothing here sleeps for a fixed time.
package chromium
