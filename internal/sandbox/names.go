package sandbox

import "github.com/dealmark/dealmark/internal/sandbox/engine"

// The words of package engine, for who needs a server and no engine.
type (
	Options     = engine.Options
	Key         = engine.Key
	Dialect     = engine.Dialect
	Limits      = engine.Limits
	Call        = engine.Call
	Answer      = engine.Answer
	Entry       = engine.Entry
	Request     = engine.Request
	Fault       = engine.Fault
	FaultKind   = engine.FaultKind
	Duration    = engine.Duration
	Seed        = engine.Seed
	User        = engine.User
	Pipeline    = engine.Pipeline
	Stage       = engine.Stage
	RecordStage = engine.RecordStage
	Account     = engine.Account
	Opportunity = engine.Opportunity
	Contact     = engine.Contact
	Role        = engine.Role
	RoleType    = engine.RoleType
	Field       = engine.Field
	Option      = engine.Option
)

// How it misbehaves: see package engine.
const (
	FaultStatus    = engine.FaultStatus
	FaultDelay     = engine.FaultDelay
	FaultReset     = engine.FaultReset
	FaultLate      = engine.FaultLate
	FaultHTML      = engine.FaultHTML
	FaultEmpty     = engine.FaultEmpty
	FaultTruncate  = engine.FaultTruncate
	FaultRateLimit = engine.FaultRateLimit
	FaultSlow      = engine.FaultSlow
	FaultEndless   = engine.FaultEndless
	FaultWrongType = engine.FaultWrongType
	FaultCross     = engine.FaultCross
	FaultIgnore    = engine.FaultIgnore
	FaultDrop      = engine.FaultDrop
	FaultLag       = engine.FaultLag
)

// Generations of answers: see package engine.
const (
	DialectOpportunityCreatedAt = engine.DialectOpportunityCreatedAt
	DialectCreatedAt            = engine.DialectCreatedAt
)

// DemoSeed is the team that package engine describes.
func DemoSeed() Seed { return engine.DemoSeed() }

// BasicPlan are the limits of Apollo's Basic and Professional plans.
func BasicPlan() Limits { return engine.BasicPlan() }

// FreePlan are the limits of Apollo's free plan.
func FreePlan() Limits { return engine.FreePlan() }

// Operations are the names of the endpoints, as in Entry and Fault.
func Operations() []string { return engine.Operations() }

// Scopes are the rights that an API key can have.
func Scopes() []string { return engine.Scopes() }
