package popup_test

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
)

// reader counts the questions to Apollo and can hold or fail each.
type reader struct {
	popup.Reader
	before func(call string) error // what happens before a call is answered; an error is the answer

	mu    sync.Mutex
	calls []string
}

func (r *reader) call(name string) error {
	r.mu.Lock()
	r.calls = append(r.calls, name)
	before := r.before
	r.mu.Unlock()
	if before == nil {
		return nil
	}
	return before(name)
}

// asked gives the calls since the last time, in the order of the alphabet.
func (r *reader) asked() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	calls := r.calls
	r.calls = nil
	slices.Sort(calls)
	return calls
}

// answer makes one call, or every call for "", give an error; nil makes it well.
func (r *reader) answer(call string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.before = func(c string) error {
		if call == "" || strings.HasPrefix(c, call) {
			return err
		}
		return nil
	}
}

func (r *reader) Stages(ctx context.Context) ([]crm.Stage, error) {
	if err := r.call("stages"); err != nil {
		return nil, err
	}
	return r.Reader.Stages(ctx)
}

func (r *reader) Users(ctx context.Context) ([]crm.User, error) {
	if err := r.call("users"); err != nil {
		return nil, err
	}
	return r.Reader.Users(ctx)
}

func (r *reader) Profile(ctx context.Context) (crm.User, error) {
	if err := r.call("profile"); err != nil {
		return crm.User{}, err
	}
	return r.Reader.Profile(ctx)
}

func (r *reader) AccountsNamed(ctx context.Context, name string) ([]crm.Account, error) {
	if err := r.call("accounts named " + name); err != nil {
		return nil, err
	}
	return r.Reader.AccountsNamed(ctx, name)
}

func (r *reader) OpportunitiesOf(ctx context.Context, id crm.AccountID) ([]crm.Opportunity, bool, error) {
	if err := r.call("opportunities of " + string(id[20:])); err != nil {
		return nil, false, err
	}
	return r.Reader.OpportunitiesOf(ctx, id)
}

func (r *reader) Opportunity(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, error) {
	if err := r.call("opportunity " + string(id[20:])); err != nil {
		return crm.Opportunity{}, err
	}
	return r.Reader.Opportunity(ctx, id)
}
