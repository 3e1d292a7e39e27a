package boundary

import (
	"errors"
	"strings"

	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/wire"
)

// version is the version of the surface between JavaScript and Go.
const version = 1

// Read reads a document's members but its version, which must be ours.
func Read(document []byte, member func(r *wire.Reader, name string)) error {
	said := 0
	r := wire.NewReader(document)
	r.Object(func(name []byte) {
		if string(name) == "version" {
			said = r.Int()
			return
		}
		member(r, string(name))
	})
	if err := r.End(); err != nil {
		return &crm.Error{Kind: crm.Internal, Message: "The page and the core of Dealmark do not understand each other. Reload the extension.", Err: err}
	}
	if said != version {
		return &crm.Error{Kind: crm.Internal, Message: "The page and the core of Dealmark are of different versions. Reload the extension."}
	}
	return nil
}

// Texts reads a document of strings.
func Texts(document []byte) (map[string]string, error) {
	all := map[string]string{}
	return all, Read(document, func(r *wire.Reader, name string) {
		if r.Is('"') {
			all[name] = r.String()
		}
	})
}

// Answer writes a document.
func Answer(members func(w *wire.Writer)) []byte {
	var w wire.Writer
	w.BeginObject().Member("version").Int(version)
	if members != nil {
		members(&w)
	}
	return w.EndObject().Bytes()
}

// Refusal writes an error as a document, in the rep's language.
func Refusal(err error) []byte {
	told := crm.AsError(err)
	p, panicked := errors.AsType[*browser.Panic](err)
	if panicked {
		told = &crm.Error{Kind: crm.Internal, Message: "Dealmark met a fault of its own ({0}).", Parts: []string{p.Cause}}
	}
	return Answer(func(w *wire.Writer) {
		if panicked {
			w.Member("stopped").Bool(true)
		}
		w.Text("kind", string(told.Kind)).Text("message", browser.Words().Tell(told)).Text("field", string(told.Field))
	})
}

// Lock writes the sealed key of a workspace, "" if it is not sealed.
func Lock(s settings.Settings) []byte {
	return Answer(func(w *wire.Writer) {
		w.Member("workspace").String(s.Workspace).Member("sealed").String(strings.TrimPrefix(s.Sealed, "dmk_"))
		w.Member("locked").Bool(s.Locked())
	})
}
