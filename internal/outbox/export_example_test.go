package outbox_test

import (
	"context"
	"fmt"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

func ExampleBox_Export() {
	ctx := context.Background()
	clock := func() time.Time { return time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC) }
	primary := &store.Memory{}
	box := outbox.New(outbox.Ports{Primary: primary, Clock: clock}, outbox.DefaultPolicy())
	_, _ = box.Append(ctx, "form-1", crm.Create{Values: crm.Values{Name: "Acme anvils", AccountID: "65f000050000000000000001"}})
	_ = store.Put(ctx, primary, "entry/form-2", []byte(`{"schema":9}`))
	document, pending, _ := box.Export(ctx)
	fmt.Println(string(document))
	fmt.Println(pending, "not done")
	// Output:
	// {"entries":[{"id":"form-1","state":"queued","revision":1,"seq":1,"saved":1791968400000,"changed":1791968400000,"create":{"values":{"name":"Acme anvils","account":"65f000050000000000000001"}}}],"damaged":[{"key":"entry/form-2","why":"the record is not one of Dealmark's","record":"{\"schema\":9}"}]}
	// 2 not done
}
