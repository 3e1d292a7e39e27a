// Apollo's answers, as few of their members as the popup shows.

/**
 * @param {{ base: string, key: string }} settings
 */
export function client({ base, key }) {
  /** @param {string} method @param {string} path @param {object} [body] */
  const ask = async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      headers: { "x-api-key": key, "content-type": "application/json", "cache-control": "no-cache" },
      body: body && JSON.stringify(body),
      credentials: "omit", redirect: "error", cache: "no-store", referrerPolicy: "no-referrer",
    });
    if (!answer.ok) throw new Error(`Apollo answered ${answer.status}.`);
    return answer.json();
  };
  return {
    async stages() {
      const { opportunity_stages: stages } = await ask("GET", "/opportunity_stages");
      return stages.map((s) => ({ id: s.id, name: s.name, order: s.display_order, closed: s.is_closed, won: s.is_won })).sort((a, b) => a.order - b.order);
    },
    async users() {
      const { users } = await ask("GET", "/users/search?page=1&per_page=100");
      return users.map((u) => ({ id: u.id, name: u.name ?? `${u.first_name} ${u.last_name}` }));
    },
    profile: async () => (await ask("GET", "/users/api_profile")).id,
    async accountsNamed(name) {
      const { accounts } = await ask("POST", "/accounts/search", { q_organization_name: name, page: 1, per_page: 100 });
      return accounts.map(({ id, name, domain }) => ({ id, name, domain }));
    },
    async opportunitiesOf(account) {
      const { opportunities } = await ask("POST", "/opportunities/search", { page: 1, per_page: 100, account_id: account });
      return opportunities.filter((o) => o.account_id === account).map((o) => ({
        id: o.id, name: o.name, amount: o.amount && Number(o.amount), currency: o.currency?.iso_code ?? "", stage: o.opportunity_stage_id,
        closes: o.closed_date?.slice(0, 10) ?? "", owner: o.owner_id, created: o.opportunity_created_at, closed: o.is_closed,
      }));
    },
    create: (values) => ask("POST", "/opportunities", values),
  };
}
