// Sites whose pages are somebody's mail or documents: "closed" in
// internal/site/networks.txt, whose test writes these names.
const closed = "mail.google.com gmail.com googlemail.com inbox.google.com outlook.com hotmail.* live.com mail.yahoo.com mail.yahoo.co.jp ymail.com rocketmail.com mail.aol.com icloud.com me.com mac.com proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io fastmail.com hey.com zohomail.com mail.zoho.com mail.zoho.eu mail.ru mail.yandex.com mail.yandex.ru qq.com 163.com 126.com mail.naver.com gmx.* web.de freenet.de t-online.de mail.com laposte.net orange.fr wanadoo.fr libero.it virgilio.it wp.pl o2.pl onet.pl interia.pl comcast.net mail.superhuman.com app.frontapp.com mail.missiveapp.com docs.google.com drive.google.com sheets.google.com slides.google.com forms.google.com calendar.google.com meet.google.com chat.google.com contacts.google.com keep.google.com photos.google.com notebooklm.google.com myaccount.google.com accounts.google.com admin.google.com office.com office365.com microsoft365.com cloud.microsoft microsoftonline.com sharepoint.com onedrive.com onenote.com teams.microsoft.com loop.microsoft.com zoom.us app.notion.com notion.so app.box.com wetransfer.com trello.com *.monday.com *.webex.com *.slack.com app.asana.com app.clickup.com linear.app atlassian.net evernote.com docusign.net app.pandadoc.com";

/** @param {string} host @param {string} name */
const within = (host, name) => host === name || host.endsWith(`.${name}`);

/** Says that nothing may be read from a host's pages. @param {string} host */
export function isClosed(host) {
  host = host.replace(/\.$/, "");
  return closed.split(" ").some((name) => {
    if (name.startsWith("*.")) return host.endsWith(name.slice(1)) && !within(host, `www${name.slice(1)}`);
    if (name.endsWith(".*")) return new RegExp(`(^|\\.)${name.slice(0, -2)}\\.(com?\\.)?[a-z]{2,3}$`).test(host);
    return within(host, name);
  });
}
