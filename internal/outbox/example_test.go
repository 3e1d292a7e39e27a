package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// A rep saves a new opportunity; the worker sends it.
func Example() {
	ctx := context.Background()
	now := time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)
	box := outbox.New(outbox.Ports{
		Primary: &store.Memory{}, Mirror: &store.Memory{}, Boot: "this start of the browser",
		Clock: func() time.Time { return now }, Rand: func() uint64 { return 0 },
	}, outbox.DefaultPolicy())

	saved, err := box.Append(ctx, "form-1", crm.Create{Values: crm.Values{Name: "Acme rollout"}})
	fmt.Println("saved:", saved.State, err)

	report, err := box.Drain(ctx, newApollo(&clock{now}))
	fmt.Println("pending:", report.Pending, err)

	done, err := box.Find(ctx, "form-1")
	fmt.Println("then:", done.State, done.Opportunity, err)
	// Output:
	// saved: queued <nil>
	// pending: 0 <nil>
	// then: done 000000000000000000001000 <nil>
}

// The answer to a create got lost. The outbox does not guess: it looks for the
// opportunity, and meanwhile the rep may say that it is there.
func ExampleBox_Settle() {
	ctx := context.Background()
	now := time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)
	box := outbox.New(outbox.Ports{
		Primary: &store.Memory{}, Mirror: &store.Memory{}, Boot: "this start of the browser",
		Clock: func() time.Time { return now }, Rand: func() uint64 { return 0 },
	}, outbox.DefaultPolicy())
	_, _ = box.Append(ctx, "form-1", crm.Create{Values: crm.Values{Name: "Acme rollout"}})

	lost := newApollo(&clock{now})
	lost.answer = func(call string) error {
		if call == "create Acme rollout" {
			return &crm.Error{Kind: crm.Uncertain, Message: "Apollo did not answer.", Err: errors.New("connection reset")}
		}
		return nil
	}
	_, _ = box.Drain(ctx, lost)
	_, _ = box.Drain(ctx, lost)
	entry, _ := box.Find(ctx, "form-1")
	fmt.Println(entry.State, "after", entry.Attempts, "request:", entry.Failure.Message)

	_ = box.Settle(ctx, "form-1")
	entry, _ = box.Find(ctx, "form-1")
	fmt.Println(entry.State)
	// Output:
	// uncertain after 1 request: Apollo did not answer.
	// done
}
