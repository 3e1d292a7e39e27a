// Package edge is what a program needs of Cloudflare Workers, as plain Go: a
// handler's requests and answers, the scheduled work, fetch, D1.
//
// It is the other side of web/entry, which runs many programs and gives each
// one request at a time. It does not know what is served. It can only be built
// for js; the tests of web run it in workerd.
package edge
