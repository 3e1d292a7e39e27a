//go:build !js

// Package rig is what the end-to-end tests and the demo stand on: a local
// Apollo, company sites to visit, a Chromium with the built extension, and the
// settings that join them.
//
// It knows where things are, and nothing of what is done with them.
package rig
