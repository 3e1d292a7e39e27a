package trial

import (
	"encoding/json"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox/engine"
)

const day = 24 * time.Hour

// customer are the opportunities of a new customer, oldest first, in stages of the
// demo's pipeline; close dates are in days from the visit.
var customer = [...]struct {
	name, stage, amount string
	age                 time.Duration
	closes              int
}{
	{"rollout, phase 1", "660abf69d8358b01ae3c214e", "36000", 260 * day, -120},
	{"rollout, phase 2", "66bb94fbc1695c00017fba61", "48000", 34 * day, 21},
	{"support renewal", "66bb94fbc1695c00017fba60", "12500.50", 19 * day, 45},
	{"training days", "6095a710bd01d100a506d4bd", "6000", 15 * day, 80},
}

// meet makes every other company a customer, by the requests that a team would
// have sent.
func (t *Trial) meet(v visit) {
	if t.known[v.Domain] {
		return
	}
	t.known[v.Domain] = true
	t.met++
	if t.met%2 == 0 {
		return
	}
	at := t.now
	defer func() { t.now = at }()
	name := v.Name
	if name == "" {
		name = string(v.Domain)
	}
	t.now = at.Add(-300 * day)
	var made struct {
		Account struct {
			ID string `json:"id"`
		} `json:"account"`
	}
	answer := t.post("/api/v1/accounts", map[string]any{"name": name, "domain": v.Domain})
	if json.Unmarshal(answer.Body, &made) != nil {
		return
	}
	for _, o := range customer {
		t.now = at.Add(-o.age)
		t.post("/api/v1/opportunities", map[string]any{
			"name": name + " " + o.name, "account_id": made.Account.ID, "owner_id": string(Rep), "opportunity_stage_id": o.stage,
			"amount": o.amount, "closed_date": at.AddDate(0, 0, o.closes).Format(time.DateOnly),
		})
	}
}

func (t *Trial) post(path string, body any) engine.Answer {
	text, err := json.Marshal(body)
	if err != nil {
		panic("trial: a request cannot be encoded: " + err.Error())
	}
	return t.engine.Answer(engine.Call{Method: "POST", Path: path, Header: map[string]string{"x-api-key": Key}, Body: text})
}
