/**
 * What the page knows, and how each event changes it. Pure: no DOM, no network, no clock.
 *
 * Own messages live in `pending` from the moment they are typed until the server shows them
 * among `messages`; the id that the page gave them tells the two are one.
 */

/**
 * @typedef {object} Message
 * @property {number} seq
 * @property {string | null} id
 * @property {"partner" | "bot" | "staff" | "system"} sender
 * @property {{name: string, role: string} | null} by
 * @property {string} text
 * @property {string | null} lang
 * @property {string} at  ISO 8601 in the hotline's zone
 * @property {{title: string, payload: string}[]} [buttons]
 * @property {object} [card]
 * @property {{id: string, name: string, type: string, size: number}} [file]
 */

/**
 * @typedef {object} Pending
 * @property {string} id
 * @property {string} text
 * @property {string} [payload]
 * @property {{name: string, size: number, type: string}} [file]
 * @property {"waiting" | "sending" | "stored" | "failed"} status
 * @property {number} after  the last seq the page had when this was said
 * @property {number} [sent]  bytes of the file that have gone out
 * @property {string} [reason]  why it failed, in words
 * @property {boolean} [final]  sending it again unchanged would fail again
 */

/**
 * @typedef {object} State
 * @property {Message[]} messages  in order of seq, none twice
 * @property {Pending[]} pending  in the order typed
 * @property {object | null} speaker  the server's state: who speaks, opening hours, numbers
 * @property {string | null} typing  who is typing
 * @property {"connecting" | "open" | "lost" | "over" | "erased"} connection
 * @property {"done" | "going" | "failed"} start  of the conversation that was last asked for
 * @property {boolean} stranger  whether a portal should have said who is there, and could not
 * @property {{after: number, seconds: number}[]} gaps  where a lost connection came back
 */

/** @returns {State} */
export const nothing = () => ({
  messages: [],
  pending: [],
  speaker: null,
  typing: null,
  connection: "connecting",
  start: "done",
  stranger: false,
  gaps: [],
});

/** The seq up to which the page has everything. @param {State} state */
export const lastSeq = (state) => state.messages.at(-1)?.seq ?? 0;

/**
 * @param {State} state
 * @param {object & {type: string}} event  a frame of the server, or something the partner did
 * @returns {State}
 */
export function reduce(state, event) {
  switch (event.type) {
    case "hello":
    case "state":
      return { ...state, speaker: event.state };
    case "messages":
      return withMessages(state, event.messages);
    case "typing":
      return { ...state, typing: event.on ? event.by : null };
    case "said":
      return { ...state, pending: [...state.pending, { status: "waiting", after: lastSeq(state), ...event.message }] };
    case "sending":
    case "stored":
      return changed(state, event.id, { status: event.type, reason: undefined });
    case "progress":
      return changed(state, event.id, { sent: event.sent });
    case "unsent":
      return changed(state, event.id, { status: "waiting", reason: undefined, sent: 0 });
    case "refused":
      return changed(state, event.id, { status: "failed", reason: event.reason, final: true });
    case "broken":
      return changed(state, event.id, { status: "failed", reason: event.reason });
    case "discarded":
      return { ...state, pending: state.pending.filter(({ id }) => id !== event.id) };
    case "start":
      return { ...state, start: event.state };
    case "connection":
      return withConnection(state, event.state);
    case "back":
      return { ...state, gaps: [...state.gaps, { after: lastSeq(state), seconds: event.seconds }] };
    default:
      return state;
  }
}

/**
 * Whether the buttons of `message` may still be pressed, and which one was.
 *
 * They are spent as soon as the partner has said anything after them; a file alone says nothing.
 * Those of the queue are spent, too, when a colleague takes over.
 * @param {State} state
 * @param {Message} message
 * @returns {{spent: boolean, chosen: string | null}}
 */
export function useOfButtons(state, message) {
  const later = state.messages.filter(({ seq }) => seq > message.seq);
  const reply = later.find(({ sender, text }) => sender === "partner" && text)
    ?? state.pending.find(({ status, text }) => status !== "failed" && text);
  const ofQueue = message.buttons?.some(({ payload }) => payload.startsWith("desk:"));
  const taken = ofQueue && later.some(({ sender }) => sender === "system");
  return { spent: reply !== undefined || taken === true, chosen: reply?.text ?? null };
}

/** Whether somebody has answered since `message`. @param {State} state @param {Message} message */
export const isAnswered = (state, message) =>
  state.messages.some((one) => one.seq > message.seq && one.sender !== "partner");

/** The newest ticket card that was shown, if any. @param {State} state */
export const newestTicket = (state) =>
  state.messages.findLast((message) => message.card?.kind === "ticket");

/** What nobody but this page has yet, and another conversation may still be told. @param {State} state */
export const unsaid = (state) => state.pending.filter(({ status }) => status === "waiting");

/** How far a file is, in steps worth telling: 0, 50, 100. @param {Pending} one */
export const milestone = ({ sent = 0, file }) => Math.floor((2 * sent) / Math.max(1, file?.size ?? 1)) * 50;

/**
 * Whatever became of the connection, words that were on their way may have gone down with the
 * socket that took them; they wait again. Files have a way of their own. Of somebody who was
 * erased nothing stays.
 */
function withConnection(state, connection) {
  if (connection === "erased") return { ...nothing(), connection, stranger: state.stranger };
  return {
    ...state,
    connection,
    typing: null,
    start: connection === "open" && state.start === "failed" ? "done" : state.start,
    pending: state.pending.map((one) =>
      one.status === "sending" && !one.file ? { ...one, status: "waiting" } : one),
  };
}

function withMessages(state, told) {
  const known = new Set(state.messages.map(({ seq }) => seq));
  const fresh = told.filter(({ seq }) => !known.has(seq));
  if (!fresh.length) return state;
  const arrived = new Set(fresh.map(({ id }) => id));
  return {
    ...state,
    start: state.start === "failed" ? "done" : state.start,
    messages: [...state.messages, ...fresh].sort((one, other) => one.seq - other.seq),
    pending: state.pending.filter(({ id }) => !arrived.has(id)),
    typing: fresh.some(({ sender }) => sender !== "partner") ? null : state.typing,
  };
}

function changed(state, id, change) {
  return {
    ...state,
    pending: state.pending.map((one) => (one.id === id ? { ...one, ...change } : one)),
  };
}
