package engine

import (
	"encoding/json"
	"strconv"
	"strings"
)

const greeting = "This is the Dealmark sandbox, a local stand-in for the Apollo.io API. The API is under /api/v1 and /v1; " +
	"/sandbox/log, /sandbox/requests and /sandbox/faults show and change what it does.\n"

// Tool answers the sandbox's own pages, which need no key; ok is false for a
// path that is not one of them.
func (e *Engine) Tool(call Call) (a Answer, ok bool) {
	switch call.Method + " " + call.Path {
	case "GET /":
		return Answer{Status: 200, Header: map[string][]string{"content-type": {textType}}, Body: []byte(greeting)}, true
	case "GET /sandbox/log":
		return page200(e.Log(), call), true
	case "GET /sandbox/requests":
		return page200(e.Requests(), call), true
	case "GET /sandbox/faults":
		e.mu.Lock()
		defer e.mu.Unlock()
		return page200(e.faults, call), true
	case "POST /sandbox/faults":
		return e.addFaults(call.Body), true
	case "DELETE /sandbox/faults":
		e.ClearFaults()
		return Answer{Status: 204, Header: map[string][]string{}}, true
	}
	return Answer{}, false
}

// page200 is the list as a JSON array, from the item after the query's after.
func page200[T any](items []T, call Call) Answer {
	if after, err := strconv.Atoi(call.Query.Get("after")); err == nil && after > 0 {
		items = items[min(after, len(items)):]
	}
	if items == nil {
		items = []T{}
	}
	b, err := json.MarshalIndent(items, "", " ")
	if err != nil {
		return toolError(500, err.Error())
	}
	return Answer{Status: 200, Header: map[string][]string{"content-type": {jsonType}}, Body: append(b, '\n')}
}

// addFaults reads one fault or a list of them; all are added or none.
func (e *Engine) addFaults(body []byte) Answer {
	text := strings.TrimSpace(string(body))
	if !strings.HasPrefix(text, "[") {
		text = "[" + text + "]"
	}
	var faults []Fault
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&faults); err != nil {
		return toolError(400, err.Error())
	}
	if len(faults) == 0 {
		return toolError(400, `no fault given: send {"kind":"status","status":503} or a list of such`)
	}
	for _, f := range faults {
		if err := f.check(); err != nil {
			return toolError(400, err.Error())
		}
	}
	for _, f := range faults {
		e.SetFault(f)
	}
	return Answer{Status: 204, Header: map[string][]string{}}
}

func toolError(status int, message string) Answer {
	return Answer{Status: status, Header: map[string][]string{"content-type": {jsonType}}, Body: mustJSON(errorBody{Error: message})}
}
