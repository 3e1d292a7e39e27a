//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"
)

type options struct {
	small, large, rounds, reps int
	load                       time.Duration
}

// growth is how much longer the question may take in the large team.
const growth = 1.5

// bench measures and says whether the bars are kept.
func bench(ctx context.Context, o options, out io.Writer) error {
	small, err := newTeam(ctx, o.small, o.reps, out)
	if err != nil {
		return err
	}
	defer small.close()
	large, err := newTeam(ctx, o.large, o.reps, out)
	if err != nil {
		return err
	}
	defer large.close()

	// Side by side, so that what else the machine does meets both.
	times := map[*team][]time.Duration{}
	for i := range o.rounds {
		for _, t := range []*team{small, large} {
			began := time.Now()
			if err := t.ask(i); err != nil {
				return err
			}
			times[t] = append(times[t], time.Since(began))
		}
	}
	p50, p99 := map[*team]time.Duration{}, map[*team]time.Duration{}
	for _, t := range []*team{small, large} {
		slices.Sort(times[t])
		p50[t], p99[t] = times[t][len(times[t])/2], times[t][len(times[t])*99/100]
		fmt.Fprintf(out, "company in a team of %6d: p50 %v, p99 %v\n", t.opportunities, p50[t].Round(time.Microsecond), p99[t].Round(time.Microsecond))
	}
	ratio := float64(p50[large]) / float64(p50[small])
	fmt.Fprintf(out, "growth of p50 from %d to %d opportunities: %.2f times (bar: less than %g)\n", o.small, o.large, ratio, growth)

	before := runtime.GOMAXPROCS(1)
	began := time.Now()
	for i := range o.rounds {
		if err := large.ask(i); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "one core: %.0f companies a second\n", float64(o.rounds)/time.Since(began).Seconds())
	runtime.GOMAXPROCS(before)

	asked, saved, failed := large.crowd(ctx, o.reps, o.load)
	fmt.Fprintf(out, "%d reps for %v: %d companies, %d saves, %d errors (bar: 0)\n", o.reps, o.load, asked, saved, failed)
	var errs []error
	if ratio >= growth {
		errs = append(errs, fmt.Errorf("the question grows %.2f times", ratio))
	}
	if failed > 0 {
		errs = append(errs, fmt.Errorf("%d errors", failed))
	}
	return errors.Join(errs...)
}
