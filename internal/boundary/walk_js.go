package boundary

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/wire"
)

// ReadWalk says how far the reading of the team's list is: an exported function
// of every program whose page shows it.
func (c *Core) ReadWalk(document []byte) ([]byte, error) {
	if _, err := Texts(document); err != nil {
		return nil, err
	}
	stores, err := c.Stores()
	if err != nil {
		return nil, err
	}
	walk, err := stores.Index().Walk(context.Background())
	if err != nil {
		return nil, err
	}
	return Answer(func(w *wire.Writer) { stores.WriteWalk(w, walk) }), nil
}

// WriteWalk writes how far the reading is, and of which workspace, as one member.
func (s *Stores) WriteWalk(w *wire.Writer, k index.Walk) {
	w.Member("walk").BeginObject().Member("workspace").String(s.Workspace.ID).Member("read").Int(k.Read).Member("total").Int(k.Total)
	w.Member("underWay").Bool(k.UnderWay()).Member("paused").Bool(k.Paused).Member("complete").Bool(k.Complete())
	w.Member("finished").Int(Milliseconds(k.Finished)).EndObject()
}

// Milliseconds is a time as JavaScript has it; 0 if there is none.
func Milliseconds(t time.Time) int {
	if t.IsZero() {
		return 0
	}
	return int(t.UnixMilli())
}
