package popup_test

import (
	"context"
	"fmt"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/store"
)

// A rep without a connection opens the popup on a company's page, types, and
// saves; the worker sends it when Apollo is there.
func Example() {
	ctx := context.Background()
	clock := func() time.Time { return time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC) }
	forms := 0
	var view popup.View
	story := popup.New(popup.Ports{
		Index:  index.New(&store.Memory{}, clock),
		Outbox: outbox.New(outbox.Ports{Primary: &store.Memory{}, Clock: clock}, outbox.DefaultPolicy()),
		Drafts: &store.Memory{},
		Clock:  clock,
		NewID:  func() string { forms++; return fmt.Sprint("form-", forms) },
		Show:   func(v popup.View) { view = v },
		Wake:   func(task popup.Task) { fmt.Println("the worker is woken:", task) },
		Link:   func(id crm.OpportunityID) string { return "https://app.apollo.io/" + string(id) },
		Fresh:  popup.DefaultFreshness(),
	})

	_ = story.Open(ctx, site.Page{URL: "https://shop.acme.co.uk/anvils", SiteName: "Acme"}, nil)
	fmt.Println(view.Company.Name, view.Company.Domain)
	fmt.Println(view.Form.Submit)

	_ = story.Edit(ctx, view.Form.ID, crm.FieldName, "Acme anvils")
	_ = story.Edit(ctx, view.Form.ID, crm.FieldAmount, "25k")
	fmt.Println("understood:", view.Form.Fields[1].Understood)

	_, _ = story.Save(ctx, view.Form.ID)
	fmt.Println(view.Outbox[0].Title+":", view.Outbox[0].Text)
	// Output:
	// Acme acme.co.uk
	// Create opportunity for Acme
	// understood: 25,000
	// the worker is woken: drain
	// Create “Acme anvils”: Saved on this computer. It goes to Apollo next.
}

// A page without a company is no dead end: the rep types the domain, and what
// stands in the form goes along.
func ExampleStory_ChooseDomain() {
	ctx := context.Background()
	w := newWorld()
	story := w.story()
	_ = story.Open(ctx, site.Page{URL: "http://localhost:3000/"}, map[crm.Field]string{crm.FieldName: "Acme anvils"})
	fmt.Println(w.now().Company.Status, w.now().Form.Ready)

	fmt.Println(story.ChooseDomain(ctx, "localhost", ""))
	fmt.Println(story.ChooseDomain(ctx, "www.acme.test", ""))
	story.Read(ctx, false)
	fmt.Println(w.now().Company.Text, w.now().Form.Ready, w.value(crm.FieldName))
	// Output:
	// no_company false
	// This name belongs to a local network, not to a company. Type the company's domain, for example acme.com.
	// <nil>
	// In Apollo true Acme anvils
}
