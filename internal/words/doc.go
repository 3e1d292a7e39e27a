// Package words says texts in the rep's language: it looks English texts up in
// that language's catalogue and fills their parts in, and writes amounts, days and
// times as people there write them.
//
// It does not know what is said, nor where catalogue and formats come from: package
// browser has them of the browser. Without, it speaks plain English, as in
// every test.
package words
