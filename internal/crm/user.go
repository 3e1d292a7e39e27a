package crm

// User is a member of the team in Apollo; an owner of accounts and
// opportunities.
type User struct {
	ID    UserID
	Name  string
	Email string
}

// UserByID finds a user.
func UserByID(users []User, id UserID) (User, bool) {
	for _, u := range users {
		if u.ID == id {
			return u, true
		}
	}
	return User{}, false
}
