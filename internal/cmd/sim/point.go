package main

// point is a moment of a context's work at which it may end. Each operation of a
// store and each request has its points.
type point int

// The first point of each; the others follow it.
const (
	ofPrimary point = 0
	ofMirror  point = 4
	ofNamed   point = 8
	ofView    point = 11
	ofAccount point = 14
	ofCreate  point = 17
	ofUpdate  point = 20
	points          = 23
)

// What follows the first point.
const (
	reading point = iota // of a store
	listing
	writing
	written
)

const (
	leaving point = iota // of a request
	travelling
	answered
)

var pointNames = [points]string{
	"primary: before a read", "primary: before a list", "primary: before a write", "primary: after a write",
	"mirror: before a read", "mirror: before a list", "mirror: before a write", "mirror: after a write",
	"look by name: before", "look by name: on its way", "look by name: answered",
	"view: before", "view: on its way", "view: answered",
	"account: before", "account: on its way", "account: answered",
	"create: before", "create: on its way", "create: answered",
	"update: before", "update: on its way", "update: answered",
}
