// Package engine is the state and the routes of the local Apollo: a plain
// request in, a plain response out. It keeps what a team has stored, a truth log
// of it, and misbehaves on request.
//
// It knows no transport, so that a WebAssembly program can carry it; package
// sandbox is the http.Handler on it. State and operations are plain Go values
// under a clock and a seeded source of randomness. It knows nothing of the client
// that it serves and imports nothing of ours.
//
// Where Apollo's documentation and its recorded answers differ, the recorded
// answer wins; DialectCreatedAt switches to the documented shape.
//
// # Corners without evidence
//
// Nobody has shown what Apollo does in these cases. The sandbox answers as
// below, and a client should rely on none of it.
//
//   - per_page above 100 is clamped to 100; below 1 it is 25; a page below 1 is 1.
//   - A page after the last is empty, status 200, and echoes the page asked for.
//   - An unknown sort_by_field is 422 "Invalid sort criteria", as for accounts.
//     closed_date, opportunity_created_at and opportunity_updated_at are
//     accepted because Apollo's own command line sends them.
//   - opportunity_stage_ids filters; account_id, owner_id and the other filters
//     that clients send are ignored (Options.HonourAccountFilter for the first).
//   - A breadcrumb is shown for no filter on opportunities.
//   - account_id in an update is ignored: the documentation does not list it.
//   - null or "" clears owner_id, amount, opportunity_stage_id, closed_date and,
//     on create, account_id; a blank name is refused on update as on create.
//   - typed_custom_fields in an update are merged key by key; null removes one.
//   - A well-formed id of an unknown owner, account or stage is stored as it is
//     given; an unknown stage derives nothing.
//   - An organization's id given as account_id is echoed by create and stored as
//     the id of the account that is linked to it, as the documented examples do.
//   - A closed_date with a time keeps its instant, in UTC; an unreadable date is
//     null, like an unreadable amount.
//   - currency_code, opportunity_pipeline_id and description are ignored.
//   - api_key in a body or query is refused although the header has a key too,
//     and before the header is looked at.
//   - A JSON body is read whatever its content type says. One that is not JSON is
//     400 {"status":400,"error":"Bad Request"}.
//   - An unknown route is 404 before any key is looked at; OPTIONS is one.
//   - A refused request (429) does not add to the usage that it reports;
//     retry-after is that of the longest exhausted window.
//   - A request that fails with 400, 404 or 422 counts and carries the rate
//     headers; a misplaced key does neither, like 401 and 403. auth/health is not
//     limited.
//   - An ETag is sent, If-None-Match is ignored.
//   - accounts/search lists newest first (the recorded order fits no rule), an
//     account made from a domain alone takes it as its name, and bulk_create
//     with run_dedupe matches case-insensitively, by domain, then by name, and
//     reports an account once.
//   - An unknown account is 404 to a view and 422 "Account does not exist." to an
//     update, like an opportunity.
//   - partial_results_only is always false, and no list ends at a limit.
//   - raw_address is split at commas where Apollo would geocode it.
//   - accounts/bulk_update and accounts/update_owners answer {"accounts":[...]},
//     skip unknown accounts, and carry out async at once; the sentences of their
//     refusals are made up.
//   - An opportunity that may not be viewed is listed and can be updated.
//   - Options.Unpaid refuses before the request is counted.
//   - contacts/search lists newest first and refuses an unknown order or a
//     malformed stage as accounts/search does. Only account_id ties a contact to an
//     account; a contact of nothing at all is accepted; no company is guessed.
//   - run_dedupe of contacts goes by email, else by name and company, and calls
//     the reasons "email" and "name_and_company".
//   - Nothing has a label, so a filter by labels finds nothing.
//   - opportunities/update_roles answers like an update, bumps last_activity_date,
//     keeps unknown contacts and types, and says the same about missing roles as
//     about flat ones. Every key opens it, the pipelines and the role types.
//   - The documented shape of a role has room for its first type only.
//   - fields has a few system fields and no options of picklists, which
//     typed_custom_fields has. An update takes one field per request, by the names
//     label, type, meta, mapped_crm_field and picklist_options; a creation makes no
//     picklist; the sentences of its refusals are made up.
//   - Values of typed_custom_fields are not checked against the fields.
//   - usage_stats names an endpoint by its scope, and has a null where there is no
//     limit. contacts/{id}/opportunities, which shares the scope of the search, and
//     the undocumented endpoints are not in it.
package engine
