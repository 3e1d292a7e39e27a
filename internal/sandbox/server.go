package sandbox

import "github.com/dealmark/dealmark/internal/sandbox/engine"

// Server is the sandbox: one team's Apollo. It is safe for concurrent use.
type Server struct{ *engine.Engine }

// New makes a server with the seed's data as of the clock's present.
func New(opts Options) *Server { return &Server{engine.New(opts)} }
