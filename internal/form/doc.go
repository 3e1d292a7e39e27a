// Package form is the opportunity form: text in; a draft, field errors and a
// valid [crm.Command] out.
//
// A [Draft] keeps every field as it was typed, so that nothing a rep wrote is
// ever lost to a rule of the form; what the text means is worked out only when
// it is asked for, by [ReadMoney], [ReadDate] and [Draft.Command]. Where a text
// can be read two ways the form asks; it never guesses.
//
// The package knows nothing of the screen, storage, the network or the clock:
// what can be chosen comes in as [Choices], today as a [crm.Date].
package form
