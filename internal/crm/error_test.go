package crm_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
)

func TestErrorText(t *testing.T) {
	cause := errors.New("connection reset")
	assert.Equal(t, "Apollo is down.", (&crm.Error{Message: "Apollo is down."}).Error())
	whole := &crm.Error{Kind: crm.Uncertain, Op: "opportunity.create", Message: "Apollo did not answer.", Err: cause}
	assert.Equal(t, "opportunity.create: Apollo did not answer. (connection reset)", whole.Error())
	assert.ErrorIs(t, whole, cause)
}

func TestKindOf(t *testing.T) {
	limited := &crm.Error{Kind: crm.RateLimited, RetryAfter: time.Minute}
	for name, c := range map[string]struct {
		err  error
		kind crm.Kind
	}{
		"none":             {nil, ""},
		"ours":             {limited, crm.RateLimited},
		"ours, wrapped":    {fmt.Errorf("drain: %w", limited), crm.RateLimited},
		"ours, joined":     {errors.Join(errors.New("x"), limited), crm.RateLimited},
		"the outer of two": {&crm.Error{Kind: crm.Unavailable, Err: limited}, crm.Unavailable},
		"a foreign one":    {errors.New("x"), crm.Internal},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.kind, crm.KindOf(c.err)) })
	}
}

func TestAsError(t *testing.T) {
	assert.Nil(t, crm.AsError(nil))
	limited := &crm.Error{Kind: crm.RateLimited, RetryAfter: time.Minute}
	assert.Same(t, limited, crm.AsError(limited))
	assert.Same(t, limited, crm.AsError(fmt.Errorf("drain: %w", limited)))

	foreign := errors.New("x")
	ours := crm.AsError(foreign)
	assert.Equal(t, crm.Internal, ours.Kind)
	assert.ErrorIs(t, ours, foreign)
	assert.Contains(t, ours.Message, "Nothing that you typed is lost")
}
