package crm

// Contact is a person whom the team knows in Apollo.
type Contact struct {
	ID        ContactID
	Name      string
	Title     string // what they do at their company
	Email     string
	AccountID AccountID // may be empty
}
