package crm

// Company is what a team has with a company, and what a form for it needs, read
// at once.
type Company struct {
	Accounts      []Account
	Opportunities []Opportunity // of the accounts
	Stages        []Stage
	Users         []User
	Whole         bool // no opportunity of the accounts is missing
}
