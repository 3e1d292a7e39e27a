// Package settings holds what a rep sets once: the API key, where the API is,
// and who they are. It stores them as one record and never gives the key to be
// shown whole.
//
// It does not know the screen nor the network; whether the settings work is
// found out by [Check].
package settings

import (
	"context"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// Settings are a rep's settings.
type Settings struct {
	Key  string     // the API key, or the token for a gateway; "" if none is set, or while it is locked
	Base string     // the address of Apollo's API or of the gateway; "" for Apollo
	Rep  crm.UserID // who the rep is in Apollo; "" if they have not said
	Tag  string     // the id of the team's custom field for tags; "" for none, see SetUpTag

	// Sealed is the key encrypted with a passphrase, as extension/lock.js does it; ""
	// if there is no passphrase. With it the key itself is never stored.
	Sealed string

	// Bare says that the key is stored without a passphrase although the team's admin
	// wants one, see [Policy.Apply]. It is not used until it is sealed.
	Bare bool

	// Master says that the rep has agreed to store a key that can do everything.
	Master bool

	Workspace string // the id of the workspace that they are of; it is not stored with them
}

// Gateway says whether the key is a token for the team's gateway: those begin
// with a mark of their own.
func (s Settings) Gateway() bool {
	return strings.HasPrefix(s.Key, gatewayMark) || strings.HasPrefix(s.Sealed, gatewayMark)
}

const gatewayMark = "dmk_"

// Locked says whether there is a key that only the passphrase opens.
func (s Settings) Locked() bool { return s.Key == "" && s.Sealed != "" }

// Shut says why the key that there is cannot be used now, "" if it can.
func (s Settings) Shut() crm.English {
	switch {
	case s.Bare:
		return "Your team's admin wants every key to be locked with a passphrase. Choose one in Dealmark's settings; what was saved waits for it."
	case s.Locked():
		return "The key is locked. Enter your passphrase in Dealmark; what was saved waits for it."
	}
	return ""
}

// Unlocked gives the settings with the key that the passphrase has opened, "" for
// none.
func (s Settings) Unlocked(key string) Settings {
	if s.Sealed != "" {
		s.Key = key
	}
	return s
}

// Idle is how long a key stays open without Dealmark. extension/lock.js has an alarm
// of the same time.
const Idle = time.Hour

// StillOpen says whether a key that the passphrase has opened may still be used:
// used is when Dealmark was used last, in milliseconds since 1970. A clock that was
// put back says nothing, so it ends the time as well.
func StillOpen(used string, now time.Time) bool {
	at, ok := crm.ParseDigits(used)
	since := now.Sub(time.UnixMilli(at))
	return ok && since < Idle && since > -time.Minute
}

// KeyEnds is as much of the key as may be shown: its last four characters, and
// nothing of a key so short that four would be much of it.
func (s Settings) KeyEnds() string {
	if len(s.Key) < 12 {
		return ""
	}
	return s.Key[len(s.Key)-4:]
}

const key = "settings"

// String shows no key: settings may end up in a message.
func (s Settings) String() string { return "settings for " + s.Base }

// GoString is the same as String.
func (s Settings) GoString() string { return s.String() }

// Load reads the settings; none stored are empty settings. A record that
// cannot be understood is an error of kind Internal, storage that cannot be
// read one of kind Unavailable: what is there must not be written over.
func Load(ctx context.Context, from store.Store) (Settings, error) {
	stored, err := store.Get(ctx, from, key)
	if err != nil {
		return Settings{}, Unreadable(err)
	}
	return read(stored)
}

func read(stored []byte) (s Settings, err error) {
	if stored == nil {
		return s, nil
	}
	r := wire.NewReader(stored)
	r.Object(func(name []byte) {
		switch string(name) {
		case "key":
			s.Key = r.String()
		case "base":
			s.Base = r.String()
		case "rep":
			s.Rep = crm.UserID(r.String())
		case "tag":
			s.Tag = r.String()
		case "sealed":
			s.Sealed = r.String()
		case "bare":
			s.Bare = r.String() != ""
		case "master":
			s.Master = r.String() != ""
		}
	})
	if err := r.End(); err != nil {
		return Settings{}, &crm.Error{Kind: crm.Internal, Err: err,
			Message: "What is stored as settings cannot be read. Enter the API key again in Dealmark's settings."}
	}
	return s, nil
}

// Save stores the settings, a sealed key only as it is sealed, as far as the policy
// permits it; what it does not is an error of kind Invalid, and stores nothing.
func Save(ctx context.Context, to store.Store, s Settings, under Policy) error {
	if s.Sealed != "" {
		s.Key = ""
	}
	var w wire.Writer
	w.BeginObject().Text("key", s.Key).Text("sealed", s.Sealed).Text("base", s.Base).Text("rep", string(s.Rep)).Text("tag", s.Tag)
	w.Text("bare", mark(s.Bare)).Text("master", mark(s.Master)).EndObject()
	var refused error
	err := to.Update(ctx, []string{key}, func(found []store.Record) ([]store.Record, error) {
		before, _ := read(found[0].Value) // what cannot be read is no key that was there before
		if refused = under.Permits(before, s); refused != nil {
			return nil, refused
		}
		return []store.Record{{Key: key, Value: w.Bytes()}}, nil
	})
	if refused != nil {
		return refused
	}
	return unstored(err)
}

func mark(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// Unreadable is the error where the settings' area cannot be read.
func Unreadable(err error) error {
	return &crm.Error{Kind: crm.Unavailable, Err: err,
		Message: "The browser's storage could not be read, so the settings are not known. Close other windows of Dealmark and try again."}
}

func unstored(err error) error {
	if err == nil {
		return nil
	}
	return &crm.Error{Kind: crm.Unavailable, Err: err, Message: "The browser could not store the settings. Free some disk space and save again."}
}

// With gives the settings with the parts that a document holds: "key", "sealed"
// with it, "base", "rep", "tag", and "master" for the rep's word on such a key; an empty text removes a part, which is all that "tag" may do. Another key or address may be of
// another team: the field for tags goes with them. checkBase judges an address.
// A refusal is an error of kind Invalid.
func (s Settings) With(parts map[string]string, checkBase func(string) error) (Settings, error) {
	before := s
	if text, ok := parts["key"]; ok {
		s.Key = strings.TrimSpace(text)
		if strings.ContainsFunc(s.Key, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			return Settings{}, &crm.Error{Kind: crm.Invalid, Message: "The API key holds a space or another character that no key has. Copy it from Apollo again, alone."}
		}
		s.Sealed = parts["sealed"]
		if s.Sealed != "" && strings.HasPrefix(s.Key, gatewayMark) {
			s.Sealed = gatewayMark + s.Sealed
		}
		s.Bare = s.Bare && s.Sealed == "" && s.Key == before.Key
		s.Master = s.Master && s.Key == before.Key
	}
	s.Master = s.Master || parts["master"] != "" && s.Key != ""
	if text, ok := parts["base"]; ok {
		s.Base = strings.TrimRight(strings.TrimSpace(text), "/")
		if s.Base != "" {
			if err := checkBase(s.Base); err != nil {
				return Settings{}, err
			}
		}
	}
	if text, ok := parts["rep"]; ok {
		rep, valid := crm.ParseID[crm.UserID](text)
		if !valid && text != "" {
			return Settings{}, &crm.Error{Kind: crm.Invalid, Message: "Choose yourself from the list of users."}
		}
		s.Rep = rep
	}
	if text, ok := parts["tag"]; ok && text != "" {
		return Settings{}, &crm.Error{Kind: crm.Invalid, Message: "The field for Dealmark's entries is set up by its button, not by hand."}
	} else if ok || s.Key != before.Key || s.Base != before.Base {
		s.Tag = ""
	}
	return s, nil
}
