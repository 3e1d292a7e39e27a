package record_test

import (
	"fmt"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/record"
	"github.com/dealmark/dealmark/internal/wire"
)

func ExampleValues() {
	amount, _ := crm.ParseMoney("12500.50")
	var w wire.Writer
	w.BeginObject()
	record.Values(&w, "want", crm.Values{Name: "Acme rollout", Amount: amount})
	w.EndObject()
	fmt.Println(string(w.Bytes()))
	// Output: {"want":{"name":"Acme rollout","amount":"12500.5"}}
}
