package engine

import "time"

// User is a member of the team.
type User struct {
	ID, First, Last, Email, Title string
	// Admin makes the first such user the one that API keys act as.
	Admin   bool
	Deleted bool
	// Since is how long before the server's start the user joined.
	Since time.Duration
}

type userJSON struct {
	ID              string  `json:"id"`
	TeamID          string  `json:"team_id"`
	First           *string `json:"first_name"`
	Last            *string `json:"last_name"`
	Title           *string `json:"title"`
	Email           string  `json:"email"`
	CreatedAt       *string `json:"created_at"`
	Deleted         bool    `json:"deleted"`
	Name            string  `json:"name"`
	PermissionSetID string  `json:"permission_set_id"`
}

// searchUsers lists a page of the team's users. Its pagination echoes page and
// per_page as they came: strings from a query, null for a page that was not given.
//
// https://docs.apollo.io/reference/get-a-list-of-users
func (t *team) searchUsers(x *Exchange) (any, *refusal) {
	place := x.params.page()
	from, to := place.of(len(t.users))
	rows := make([]spliced, 0, to-from)
	for _, u := range t.users[from:to] {
		name := u.First
		if u.Last != "" {
			name += " " + u.Last
		}
		rows = append(rows, spliced{userJSON{
			ID: u.ID, TeamID: t.id, First: nullable(u.First), Last: nullable(u.Last), Title: nullable(u.Title), Email: u.Email,
			CreatedAt: zulu(x.started.Add(-u.Since)), Deleted: u.Deleted, Name: name, PermissionSetID: t.id,
		}, userSettings})
	}
	var perPage any = defaultPerPage
	if given, ok := x.params["per_page"]; ok {
		perPage = given
	}
	summary := place.summary(len(t.users))
	return struct {
		Pagination struct {
			Page         any `json:"page"`
			PerPage      any `json:"per_page"`
			TotalEntries int `json:"total_entries"`
			TotalPages   int `json:"total_pages"`
		} `json:"pagination"`
		Users          []spliced `json:"users"`
		NumFetchResult null      `json:"num_fetch_result"`
	}{
		Pagination: struct {
			Page         any `json:"page"`
			PerPage      any `json:"per_page"`
			TotalEntries int `json:"total_entries"`
			TotalPages   int `json:"total_pages"`
		}{x.params["page"], perPage, summary.TotalEntries, summary.TotalPages},
		Users: rows,
	}, nil
}

type profileJSON struct {
	ID     string  `json:"id"`
	TeamID string  `json:"team_id"`
	First  *string `json:"first_name"`
	Last   *string `json:"last_name"`
	Title  *string `json:"title"`
	Email  string  `json:"email"`
	*creditsJSON
}

type creditsJSON struct {
	Remaining        int `json:"num_credits_remaining"`
	Lead             int `json:"effective_num_lead_credits"`
	LeadUsed         int `json:"num_lead_credits_used"`
	DirectDial       int `json:"effective_num_direct_dial_credits"`
	DirectDialUsed   int `json:"num_direct_dial_credits_used"`
	Export           int `json:"effective_num_export_credits"`
	ExportUsed       int `json:"num_export_credits_used"`
	AI               int `json:"effective_num_ai_credits"`
	AIUsed           int `json:"num_ai_credits_used"`
	PowerUp          int `json:"effective_num_power_up_credits"`
	PowerUpUsed      int `json:"num_power_up_credits_used"`
	TotalUnifiedUsed int `json:"total_unified_credits_used"`
}

// profile is the user that the key acts as.
//
// https://docs.apollo.io/reference/view-api-profile
func (t *team) profile(x *Exchange) (any, *refusal) {
	actor := t.actor()
	for _, u := range t.users {
		if u.ID != actor {
			continue
		}
		p := profileJSON{ID: u.ID, TeamID: t.id, First: nullable(u.First), Last: nullable(u.Last), Title: nullable(u.Title), Email: u.Email}
		if x.params.bool("include_credit_usage") {
			p.creditsJSON = &creditsJSON{Remaining: 1000, Lead: 1000, DirectDial: 100, Export: 100, AI: 100, PowerUp: 100}
		}
		return p, nil
	}
	return nil, notFound()
}
