package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// inputs are the flags of the values, in the order of the fields.
var inputs = [...]struct {
	flag, usage string
	field       crm.Field
	form        string // what is wrong with another text
}{
	{"name", "`text`", crm.FieldName, ""},
	{"amount", "`digits`, such as 12500.50", crm.FieldAmount, "give digits and at most a point, such as 12500.50"},
	{"stage", "`id`", crm.FieldStage, "an id is 24 digits of 0-9 and a-f"},
	{"close-date", "`day`, as YYYY-MM-DD", crm.FieldCloseDate, "give a day as YYYY-MM-DD"},
	{"owner", "`id` of a user", crm.FieldOwner, "an id is 24 digits of 0-9 and a-f"},
	{"account", "`id`", crm.FieldAccount, "an id is 24 digits of 0-9 and a-f"},
}

// errDiffers says that Apollo stored another value; which one was said already.
var errDiffers = errors.New("Apollo did not store everything as it was sent")

// valueFlags adds a flag for each value but those left out.
func valueFlags(set *flag.FlagSet, values *crm.Values, without crm.Field) {
	for _, in := range inputs {
		if in.field == without {
			continue
		}
		set.Func(in.flag, in.usage, func(text string) error {
			if text = strings.TrimSpace(text); !values.SetText(in.field, text) {
				return errors.New(in.form)
			}
			return nil
		})
	}
}

func createFlags(set *flag.FlagSet) func(context.Context, session) error {
	var values crm.Values
	valueFlags(set, &values, "")
	return func(ctx context.Context, s session) error {
		if values.Name == "" {
			return misuse("give the opportunity's -name")
		}
		made, differences, err := s.client.CreateOpportunity(ctx, values)
		return s.wrote(ctx, made, differences, err)
	}
}

func updateFlags(set *flag.FlagSet) func(context.Context, session) error {
	var want crm.Values
	valueFlags(set, &want, crm.FieldAccount)
	return func(ctx context.Context, s session) error {
		update := crm.Update{ID: s.id, Want: want}
		for _, in := range inputs {
			s.set.Visit(func(given *flag.Flag) {
				if given.Name == in.flag {
					update.Fields = append(update.Fields, in.field)
				}
			})
		}
		if err := update.Check(); err != nil {
			return misuse(err.Error())
		}
		changed, differences, err := s.client.UpdateOpportunity(ctx, update)
		return s.wrote(ctx, changed, differences, err)
	}
}

// wrote shows what Apollo stored, and what of it is not what was sent.
func (s session) wrote(ctx context.Context, stored crm.Opportunity, differences []crm.Difference, err error) error {
	if err != nil {
		return err
	}
	stored.NameStage(s.stages(ctx))
	if err := s.out.one(apollo.Record{Opportunity: stored}); err != nil {
		return err
	}
	for _, d := range differences {
		s.warn("%s: sent %q, stored %q", d.Field.Label(), d.Sent, d.Stored)
		err = errDiffers
	}
	if err != nil {
		return fmt.Errorf("%s: %w", stored.ID, err)
	}
	return nil
}
