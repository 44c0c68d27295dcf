/** How many messages came while nobody looked; what was seen is remembered on this device. */

import { ofDevice } from "../partner/storage.js";
import { lastSeq } from "../partner/state.js";

const SEEN = "hotline-seen";

export function makeUnread() {
  const hearers = new Set();
  let talk = "";
  let last = 0;
  let count = 0;

  function tell(now) {
    if (now === count) return;
    count = now;
    for (const hear of hearers) call(hear, count);
  }

  const see = () => talk && ofDevice.write(SEEN, { talk, seq: last });

  return {
    count: () => count,
    /** @param {import("../partner/state.js").State} state @param {{id: string} | null} now @param {boolean} isSeen */
    follow(state, now, isSeen) {
      talk = now?.id ?? "";
      last = lastSeq(state);
      const kept = ofDevice.read(SEEN);
      const seen = kept?.talk === talk ? kept.seq : 0;
      if (isSeen && last > seen) see();
      tell(isSeen ? 0 : state.messages.filter(({ seq, sender }) => seq > seen && sender !== "partner").length);
    },
    seeAll() {
      see();
      tell(0);
    },
    /** @param {(count: number) => void} hear */
    hear(hear) {
      hearers.add(hear);
      call(hear, count);
    },
  };
}

/** What the host page does with it is no reason for us to stop. */
function call(hear, count) {
  try {
    hear(count);
  } catch {
    console.warn("Partner Hotline: what listens to \"unread\" has failed.");
  }
}
