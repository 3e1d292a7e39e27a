package crm

// Account is a company as the team keeps it in Apollo.
type Account struct {
	ID      AccountID
	Name    string
	Domain  Domain // as Apollo has it; may be empty
	OwnerID UserID
}

// NewAccount is a company to be found or made in Apollo when an opportunity
// for it is saved. Both parts are needed.
type NewAccount struct {
	Name   string
	Domain Domain
}
