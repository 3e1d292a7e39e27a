package crm

// Apollo's identifiers are 24 lower-case hexadecimal digits. Each kind of
// object has its own type, so that one cannot stand where another is meant.
type (
	AccountID     string
	ContactID     string
	OpportunityID string
	PipelineID    string
	RoleTypeID    string
	StageID       string
	TeamID        string
	UserID        string
)

// ID is any of the identifier types.
type ID interface {
	AccountID | ContactID | OpportunityID | PipelineID | RoleTypeID | StageID | TeamID | UserID
}

// ParseID gives text as an identifier, or "" and false if it is not one.
func ParseID[T ID](text string) (T, bool) {
	if !hex24(text) {
		return "", false
	}
	return T(text), true
}

func hex24(text string) bool {
	for i := range len(text) {
		c := text[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(text) == 24
}
