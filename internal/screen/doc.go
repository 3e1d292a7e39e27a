// Package screen shows a [popup.View] in the elements of popup.html. It writes
// text nodes and attributes only, so that no text can become markup, and
// touches only what differs from the View before, so that focus, scroll and
// what is being typed stay where they are.
//
// It decides nothing: it does not know where a View comes from, nor what a
// click or a key leads to. Buttons and links say in data attributes what they
// stand for, and popup.html's modules read those.
package screen
