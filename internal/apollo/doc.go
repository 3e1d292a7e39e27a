// Package apollo is the client of the Apollo REST API: opportunities with their
// contacts, stages and pipelines; accounts, users, fields and usage. One file per
// resource.
//
// What the popup needs is read into crm's words and nothing else is built; a
// [Record] is all that Apollo knows of an opportunity. Every list in pages is a
// [List], which is given whole or says why not.
//
// It turns crm values into requests and answers into crm values, and every
// failure into a [crm.Error] whose kind says what to do; the one table for that
// is in errors.go. It tells what Apollo really stored: each field that a write
// sends is compared with the answer.
//
// It does not know how a request travels (see [Transport]), does not repeat one
// by itself, keeps nothing but the rate limits that Apollo announced, and joins
// no answers: stage names and owner names are its callers' to look up.
//
// https://docs.apollo.io/reference
package apollo
