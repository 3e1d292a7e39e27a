import { t } from "./words.js";

/**
 * Offers the team's users to choose the rep from.
 * @param {HTMLSelectElement} select @param {Report} report
 */
export function showRep(select, { users, rep }) {
  const nobody = new Option(users.length ? t("Choose your name") : t("The key may not read the team's users"), "");
  select.replaceChildren(nobody, ...users.map((user) => new Option(user.name, user.id, false, user.id === rep)));
  select.disabled = users.length === 0;
}
