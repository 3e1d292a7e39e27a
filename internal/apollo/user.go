package apollo

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	userList = &operation{
		name: OpUsers, method: "GET", path: "/users/search",
		right: "api/v1/users/search",
	}
	profile = &operation{name: OpProfile, method: "GET", path: "/users/api_profile"} // needs no right
)

// Users reads all members of the team, sorted by name; those who were deleted
// are left out. They are for choosing an owner: that somebody joined or left
// while they were read, or that a row could not be read, is no error.
//
// https://docs.apollo.io/reference/get-a-list-of-users
func (c *Client) Users(ctx context.Context) ([]crm.User, error) {
	var users []crm.User
	seen := map[crm.UserID]bool{}
	for user, err := range c.ListUsers().Rows(ctx) {
		if errors.Is(err, ErrChanged) || errors.Is(err, ErrPartial) {
			break
		}
		if err != nil {
			return nil, err
		}
		if !seen[user.ID] {
			seen[user.ID] = true
			users = append(users, user)
		}
	}
	crm.Sort(users, func(a, b crm.User) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return users, nil
}

// ListUsers lists all members of the team in Apollo's order, those who were
// deleted aside.
//
// https://docs.apollo.io/reference/get-a-list-of-users
func (c *Client) ListUsers() *List[crm.User] {
	return &List[crm.User]{
		client: c, ask: userPage, member: "users",
		row: func(r *wire.Reader) (crm.User, bool) {
			user, deleted := readUser(r)
			if deleted && user.ID != "" {
				return crm.User{}, true
			}
			return user, user.ID != ""
		},
		keep: func(u crm.User) bool { return u.ID != "" },
		id:   func(u crm.User) string { return string(u.ID) },
	}
}

func userPage(page int) call {
	return call{operation: userList, query: []Param{{"page", strconv.Itoa(page)}, {"per_page", strconv.Itoa(MaxPerPage)}}}
}

// Profile reads the user as whom the key acts.
//
// https://docs.apollo.io/reference/get-current-user-profile
func (c *Client) Profile(ctx context.Context) (crm.User, error) {
	var user crm.User
	err := c.do(ctx, call{operation: profile}, func(r *wire.Reader) {
		if r.Is('{') {
			user, _ = readUser(r)
		}
		if user.ID == "" {
			r.Fail(errUnusable)
		}
	})
	if err != nil {
		return crm.User{}, err
	}
	return user, nil
}

func readUser(r *wire.Reader) (user crm.User, deleted bool) {
	var first, last string
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			user.ID = id[crm.UserID](r)
		case "name":
			user.Name = text(r)
		case "first_name":
			first = text(r)
		case "last_name":
			last = text(r)
		case "email":
			user.Email = text(r)
		case "deleted":
			deleted = truth(r)
		}
	})
	if user.Name = strings.TrimSpace(user.Name); user.Name == "" {
		user.Name = strings.TrimSpace(first + " " + last)
	}
	if user.Name == "" {
		user.Name = user.Email
	}
	return user, deleted
}
