//go:build !js

package chromium

import (
	"slices"
	"strings"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
)

// ConsoleErrors returns the errors that the page wrote to the console, the
// exceptions that nothing caught, and the errors that the browser logged for
// it, such as a request that failed. It includes those from before the driver
// attached.
func (p *Page) ConsoleErrors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.errors)
}

// Console returns all that was written there, whatever its level.
func (p *Page) Console() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.console)
}

// listen runs on the goroutine that reads the session's messages.
func (p *Page) listen(event any) {
	var text string
	wrong := true
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text = exceptionText(e.ExceptionDetails)
	case *runtime.EventConsoleAPICalled:
		wrong = e.Type == "error" || e.Type == "assert"
		text = argumentsText(e.Args)
	case *log.EventEntryAdded:
		wrong = e.Entry.Level == log.EntryLevelError
		text = strings.TrimSpace(e.Entry.Text + " " + e.Entry.URL)
	case *fetch.EventRequestPaused:
		go p.answer(e)
		return
	case *runtime.EventExecutionContextCreated:
		p.enteredBy(e)
		return
	default:
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.console = append(p.console, text)
	if wrong {
		p.errors = append(p.errors, text)
	}
}

func exceptionText(details *runtime.ExceptionDetails) string {
	if details.Exception == nil {
		return details.Text
	}
	return strings.TrimSpace(details.Text + " " + objectText(details.Exception))
}

func argumentsText(arguments []*runtime.RemoteObject) string {
	texts := make([]string, len(arguments))
	for i, argument := range arguments {
		texts[i] = objectText(argument)
	}
	return strings.Join(texts, " ")
}

func objectText(object *runtime.RemoteObject) string {
	if object.Description != "" {
		return object.Description
	}
	return strings.Trim(string(object.Value), `"`)
}
