package engine

import (
	"maps"
	"strconv"
	"time"
)

const portalPage = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>"

// prepare bends a call that is carried out under a fault.
func (e *Engine) prepare(x *Exchange) {
	switch x.fault.Kind {
	case FaultLag:
		x.lag = time.Duration(x.fault.Delay)
	case FaultIgnore:
		x.params = maps.Clone(x.sent)
		for _, field := range x.fault.Fields {
			delete(x.params, field)
		}
	}
}

// disturb is what the client is told in place of a, the true answer. How bytes
// travel (truncate, slow, endless) is the transport's part.
func (e *Engine) disturb(x *Exchange, a Answer) Answer {
	f := x.fault
	switch f.Kind {
	case FaultReset, FaultLate:
		return Answer{}
	case FaultStatus:
		a = e.answer(f.Status, jsonType, []byte(f.Body))
	case FaultHTML:
		a = e.answer(200, htmlType, []byte(portalPage))
	case FaultEmpty:
		a = e.answer(max(f.Status, 200), jsonType, nil)
	case FaultRateLimit:
		a = e.refuse(rateLimited(e.team.dialect, x.endpoint.limitName(), "minute", max(e.limiter.limits.Minute, 1), f.RetryAfter))
	case FaultWrongType:
		if a.Status == 200 {
			a.Body = []byte(`{"opportunity":["` + x.id + `"],"account":"` + x.id + `","opportunities":{"0":null},"accounts":7,` +
				`"users":"none","opportunity_stages":[null,1,"Qualify"],"pagination":{"page":null,"per_page":"x","total_entries":[],"total_pages":-1}}`)
		}
	case FaultCross:
		a = e.cross(x, a)
	}
	if f.Body != "" && f.Kind != FaultWrongType && f.Kind != FaultCross {
		a.Body = []byte(f.Body)
	}
	if f.ContentType != "" {
		a.Header["content-type"] = []string{f.ContentType}
	}
	for name, value := range f.Header {
		a.Header[name] = []string{value}
	}
	a.Header["content-length"] = []string{strconv.Itoa(len(a.Body))}
	return a
}

// cross is the answer that belongs to somebody else's request: the object that
// is furthest from the one that was written or viewed.
func (e *Engine) cross(x *Exchange, a Answer) Answer {
	if a.Status != 200 {
		return a
	}
	id := x.id
	if len(x.writes) > 0 {
		id = x.writes[0].ID
	}
	if _, ok := e.team.byID[id]; ok {
		for _, o := range e.team.opportunities {
			if o.id != id {
				return e.succeed(opportunityEnvelope{e.team.opportunityJSON(o, viewShape)})
			}
		}
	}
	if _, ok := e.team.accountByID[id]; ok {
		for _, other := range e.team.accounts {
			if other.id != id {
				return e.succeed(accountEnvelope{Account: e.team.accountJSON(other, viewedAccount)})
			}
		}
	}
	return a
}
