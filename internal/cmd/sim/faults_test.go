package main

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// counterparts are the simulator's faults to each of the sandbox's: what package
// apollo makes of one is an error of some kind, or an answer that is not true.
var counterparts = map[sandbox.FaultKind][]string{
	sandbox.FaultStatus:    {"5xx", "401", "403", "403: no permission", "422", "a name that breaks the search"},
	sandbox.FaultDelay:     {"delay"},
	sandbox.FaultReset:     {"lost on the way", "reset after the commit", "connection refused", "offline"},
	sandbox.FaultLate:      {"late commit"},
	sandbox.FaultHTML:      {"HTML"},
	sandbox.FaultEmpty:     {"empty"},
	sandbox.FaultTruncate:  {"truncated"},
	sandbox.FaultRateLimit: {"429", "429 storm"},
	sandbox.FaultSlow:      {"slow"},
	sandbox.FaultEndless:   {"endless"},
	sandbox.FaultWrongType: {"other types"},
	sandbox.FaultCross:     {"crossed", "another listing"},
	sandbox.FaultIgnore:    {"fields ignored", "filter ignored"},
	sandbox.FaultDrop:      {"told stored, and was not"},
	sandbox.FaultLag:       {"list lags", "half a listing"},
}

// The sandbox lists its kinds to who asks for one that there is not.
func TestEveryFaultOfTheSandboxIsPlayed(t *testing.T) {
	err := sandbox.New(sandbox.Options{}).AddFault(sandbox.Fault{Kind: "none such"})
	require.Error(t, err)
	var kinds []sandbox.FaultKind
	for _, quoted := range regexp.MustCompile(`"([a-z_]+)"`).FindAllStringSubmatch(err.Error(), -1) {
		kinds = append(kinds, sandbox.FaultKind(quoted[1]))
	}
	require.Greater(t, len(kinds), 10, err.Error())
	for _, kind := range kinds {
		assert.Contains(t, counterparts, kind, "the simulator lacks it")
	}
	assert.Len(t, kinds, len(counterparts))
}
