/*
 * The one script of a portal's page: <script src="https://hotline.example/widget.js" async></script>
 *
 * It brings the rest as modules from where it came from, and stands for them until they are there.
 * Nothing it does throws into the page; what the portal's people should know is one warning.
 */
(() => {
  "use strict";
  const tag = document.currentScript;
  const given = window.PartnerHotline || {};
  if (!tag || given.open) return; // a second tag adds nothing
  const base = new URL(tag.src).origin;
  const { language, theme } = tag.dataset;

  const coming = import(`${base}/static/js/widget/main.js`)
    .then(({ install }) => install({ base, language, theme, token: given.token }));
  coming.catch(() => console.warn(
    `Partner Hotline: the chat could not be loaded. Is ${location.origin} among widget.origins, and ${base} in this page's policy?`,
  ));
  const once = (act) => void coming.then(act, () => {});

  window.PartnerHotline = {
    /** Who is there, or is no longer: { token: async () => "a JWT of theirs" }, or { token: null }. */
    init: ({ token } = {}) => once((widget) => widget.identify(token)),
    open: () => once((widget) => widget.open()),
    close: () => once((widget) => widget.close()),
    /** "unread": heard at once and with each change. */
    on: (event, hear) => once((widget) => widget.on(event, hear)),
  };
})();
