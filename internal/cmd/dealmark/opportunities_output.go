package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// output writes a table, or a JSON document a line.
type output struct {
	to    io.Writer
	json  bool
	table *tabwriter.Writer
}

// opportunityLine is an opportunity as JSON: what is not set is left out, and an
// amount is text, so that no reader rounds it.
type opportunityLine struct {
	ID           crm.OpportunityID             `json:"id"`
	Name         string                        `json:"name"`
	Amount       string                        `json:"amount,omitempty"`
	Currency     string                        `json:"currency,omitempty"`
	StageID      crm.StageID                   `json:"stage_id,omitempty"`
	Stage        string                        `json:"stage,omitempty"`
	CloseDate    string                        `json:"close_date,omitempty"`
	Closed       bool                          `json:"closed"`
	Won          bool                          `json:"won"`
	OwnerID      crm.UserID                    `json:"owner_id,omitempty"`
	AccountID    crm.AccountID                 `json:"account_id,omitempty"`
	Account      string                        `json:"account,omitempty"`
	Domain       crm.Domain                    `json:"domain,omitempty"`
	PipelineID   crm.PipelineID                `json:"pipeline_id,omitempty"`
	Probability  json.Number                   `json:"probability,omitempty"`
	Description  string                        `json:"description,omitempty"`
	NextStep     string                        `json:"next_step,omitempty"`
	Source       string                        `json:"source,omitempty"`
	CreatedAt    *time.Time                    `json:"created_at,omitempty"`
	CustomFields map[apollo.FieldID]apollo.Raw `json:"custom_fields,omitempty"`
	Contacts     []crm.ContactID               `json:"contact_ids,omitempty"`
}

func lineOf(r apollo.Record) opportunityLine {
	line := opportunityLine{
		ID: r.ID, Name: r.Name, Amount: r.Amount.Text(), Currency: r.Amount.Currency, StageID: r.StageID, Stage: r.StageName,
		CloseDate: r.CloseDate.String(), Closed: r.Closed, Won: r.Won, OwnerID: r.OwnerID, AccountID: r.AccountID,
		PipelineID: r.PipelineID, Probability: json.Number(r.Probability), Description: r.Description, NextStep: r.NextStep,
		Source: r.Source, CustomFields: r.CustomFields,
	}
	if r.Account != nil {
		line.Account, line.Domain = r.Account.Name, r.Account.Domain
	}
	if !r.CreatedAt.IsZero() {
		line.CreatedAt = &r.CreatedAt
	}
	for _, role := range r.Roles {
		line.Contacts = append(line.Contacts, role.ContactID)
	}
	return line
}

func (o *output) header(columns ...string) {
	if !o.json {
		o.table = tabwriter.NewWriter(o.to, 0, 0, 2, ' ', 0)
		fmt.Fprintln(o.table, strings.Join(columns, "\t"))
	}
}

// flush writes the table. Its error is that of a reader who went away.
func (o *output) flush() error {
	if o.table == nil {
		return nil
	}
	return o.table.Flush()
}

func (o *output) document(value any) error {
	out := json.NewEncoder(o.to)
	out.SetEscapeHTML(false)
	return out.Encode(value)
}

func (o *output) row(r apollo.Record) error {
	if o.json {
		return o.document(lineOf(r))
	}
	account := string(r.AccountID)
	if r.Account != nil {
		account = r.Account.Name
	}
	return o.cells(string(r.ID), r.Name, r.Amount.String(), stageOf(r), r.CloseDate.String(), account)
}

// one shows an opportunity alone: a line for each value that is set.
func (o *output) one(r apollo.Record) error {
	if o.json {
		return o.document(lineOf(r))
	}
	o.table = tabwriter.NewWriter(o.to, 0, 0, 2, ' ', 0)
	line := lineOf(r)
	custom := make([]string, 0, len(r.CustomFields))
	for _, id := range slices.Sorted(maps.Keys(r.CustomFields)) {
		custom = append(custom, string(id)+"="+r.CustomFields[id].String())
	}
	for _, cell := range [...][2]string{
		{"id", string(r.ID)}, {"name", r.Name}, {"amount", r.Amount.String()}, {"stage", stageOf(r)}, {"close date", line.CloseDate},
		{"owner", string(r.OwnerID)}, {"account", strings.TrimSpace(line.Account + " " + string(r.AccountID))},
		{"created", stampOf(line.CreatedAt)}, {"description", r.Description}, {"next step", r.NextStep}, {"custom fields", strings.Join(custom, " ")},
		{"link", apollo.OpportunityURL(r.ID)},
	} {
		if cell[1] != "" {
			if err := o.cells(cell[0], cell[1]); err != nil {
				return err
			}
		}
	}
	return o.table.Flush()
}

func (o *output) stage(s crm.Stage) error {
	state := "open"
	switch {
	case s.Won:
		state = "won"
	case s.Closed:
		state = "lost"
	}
	if o.json {
		return o.document(struct {
			ID          crm.StageID    `json:"id"`
			Name        string         `json:"name"`
			PipelineID  crm.PipelineID `json:"pipeline_id,omitempty"`
			Probability int            `json:"probability"`
			State       string         `json:"state"`
		}{s.ID, s.Name, s.PipelineID, s.Probability, state})
	}
	return o.cells(string(s.ID), s.Name, fmt.Sprintf("%d %%", s.Probability), state, string(s.PipelineID))
}

// cells writes a line of the table. A tab or a line end in a text would move the
// cells after it.
func (o *output) cells(texts ...string) error {
	for i, text := range texts {
		texts[i] = strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f {
				return ' '
			}
			return r
		}, text)
	}
	_, err := fmt.Fprintln(o.table, strings.Join(texts, "\t"))
	return err
}

func stageOf(r apollo.Record) string {
	if r.StageName != "" {
		return r.StageName
	}
	return string(r.StageID)
}

func stampOf(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
