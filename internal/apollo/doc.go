// Package apollo is the client of the Apollo REST API: opportunities with their
// stages, accounts and users, one file per resource.
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
