package settings

import (
	"context"
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// Workspace is one team's Apollo with all that this browser keeps of it. Its id is
// the space (see [store.Within]) of its records in every area; the first
// workspace's is "".
type Workspace struct {
	ID, Name string
}

// Workspaces are all that this browser has, at least one.
type Workspaces struct {
	Current string // the id of the one that a new popup is for
	All     []Workspace
}

const workspacesKey = "workspaces"

// maxName is in bytes.
const maxName = 60

// ReadWorkspaces reads the workspaces from all records of the settings' area. One
// whose name cannot be read any more is there all the same, for what it keeps may
// not be lost; so is the first one where there is no other.
func ReadWorkspaces(area []store.Record) (w Workspaces) {
	for _, record := range area {
		if record.Key == workspacesKey {
			w = readWorkspaces(record.Value)
		}
	}
	for _, record := range area {
		if record.Key != workspacesKey {
			w.Meet(store.SpaceOf(record.Key))
		}
	}
	if len(w.All) == 0 {
		w.Meet("")
	}
	if w.Find(w.Current) == nil {
		w.Current = w.All[0].ID
	}
	return w
}

func readWorkspaces(document []byte) (w Workspaces) {
	r := wire.NewReader(document)
	r.Object(func(name []byte) {
		switch string(name) {
		case "current":
			w.Current = r.String()
		case "all":
			r.Array(func() {
				var one Workspace
				r.Object(func(name []byte) {
					switch string(name) {
					case "id":
						one.ID = r.String()
					case "name":
						one.Name = r.String()
					}
				})
				if r.Err() == nil && one.Name != "" && w.Find(one.ID) == nil {
					w.All = append(w.All, one)
				}
			})
		}
	})
	return w
}

// Meet adds a workspace of which only the id is known.
func (w *Workspaces) Meet(id string) {
	if w.Find(id) == nil {
		name := "Workspace 1"
		if id != "" {
			name = "Workspace " + id[:min(len(id), 6)]
		}
		w.All = append(w.All, Workspace{id, name})
	}
}

// Find gives the workspace with an id, nil if there is none.
func (w *Workspaces) Find(id string) *Workspace {
	for i := range w.All {
		if w.All[i].ID == id {
			return &w.All[i]
		}
	}
	return nil
}

// ChangeWorkspaces stores a change of the workspaces, in one step. in is the
// settings' area itself. A refusal is change's own error.
func ChangeWorkspaces(ctx context.Context, in store.Store, change func(*Workspaces) error) (w Workspaces, err error) {
	area, err := in.List(ctx, "")
	if err != nil {
		return w, Unreadable(err)
	}
	var refused error
	err = in.Update(ctx, []string{workspacesKey}, func(found []store.Record) ([]store.Record, error) {
		w = ReadWorkspaces(append(area, found[0])) // what was stored meanwhile counts
		if refused = change(&w); refused != nil {
			return nil, refused
		}
		return []store.Record{{Key: workspacesKey, Value: w.document()}}, nil
	})
	if refused != nil {
		return w, refused
	}
	return w, unstored(err)
}

func (w *Workspaces) document() []byte {
	var d wire.Writer
	d.BeginObject().Text("current", w.Current).Member("all").BeginArray()
	for _, one := range w.All {
		d.BeginObject().Text("id", one.ID).Text("name", one.Name).EndObject()
	}
	return d.EndArray().EndObject().Bytes()
}

// Choose makes a workspace the current one.
func (w *Workspaces) Choose(id string) error {
	if w.Find(id) == nil {
		return NoWorkspace()
	}
	w.Current = id
	return nil
}

// Add adds a workspace under a new id and makes it the current one, if the policy
// permits another.
func (w *Workspaces) Add(id, name string, under Policy) error {
	if under.One {
		return &crm.Error{Kind: crm.Invalid, Message: "Your team's admin has set that there is one workspace."}
	}
	name, err := w.free(name, id)
	if err != nil {
		return err
	}
	w.All = append(w.All, Workspace{id, name})
	w.Current = id
	return nil
}

// Rename gives a workspace another name.
func (w *Workspaces) Rename(id, name string) error {
	one := w.Find(id)
	if one == nil {
		return NoWorkspace()
	}
	name, err := w.free(name, id)
	if err != nil {
		return err
	}
	one.Name = name
	return nil
}

// Remove takes a workspace out of the list, but not the only one.
func (w *Workspaces) Remove(id string) error {
	if w.Find(id) == nil {
		return NoWorkspace()
	}
	if len(w.All) == 1 {
		return &crm.Error{Kind: crm.Conflict, Message: "This is the only workspace. Remove its key instead, or add another workspace first."}
	}
	w.All = slices.DeleteFunc(w.All, func(one Workspace) bool { return one.ID == id })
	if w.Current == id {
		w.Current = w.All[0].ID
	}
	return nil
}

// free gives a name as it is stored, if no workspace but the one with the id has it.
func (w *Workspaces) free(name, id string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || len(name) > maxName {
		return "", &crm.Error{Kind: crm.Invalid, Message: "Give the workspace a name of one to 60 letters."}
	}
	for _, one := range w.All {
		if one.ID != id && strings.EqualFold(one.Name, name) {
			return "", &crm.Error{Kind: crm.Invalid, Message: "There is a workspace of this name already. Give it another one."}
		}
	}
	return name, nil
}

// NoWorkspace is the error for an id that no workspace has.
func NoWorkspace() error {
	return &crm.Error{Kind: crm.NotFound, Message: "This workspace is not here any more. Load the page again."}
}

// Forget removes all records of one workspace's settings; the list of workspaces,
// which lies in the same area, stays.
func Forget(ctx context.Context, in store.Store) error {
	records, err := in.List(ctx, "")
	if err != nil {
		return Unreadable(err)
	}
	var keys []string
	for _, r := range records {
		if r.Key != workspacesKey {
			keys = append(keys, r.Key)
		}
	}
	return unstored(store.Delete(ctx, in, keys...))
}
