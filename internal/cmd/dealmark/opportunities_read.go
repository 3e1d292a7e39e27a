package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

func listFlags(set *flag.FlagSet) func(context.Context, session) error {
	var filter apollo.OpportunityFilter
	set.Func("account", "only those of the account with this `id`", into(&filter.AccountID))
	set.Func("stage", "only those at the stage with this `id`", into(&filter.StageID))
	set.StringVar(&filter.Name, "name", "", "only those with this `text` in their name")
	set.Func("sort", "`order`: amount, is_closed or is_won; else the newest first", func(text string) error {
		filter.Sort = apollo.Sort(text)
		switch filter.Sort {
		case apollo.SortAmount, apollo.SortClosed, apollo.SortWon:
			return nil
		}
		return fmt.Errorf("give amount, is_closed or is_won")
	})
	set.BoolVar(&filter.Ascending, "ascending", false, "turn the order of -sort round")
	set.BoolVar(&filter.Get, "get", false, "search with GET in place of POST")
	limit := set.Int("limit", 0, "end after `N`; 0 is all")
	return func(ctx context.Context, s session) (err error) {
		if *limit < 0 {
			return misuse("-limit: give 0 or more")
		}
		if *limit > 0 {
			filter.PerPage = *limit
		}
		stages := s.stages(ctx)
		s.out.header("ID", "NAME", "AMOUNT", "STAGE", "CLOSE DATE", "ACCOUNT")
		defer func() { err = errors.Join(err, s.out.flush()) }()
		count := 0
		for record, err := range s.client.ListRecords(filter).Rows(ctx) {
			if err != nil {
				return err
			}
			record.NameStage(stages)
			if err := s.out.row(record); err != nil {
				return err
			}
			if count++; count == *limit {
				break
			}
		}
		return nil
	}
}

func viewFlags(*flag.FlagSet) func(context.Context, session) error {
	return func(ctx context.Context, s session) error {
		record, err := s.client.Record(ctx, s.id)
		if err != nil {
			return err
		}
		record.NameStage(s.stages(ctx))
		return s.out.one(record)
	}
}

func stagesFlags(*flag.FlagSet) func(context.Context, session) error {
	return func(ctx context.Context, s session) error {
		stages, err := s.client.Stages(ctx)
		if err != nil {
			return err
		}
		s.out.header("ID", "NAME", "PROBABILITY", "STATE", "PIPELINE")
		for _, stage := range stages {
			if err := s.out.stage(stage); err != nil {
				return err
			}
		}
		return s.out.flush()
	}
}

// stages reads the stages for their names. Without them the ids are shown.
func (s session) stages(ctx context.Context) []crm.Stage {
	stages, err := s.client.Stages(ctx)
	if err != nil {
		s.warn("stages are shown by their ids: %v", err)
	}
	return stages
}

// into reads a flag's text as an id.
func into[T crm.ID](to *T) func(string) error {
	return func(text string) error {
		id, ok := crm.ParseID[T](text)
		if !ok {
			return fmt.Errorf("an id is 24 digits of 0-9 and a-f")
		}
		*to = id
		return nil
	}
}
