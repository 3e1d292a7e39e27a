package crm

// Pipeline is a row of stages that opportunities walk through.
type Pipeline struct {
	ID      PipelineID
	Name    string
	Default bool // of the team: new opportunities start there
	Order   int  // position among the team's pipelines
}
