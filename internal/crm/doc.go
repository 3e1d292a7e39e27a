// Package crm holds the words of the product: domains, accounts,
// opportunities, stages, users, money, dates, commands and errors.
//
// It is the vocabulary that every other package speaks and it imports none of
// them. It does not know where a value came from (a form, the API, storage) nor
// how it is shown; it knows only what a valid value is.
package crm
