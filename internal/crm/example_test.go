package crm_test

import (
	"fmt"

	"github.com/dealmark/dealmark/internal/crm"
)

// Only what a rep changed is sent.
func ExampleValues_Diff() {
	before := crm.Values{Name: "Acme rollout", StageID: "64f0a1b2c3d4e5f600000001"}
	after := before
	after.SetText(crm.FieldAmount, "25000")
	after.SetText(crm.FieldStage, "64f0a1b2c3d4e5f600000002")
	fmt.Println(before.Diff(after))
	// Output: [amount stage]
}

func ExampleKindOf() {
	err := fmt.Errorf("list: %w", &crm.Error{Kind: crm.Unauthorized, Message: "Apollo does not accept the key."})
	if crm.KindOf(err) == crm.Unauthorized {
		fmt.Println(crm.AsError(err).Text())
	}
	// Output: Apollo does not accept the key.
}
