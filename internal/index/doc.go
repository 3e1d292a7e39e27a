// Package index keeps what was learned of the team's data, so that a company
// is shown at once: domain -> accounts -> opportunities, and the stages and
// users of the form.
//
// It is a cache: all of it can be read again from Apollo, and a record that
// cannot be read counts as unknown. It is laid out by what a click needs, one
// record per domain and one per account with its opportunities, so that opening
// a company costs two reads however large the team is. For the page that shows
// all of the team's opportunities the same is kept once more as a stack of sheets,
// which is read at once. It does not know how the data is fetched, nor how old is
// too old.
package index
