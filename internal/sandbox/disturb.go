package sandbox

import (
	"maps"
	"strconv"
	"time"
)

const portalPage = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>"

// prepare bends a call that is carried out under a fault.
func (s *Server) prepare(x *exchange) {
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
func (s *Server) disturb(x *exchange, a Answer) Answer {
	f := x.fault
	switch f.Kind {
	case FaultReset, FaultLate:
		return Answer{}
	case FaultStatus:
		a = s.answer(f.Status, jsonType, []byte(f.Body))
	case FaultHTML:
		a = s.answer(200, htmlType, []byte(portalPage))
	case FaultEmpty:
		a = s.answer(max(f.Status, 200), jsonType, nil)
	case FaultRateLimit:
		a = s.refuse(rateLimited(s.team.dialect, x.endpoint.limitName(), "minute", max(s.limiter.limits.Minute, 1), f.RetryAfter))
	case FaultWrongType:
		if a.Status == 200 {
			a.Body = []byte(`{"opportunity":["` + x.id + `"],"account":"` + x.id + `","opportunities":{"0":null},"accounts":7,` +
				`"users":"none","opportunity_stages":[null,1,"Qualify"],"pagination":{"page":null,"per_page":"x","total_entries":[],"total_pages":-1}}`)
		}
	case FaultCross:
		a = s.cross(x, a)
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
func (s *Server) cross(x *exchange, a Answer) Answer {
	if a.Status != 200 {
		return a
	}
	id := x.id
	if len(x.writes) > 0 {
		id = x.writes[0].ID
	}
	if _, ok := s.team.byID[id]; ok {
		for _, o := range s.team.opportunities {
			if o.id != id {
				return s.succeed(opportunityEnvelope{s.team.opportunityJSON(o, viewShape)})
			}
		}
	}
	if _, ok := s.team.accountByID[id]; ok {
		for _, other := range s.team.accounts {
			if other.id != id {
				return s.succeed(accountEnvelope{Account: s.team.accountJSON(other, viewedAccount)})
			}
		}
	}
	return a
}
