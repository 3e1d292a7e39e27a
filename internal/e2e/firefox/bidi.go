//go:build !js

package firefox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/net/websocket"
)

// session is a connection to the browser: commands with numbers, and their
// answers. https://w3c.github.io/webdriver-bidi/
type session struct {
	socket *websocket.Conn

	mu      sync.Mutex
	last    int
	waiting map[int]chan answer
	ended   error
}

type answer struct {
	ID      int             `json:"id"`
	Type    string          `json:"type"` // success, error or event
	Result  json.RawMessage `json:"result"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
}

var errEnded = errors.New("the connection to Firefox has ended")

// dial connects to the address that Firefox prints. It wants an origin that its
// command line allows.
func dial(address string) (*session, error) {
	socket, err := websocket.Dial(address+"/session", "", origin)
	if err != nil {
		return nil, fmt.Errorf("connect to firefox: %w", err)
	}
	socket.MaxPayloadBytes = 64 << 20
	s := &session{socket: socket, waiting: map[int]chan answer{}}
	go s.receive()
	return s, nil
}

func (s *session) receive() {
	for {
		var a answer
		if err := websocket.JSON.Receive(s.socket, &a); err != nil {
			s.mu.Lock()
			s.ended = errors.Join(errEnded, err)
			for id, waiting := range s.waiting {
				close(waiting)
				delete(s.waiting, id)
			}
			s.mu.Unlock()
			return
		}
		s.mu.Lock()
		if waiting := s.waiting[a.ID]; waiting != nil && a.Type != "event" {
			waiting <- a
			delete(s.waiting, a.ID)
		}
		s.mu.Unlock()
	}
}

// call sends a command and decodes its result into out, unless that is nil.
func (s *session) call(ctx context.Context, method string, params, out any) error {
	s.mu.Lock()
	if s.ended != nil {
		defer s.mu.Unlock()
		return s.ended
	}
	s.last++
	id, waiting := s.last, make(chan answer, 1)
	s.waiting[id] = waiting
	err := websocket.JSON.Send(s.socket, map[string]any{"id": id, "method": method, "params": params})
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	case a, ok := <-waiting:
		switch {
		case !ok:
			return fmt.Errorf("%s: %w", method, errEnded)
		case a.Type == "error":
			return fmt.Errorf("%s: %s: %s", method, a.Error, a.Message)
		case out == nil:
			return nil
		}
		if err := json.Unmarshal(a.Result, out); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		return nil
	}
}
