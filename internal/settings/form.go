package settings

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// formKey is where the form's setup is kept. It holds what belongs to a team, but
// no secret, so that it is a record of its own.
const formKey = "form"

// LoadForm reads how the form is set up; nothing stored is the plain form. Errors
// are as for [Load]; with each the plain form can be used.
func LoadForm(ctx context.Context, from store.Store) (form.Setup, error) {
	stored, err := store.Get(ctx, from, formKey)
	if err != nil {
		return form.Setup{}, &crm.Error{Kind: crm.Unavailable, Err: err,
			Message: "The browser's storage could not be read, so the form is the plain one. Close other windows of Dealmark and try again."}
	}
	return readForm(stored)
}

func readForm(stored []byte) (setup form.Setup, err error) {
	if stored == nil {
		return setup, nil
	}
	r := wire.NewReader(stored)
	r.Object(func(name []byte) { ReadForm(r, string(name), &setup) })
	if err := r.End(); err != nil {
		return form.Setup{}, &crm.Error{Kind: crm.Internal, Err: err,
			Message: "What is stored for the form cannot be read, so the form is the plain one. Set it up again in Dealmark's settings."}
	}
	return setup, nil
}

// ForgetFields takes the custom fields out of the form: they were another team's.
func ForgetFields(ctx context.Context, in store.Store) error {
	setup, err := LoadForm(ctx, in)
	if err != nil || len(setup.Custom) == 0 {
		return nil // what cannot be read is no form, and is left to be seen
	}
	setup.Custom = nil
	return SaveForm(ctx, in, setup)
}

// SaveForm stores how the form is set up. An unfit setup is an error of kind
// Invalid.
func SaveForm(ctx context.Context, to store.Store, setup form.Setup) error {
	if err := form.CheckSetup(setup); err != nil {
		return err
	}
	var w wire.Writer
	w.BeginObject()
	WriteForm(&w, setup)
	w.EndObject()
	if err := store.Put(ctx, to, formKey, w.Bytes()); err != nil {
		return &crm.Error{Kind: crm.Unavailable, Err: err, Message: "The browser could not store the form's settings. Free some disk space and save again."}
	}
	return nil
}
