package form_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

func TestSimilar(t *testing.T) {
	const there = "Acme rollout, phase 2"
	for _, r := range []struct{ name, there string }{
		{"Acme rollout, phase 2", there}, {"acme rollout phase 2", there}, {"ACME ROLLOUT – PHASE 2", there},
		{" Acme  rollout,  phase 2 ", there}, {"Rollout phase 2", there}, {"Phase 2 rollout", there},
		{"Acme Corporation: rollout phase 2", there}, {"Acme rolout phase 2", there}, {"Acme rollotu phase 2", there},
		{"Acme roll-out phase 2", there}, {"Akme rollout phase 2", ""}, {"Acme rollouts, phase 2", there},
		{"Acme rollout", ""}, {"Acme rollout, phase 3", ""}, {"Acme rollout, phase 22", ""}, {"Acme rollout, phase II", ""},
		{"Acme training", ""}, {"Acme", ""}, {"Acme Corporation", ""}, {"", ""}, {"-", ""}, {"phase 2", ""}, {"2", ""},

		{"Acme renewal Q3", "Acme renewal Q3"}, {"Acme renewal Q4", ""}, {"Renewal Q3 Acme", "Acme renewal Q3"},
		{"Acme site B", ""}, {"Acme site A", "Acme site A"}, {"Acme part I", "Acme part I"}, {"Acme part II", ""},
		{"Acme café", "Acme café"}, {"Acme cafe", "Acme café"}, {"Acme cafe\u0301", "Acme café"}, {"Acme café ", "Acme café"}, {"Acme Cafés", ""}, {"Acme caffe", ""},
		{"阿克梅 项目", "阿克梅 项目"}, {"阿克梅 计划", ""},
		{"Acme IT audit", "Acme IT audit"}, {"Acme audit", ""}, {"Acme audit IT", "Acme IT audit"},
	} {
		var list []crm.Opportunity
		for _, name := range []string{there, "Acme renewal Q3", "Acme site A", "Acme part I", "Acme café", "阿克梅 项目", "Acme IT audit"} {
			list = append(list, crm.Opportunity{Values: crm.Values{Name: name}})
		}
		d := form.NewCreate("f1", "acme.com")
		d.Edit(crm.FieldName, r.name)
		got, how := d.Similar(list, "Acme Corporation", form.Choices{})
		assert.Equal(t, r.there, got.Name, r.name)
		assert.Equal(t, r.there != "", how == form.SameName, r.name)
	}
}

func TestSimilarByAmount(t *testing.T) {
	list := []crm.Opportunity{
		{Values: crm.Values{Name: "Acme training"}},
		{Values: crm.Values{Name: "Acme support", Amount: money("12500.5", "USD")}},
		{Values: crm.Values{Name: "Acme rollout", Amount: money("25000", "USD")}},
		{Values: crm.Values{Name: "Acme gift", Amount: money("0", "USD")}},
	}
	for _, r := range []struct {
		name, amount, there string
		how                 form.Likeness
	}{
		{"Acme anvils", "25k", "Acme rollout", form.SameAmount},
		{"Acme anvils", "$12,500.50", "Acme support", form.SameAmount},
		{"Acme training", "25k", "Acme training", form.SameName},
		{"Acme anvils", "", "", form.Unlike},
		{"Acme anvils", "0", "", form.Unlike},
		{"Acme anvils", "25", "", form.Unlike},
		{"Acme anvils", "25k EUR", "", form.Unlike},
	} {
		d := form.NewCreate("f1", "acme.com")
		d.Edit(crm.FieldName, r.name)
		d.Edit(crm.FieldAmount, r.amount)
		got, how := d.Similar(list, "Acme", choices())
		assert.Equal(t, r.there, got.Name, "%s %s", r.name, r.amount)
		assert.Equal(t, r.how, how, "%s %s", r.name, r.amount)
	}
	change := form.NewUpdate("f1", "acme.com", opportunity())
	change.Edit(crm.FieldAmount, "25k")
	_, how := change.Similar(list, "Acme", choices())
	assert.Equal(t, form.Unlike, how, "a change is about one that is there")
}

func TestSimilarNamesAreSimilarBothWays(t *testing.T) {
	similar := func(a, b string) bool {
		d := form.NewCreate("f1", "acme.com")
		d.Edit(crm.FieldName, a)
		_, how := d.Similar([]crm.Opportunity{{Values: crm.Values{Name: b}}}, "Acme", form.Choices{})
		return how == form.SameName
	}
	text := rapid.StringMatching(`(acme|rollout|rolout|phase|2|3|ii|x| ){0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		assert.Equal(t, similar(b, a), similar(a, b), "%q %q", a, b)
		assert.Equal(t, strings.TrimSpace(a) != "", similar(a, a), "%q", a)
	})
}
