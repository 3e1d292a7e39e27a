package pipeline_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
)

func TestFind(t *testing.T) {
	p := newPipeline()
	type query = pipeline.Query
	for name, c := range map[string]struct {
		query query
		want  []string
	}{
		"all, the nearest date first": {query{}, []string{"Renewal 2025", "Training", "Anvils, 40 pieces", "No stage", "Rollout", "Far away", "São Paulo office"}},
		"a word of the name":          {query{Text: "roll"}, []string{"Rollout"}},
		"capitals and spaces":         {query{Text: "  ROLL  "}, []string{"Rollout"}},
		"the company":                 {query{Text: "acme"}, []string{"Anvils, 40 pieces", "Rollout"}},
		"a letter without its mark":   {query{Text: "muller sohne"}, []string{"Renewal 2025", "Training"}},
		"a letter with its mark":      {query{Text: "Müller"}, []string{"Renewal 2025", "Training"}},
		"another script":              {query{Text: "商事"}, []string{"Far away", "São Paulo office"}},
		"two words of two fields":     {query{Text: "paulo proposal"}, []string{"São Paulo office"}},
		"the owner":                   {query{Text: "weiss"}, []string{"Training", "No stage", "Rollout"}},
		"an amount":                   {query{Text: "25000"}, []string{"Rollout"}},
		"a date":                      {query{Text: "2026-10"}, []string{"Anvils, 40 pieces", "No stage"}},
		"no word over two fields":     {query{Text: "outacme"}, nil},
		"a word that nothing has":     {query{Text: "rollout zebra"}, nil},
		"a stage":                     {query{Stage: string(id[crm.StageID](2))}, []string{"Anvils, 40 pieces", "São Paulo office"}},
		"no stage":                    {query{Stage: pipeline.None}, []string{"No stage"}},
		"an owner":                    {query{Owner: string(id[crm.UserID](2))}, []string{"Renewal 2025", "Anvils, 40 pieces", "Far away"}},
		"no owner":                    {query{Owner: pipeline.None}, []string{"São Paulo office"}},
		"open":                        {query{State: pipeline.Open}, []string{"Anvils, 40 pieces", "No stage", "Rollout", "Far away", "São Paulo office"}},
		"won":                         {query{State: pipeline.Won}, []string{"Training"}},
		"lost":                        {query{State: pipeline.Lost}, []string{"Renewal 2025"}},
		"a month":                     {query{Month: "2026-10"}, []string{"Anvils, 40 pieces", "No stage"}},
		"before a month":              {query{Month: "<2026-09"}, []string{"Renewal 2025"}},
		"after a month":               {query{Month: ">2026-11"}, []string{"Far away"}},
		"no date":                     {query{Month: pipeline.None}, []string{"São Paulo office"}},
		"no month":                    {query{Month: "soon"}, nil},
		"one pipeline":                {query{Within: id[crm.PipelineID](2)}, []string{"Far away"}},
		"all filters":                 {query{Text: "roll", State: pipeline.Open, Month: "2026-11", Owner: string(id[crm.UserID](1)), Stage: string(id[crm.StageID](1))}, []string{"Rollout"}},
		"by name":                     {query{Sort: pipeline.ByName}, []string{"Anvils, 40 pieces", "Far away", "No stage", "Renewal 2025", "Rollout", "São Paulo office", "Training"}},
		"by name, descending":         {query{Sort: pipeline.ByName, Descending: true}, []string{"Training", "São Paulo office", "Rollout", "Renewal 2025", "No stage", "Far away", "Anvils, 40 pieces"}},
		"by company":                  {query{Sort: pipeline.ByCompany}, []string{"Anvils, 40 pieces", "Rollout", "Renewal 2025", "Training", "Far away", "São Paulo office", "No stage"}},
		"by company, descending":      {query{Sort: pipeline.ByCompany, Descending: true}, []string{"São Paulo office", "Far away", "Training", "Renewal 2025", "Rollout", "Anvils, 40 pieces", "No stage"}},
		"by stage":                    {query{Sort: pipeline.ByStage}, []string{"Rollout", "Anvils, 40 pieces", "São Paulo office", "Training", "Renewal 2025", "Far away", "No stage"}},
		"by amount in its currency":   {query{Sort: pipeline.ByAmount}, []string{"No stage", "Anvils, 40 pieces", "Training", "Rollout", "Renewal 2025", "Far away", "São Paulo office"}},
		"by amount, descending":       {query{Sort: pipeline.ByAmount, Descending: true}, []string{"Far away", "Renewal 2025", "Rollout", "Training", "Anvils, 40 pieces", "No stage", "São Paulo office"}},
		"by date, descending":         {query{Descending: true}, []string{"Far away", "Rollout", "No stage", "Anvils, 40 pieces", "Training", "Renewal 2025", "São Paulo office"}},
		"by owner":                    {query{Sort: pipeline.ByOwner}, []string{"Training", "No stage", "Rollout", "Renewal 2025", "Anvils, 40 pieces", "Far away", "São Paulo office"}},
		"by creation":                 {query{Sort: pipeline.ByCreated, Text: "e"}, []string{"Rollout", "Anvils, 40 pieces", "Training", "Renewal 2025", "São Paulo office", "Far away", "No stage"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, names(p, p.Find(c.query)))
			assert.Equal(t, c.want, names(p, p.Find(c.query)), "and once more")
		})
	}
}

func TestFindNothingInNothing(t *testing.T) {
	p := pipeline.New(index.Everything{})
	for _, q := range []pipeline.Query{{}, {Text: "x"}, {Descending: true, Sort: pipeline.ByAmount}} {
		assert.Empty(t, p.Find(q))
	}
}

func TestColumnNamed(t *testing.T) {
	for _, c := range []pipeline.Column{pipeline.ByName, pipeline.ByCompany, pipeline.ByStage, pipeline.ByAmount, pipeline.ByOwner, pipeline.ByCreated, pipeline.ByCloseDate} {
		assert.Equal(t, c, pipeline.ColumnNamed(c.Name()))
	}
	assert.Equal(t, pipeline.ByCloseDate, pipeline.ColumnNamed("__proto__"))
}

func TestTheStageAsTheTeamHasItNowCounts(t *testing.T) {
	o := deal{name: "x", stage: 3}.opportunity(1)
	o.StageName, o.Closed = "An old name", false
	unknown := deal{name: "y", stage: 99}.opportunity(2)
	unknown.StageName, unknown.Closed, unknown.Won = "Gone", true, true
	p := pipeline.New(index.Everything{Team: team, List: listOf(o, unknown)})
	rows := p.Find(pipeline.Query{Sort: pipeline.ByName})
	assert.Equal(t, "Won", p.Row(rows[0]).Stage)
	assert.Equal(t, pipeline.Won, p.Row(rows[0]).State)
	assert.Equal(t, "Gone", p.Row(rows[1]).Stage, "a stage that is no more")
	assert.Equal(t, pipeline.Won, p.Row(rows[1]).State)
	assert.Equal(t, []string{"y"}, names(p, p.Find(pipeline.Query{Stage: pipeline.None})))
}
