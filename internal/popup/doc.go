// Package popup is the popup's story: a rep opens it on a company's page,
// chooses an opportunity or starts one, edits, and saves. It joins package
// site, form, index and outbox, and yields a [View] at every turn.
//
// It writes nothing to Apollo: saving appends to the outbox and wakes the
// worker. It does not know how a View becomes pixels (package screen does), nor
// what carries its reads (package apollo does).
package popup
