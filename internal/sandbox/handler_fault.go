package sandbox

import (
	"bytes"
	"net"
	"net/http"
)

// writeDisturbed sends an answer the way the fault wants it to travel.
func writeDisturbed(w http.ResponseWriter, r *http.Request, f *Fault, a Answer) {
	if f.Kind != FaultDelay && f.Kind != FaultLate && f.Kind != FaultSlow && f.Kind != FaultLag {
		wait(r.Context(), f.Delay)
	}
	if a.Status == 0 {
		reset(w)
	}
	flusher := http.NewResponseController(w)
	switch f.Kind {
	case FaultTruncate:
		writeHead(w, a)
		_, _ = w.Write(a.Body[:len(a.Body)/2])
		_ = flusher.Flush()
		// Closed rather than reset: a reset could overtake the half that was sent.
		panic(http.ErrAbortHandler)
	case FaultSlow:
		writeHead(w, a)
		for i := range a.Body {
			if r.Context().Err() != nil {
				return
			}
			_, _ = w.Write(a.Body[i : i+1])
			_ = flusher.Flush()
			wait(r.Context(), f.Delay)
		}
	case FaultEndless:
		delete(a.Header, "content-length")
		writeHead(w, a)
		blank := bytes.Repeat([]byte(" "), 32<<10)
		for r.Context().Err() == nil {
			if _, err := w.Write(blank); err != nil {
				return
			}
		}
	default:
		write(w, a)
	}
}

// reset ends the connection with a TCP reset where there is one, and does not return.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}
	panic(http.ErrAbortHandler)
}
