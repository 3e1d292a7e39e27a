package engine

import "time"

// Options says what an Engine is. The zero value has no key, so it refuses
// everything that needs one.
type Options struct {
	// Keys are the credentials that are accepted.
	Keys []Key
	// Clock gives the time of everything that happens; nil is time.Now.
	Clock func() time.Time
	// Seed is the team's data at the start.
	Seed Seed
	// Dialect is the shape of the answers; empty is DialectOpportunityCreatedAt.
	Dialect Dialect
	// HonourAccountFilter makes opportunities/search obey account_id (a string or
	// a list) and account_ids. Whether Apollo does is unknown.
	HonourAccountFilter bool
	// Unpaid refuses the searches of accounts, contacts, opportunities and users, as
	// Apollo documents for teams without a paid plan. A recorded one was not refused.
	Unpaid bool
	// Limits are the plan's requests per endpoint; nil is BasicPlan.
	Limits *Limits
	// IDSeed seeds object ids, request ids and the chances of faults.
	IDSeed uint64
}

// Key is one credential.
type Key struct {
	// Secret is the key itself.
	Secret string
	// Master opens every endpoint.
	Master bool
	// Scopes are the endpoints that a key without Master opens: names as in
	// Scopes() for an API key, OAuth scopes (opportunities_list) for a Token.
	Scopes []string
	// Token says that the secret is an OAuth access token: it is accepted as
	// "Authorization: Bearer" only, as an API key is in x-api-key only.
	Token bool
}

// Dialect is the generation of answers that the sandbox speaks.
type Dialect string

const (
	// DialectOpportunityCreatedAt is what Apollo was recorded to answer in 2026:
	// the creation time is opportunity_created_at.
	DialectOpportunityCreatedAt Dialect = "opportunity_created_at"
	// DialectCreatedAt is what Apollo's documentation shows: created_at, and a
	// few keys that the recorded answers do not have.
	DialectCreatedAt Dialect = "created_at"
)

// Limits are the requests allowed per endpoint in a window of each length.
// Zero is no limit.
type Limits struct {
	Minute, Hour, Day int
}

// BasicPlan are the limits of Apollo's Basic and Professional plans.
//
// https://docs.apollo.io/reference/rate-limits
func BasicPlan() Limits { return Limits{Minute: 200, Hour: 400, Day: 2000} }

// FreePlan are the limits of Apollo's free plan.
func FreePlan() Limits { return Limits{Minute: 50, Hour: 200, Day: 600} }
