package engine

import "strconv"

// refusal is an answer other than 200: Apollo's status and body for it.
type refusal struct {
	status int
	// body is encoded as JSON; plain, where it is set, is sent as text instead.
	body  any
	plain string
	// retryAfter is in seconds, for a 429 only.
	retryAfter int
}

type errorBody struct {
	Error string `json:"error"`
	Code  string `json:"error_code,omitempty"`
	// SkipAlertDialog is an instruction to Apollo's own web page.
	SkipAlertDialog bool `json:"skip_alert_dialog,omitempty"`
}

type messageBody struct {
	Message string `json:"message"`
}

type statusBody struct {
	Status int    `json:"status"`
	Error  string `json:"error"`
}

type limitBody struct {
	Message string `json:"message"`
	Details struct {
		Code string `json:"code"`
	} `json:"error_details"`
}

func notFound() *refusal {
	return &refusal{status: 404, body: statusBody{404, "Not Found"}}
}

func badRequest() *refusal {
	return &refusal{status: 400, body: statusBody{400, "Bad Request"}}
}

func unprocessable(message string) *refusal {
	return &refusal{status: 422, body: errorBody{Error: message}}
}

func malformedID(id string) *refusal {
	return unprocessable("Parameters misconfigured. " + id + " is not a valid ID")
}

func badSort() *refusal {
	return &refusal{status: 422, body: errorBody{Error: "Invalid sort criteria", SkipAlertDialog: true}}
}

func badSearch() *refusal {
	return unprocessable("Your search parameters are entered incorrectly. Did you try to edit the URL directly?")
}

func unpaid() *refusal {
	return &refusal{status: 403, body: messageBody{"This endpoint is only available to Apollo users on paid plans."}}
}

func misplacedKey() *refusal {
	return &refusal{status: 422, body: errorBody{
		Error: "API key must be passed in the X-Api-Key header for security reasons",
		Code:  "INVALID_API_KEY_LOCATION",
	}}
}

func badKey() *refusal {
	return &refusal{status: 401, plain: "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate."}
}

func badToken() *refusal {
	return &refusal{status: 401, plain: "Invalid access credentials."}
}

func keyOutOfScope(endpoint string) *refusal {
	return &refusal{status: 403, body: errorBody{
		Error: "This API key is not authorized to access " + endpoint +
			". Request an API key from your administrator that includes this endpoint in its configured scope.",
		Code: "API_INACCESSIBLE",
	}}
}

func tokenOutOfScope(endpoint string) *refusal {
	return &refusal{status: 403, body: errorBody{
		Error: endpoint + " is not accessible with this access token",
		Code:  "API_INACCESSIBLE",
	}}
}

// rateLimited is refused because window ("minute", "hour", "day") allows no more
// than limit requests; retryAfter is in seconds. The documented sentence has no
// source and no code, and another wording for fields.
func rateLimited(dialect Dialect, endpoint, window string, limit, retryAfter int) *refusal {
	const plans = "https://app.apollo.io/#/settings/plans/upgrade"
	allowed := " allowed for " + endpoint + " is " + strconv.Itoa(limit) + " times per " + window + ". "
	said := "The maximum number of api calls" + allowed + "Please upgrade your plan from " + plans
	switch {
	case dialect != DialectCreatedAt:
		body := limitBody{Message: said + "?source=api_rate_limit."}
		body.Details.Code = "USAGE.RATE_LIMIT.API_RATE_LIMIT_EXCEEDED"
		return &refusal{status: 429, body: body, retryAfter: retryAfter}
	case endpoint == "api/v1/fields":
		said = "The maximum number of API calls" + allowed + "To change your rate limit, upgrade your Apollo plan at " + plans
	}
	return &refusal{status: 429, body: messageBody{said + "."}, retryAfter: retryAfter}
}
