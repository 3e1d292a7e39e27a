// Package pipeline is the story of the pipeline page: all of the team's
// opportunities that this computer knows, searched, filtered, put in order,
// added up, drawn and exported.
//
// It is pure and holds everything in memory, so that each key of a search is
// answered before the next picture. It knows neither the page nor where the
// index is stored, and writes no number or date for people: how those are
// written is the browser's locale's, so texts say what they are.
package pipeline
