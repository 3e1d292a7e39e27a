// Package godebug stands in for the standard library's own in a program for the
// browser: there is no environment in which somebody could set GODEBUG, so each
// setting has its default, and nobody reads how often it was not. Package time
// has one such setting; the original brings 0.17 MB for it, runtime/metrics
// among them.
package godebug

// Setting is a setting that nobody can set.
type Setting struct{ name string }

// New names a setting.
func New(name string) *Setting { return &Setting{name} }

// Name is the setting's name, without the # of an undocumented one.
func (s *Setting) Name() string {
	if s.Undocumented() {
		return s.name[1:]
	}
	return s.name
}

// Undocumented says whether the setting is not for users.
func (s *Setting) Undocumented() bool { return s.name != "" && s.name[0] == '#' }

// String is the setting as GODEBUG would have it.
func (s *Setting) String() string { return s.Name() + "=" }

// Value is the default.
func (s *Setting) Value() string { return "" }

// IncNonDefault counts nothing: no value is another than the default.
func (s *Setting) IncNonDefault() {}
