// Package sandbox is a local Apollo.io: an http.Handler that answers the
// requests of the opportunities surface as the real API does, keeps a truth log
// of what was really stored, and misbehaves on request.
//
// It stands in for Apollo in every test and in the demo. What it answers is
// package engine's; this one knows how answers travel, and imports net/http for it.
package sandbox
