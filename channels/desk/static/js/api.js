/** The desk's JSON: reads and actions, with errors in words a seat can act on. */

/** What went wrong, in Chinese; `retry` is true when the same request may succeed later; `data` is the whole answer. */
export class DeskError extends Error {
  constructor(text, retry, data = {}) {
    super(text);
    this.retry = retry;
    this.data = data;
    this.code = data.error?.code ?? "";
    this.found = data.found ?? {};
  }
}

const CSRF = document.querySelector('meta[name="csrf"]')?.content ?? "";

/** Ask the desk; `body` is sent as JSON, a file as it is. Raises DeskError. */
export async function request(method, path, body) {
  const raw = body instanceof Blob;
  let answer;
  try {
    answer = await fetch(`/desk/api${path}`, {
      method,
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRF": CSRF, ...(body ? { "Content-Type": raw ? "application/octet-stream" : "application/json" } : {}) },
      body: raw ? body : body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new DeskError("网络不通，请检查连接。", true);
  }
  if (answer.status === 401) {
    window.location.assign("/desk/login");
    throw new DeskError("登录已过期，请重新登录。", false);
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new DeskError(data.error?.message ?? `操作没有成功（${answer.status}），请再试一次。`, answer.status >= 500 || answer.status === 429, data);
  return data;
}

/** Matters: a page of the list by the query of the address, one matter, and changes of it. */
export const matters = (query) => request("GET", `/matters?${query}`);
export const matter = (number) => request("GET", `/matters/${encodeURIComponent(number)}`);
export const changeMatter = (number, path, body) => request("POST", `/matters/${encodeURIComponent(number)}/${path}`, body);
export const decideApplication = (id, action, body) => request("POST", `/applications/${id}/${action}`, body);
export const answerReferral = (id, state, answer) => request("POST", `/referrals/${id}/${state}`, { answer });
/** Saved filters of a page. */
export const filters = async (page) => (await request("GET", `/filters?page=${page}`)).filters;
export const saveFilter = (page, name, query) => request("POST", "/filters", { page, name, query });
export const forgetFilter = (id) => request("DELETE", `/filters/${id}`);

const one = (id) => `/conversations/${encodeURIComponent(id)}`;

/** Conversations in a state, in the order they should be taken. */
export async function conversations(state) {
  return (await request("GET", `/conversations?state=${state}`)).conversations;
}

/** One case: {conversation, summary, messages}. */
export const conversation = (id) => request("GET", one(id));
export const claim = (id) => request("POST", `${one(id)}/claim`, {});
export const handBack = (id) => request("POST", `${one(id)}/handback`, {});
/** `ending`: {result, summary}. */
export const close = (id, ending) => request("POST", `${one(id)}/close`, ending);
/** `item`: {message_id, text}, with {reason, seen} where warnings are set aside. */
export const answer = (id, item) => request("POST", `${one(id)}/messages`, item);
/** Take the first that waits for this seat: {conversation}. */
export const next = () => request("POST", "/next", {});
export const queues = async () => (await request("GET", "/queues")).queues;
export const saveQueue = (queue) => request("POST", "/queues", queue);
/** A sign of life: {status, held, capacity}. Without a status the one chosen before stays. */
export const presence = (status) => request("POST", "/presence", status ? { status } : {});
export const typing = (id) => request("POST", `${one(id)}/typing`, {});

/** The telephone call that a conversation is: {transport, caller, started, ended, outcome, recordings: [{name, kind}]}. */
export const call = (id) => request("GET", `${one(id)}/call`);
export const recordingAddress = (id, name) => `/desk/api${one(id)}/recordings/${encodeURIComponent(name)}`;
/** `action`: delete (the citizen asked for it) or keep (a complaint refers to them). */
export const decideRecordings = (id, action, reason) => request("POST", `${one(id)}/recordings/${action}`, { reason });

/** The page of messages before `seq`: {messages, more}. */
export const earlier = (id, seq) => request("GET", `${one(id)}/messages?before=${seq}`);
export const markRead = (id, seq) => request("POST", `${one(id)}/read`, { seq });
export const mine = async () => (await request("GET", "/mine")).conversations;
export const suggestion = (id) => request("GET", `${one(id)}/suggestion`);
export const laws = (query) => request("GET", `/laws?q=${encodeURIComponent(query)}`);
/** Whom it can be passed to: {colleagues, queues}. */
export const receivers = (id) => request("GET", `${one(id)}/receivers`);
/** `to`: {to_staff} or {queue}. */
export const transfer = (id, to, note) => request("POST", `${one(id)}/transfer`, { ...to, note });
export const takeOver = (id, reason) => request("POST", `${one(id)}/takeover`, { reason });
export const watch = (id, on, begins = false) => request("POST", `${one(id)}/watch`, { on, begins });
export const notes = async (id) => (await request("GET", `${one(id)}/notes`)).notes;
/** `kind`: notes, consult, whisper or answer; `item`: {key, text, question}. */
export const addNote = (id, kind, item) => request("POST", `${one(id)}/${kind}`, item);
export const files = async (id) => (await request("GET", `${one(id)}/files`)).files;
export const sendFile = (id, messageId, file) =>
  request("POST", `${one(id)}/files?${new URLSearchParams({ name: file.name, message_id: messageId })}`, file);
export const fileAddress = (file) => `/desk/api/files/${encodeURIComponent(file)}`;
/** Canned replies, filled from the case. */
export const cannedFor = async (id) => (await request("GET", `${one(id)}/canned`)).canned;
export const canned = async () => (await request("GET", "/canned")).canned;
export const keepCanned = (number, item) => request(number ? "PUT" : "POST", number ? `/canned/${number}` : "/canned", item);
export const removeCanned = (number) => request("DELETE", `/canned/${number}`);
export const cannedUsed = (number) => request("POST", `/canned/${number}/used`, {});

/** Try a correction of a topic, or propose it: {problems, patch, scenario, number}. */
export const correct = (topic, key, value, reason, keep) =>
  request("POST", `/topics/${encodeURIComponent(topic)}/corrections`, { key, value, reason, keep });
/** What proving finds in a topic now. */
export const topicProblems = async (topic) => (await request("GET", `/topics/${encodeURIComponent(topic)}/problems`)).problems;
/** `decision`: accept or decline. */
export const decide = (id, decision) => request("POST", `/proposals/${id}/${decision}`, {});

/** One's own account. */
export const changePassword = (old, chosen) => request("POST", "/me/password", { old, new: chosen });
/** Where calls are put through, as it is kept. */
export const changeExtension = async (extension) => (await request("POST", "/me/extension", { extension })).extension;
/** {secret, address, qr}: counts once a code was confirmed. */
export const beginFactor = (password) => request("POST", "/me/factor", { password });
/** Recovery codes, told this once. */
export const confirmFactor = async (code) => (await request("POST", "/me/factor/confirm", { code })).recovery;
export const dropFactor = (password, code) => request("POST", "/me/factor/drop", { password, code });
export const endSession = (key) => request("POST", `/me/sessions/${key}/end`, {});

/** Accounts, for administrators: {id, password}. */
export const addAccount = (fields) => request("POST", "/accounts", fields);
export const changeAccount = (id, fields) => request("POST", `/accounts/${id}`, fields);
/** `action`: disable, enable, password, factor, sessions. */
export const accountAction = (id, action) => request("POST", `/accounts/${id}/${action}`, {});
/** {whole, text}: whether the audit trail is as it was written. */
export const proveTrail = () => request("POST", "/audit/prove", {});
/** `action`: take, tried, done or failed. */
export const callback = (id, action, words) => request("POST", `/callbacks/${id}/${action}`, { words });
/** `action`: score, appeal or decide. */
export const review = (id, action, body) => request("POST", `/reviews/${id}/${action}`, body);
/** Set days off: `days` is {"2027-02-06": false, …}; true for a worked one, null to forget it. */
export const enterDaysOff = (source, days) => request("POST", "/days-off", { source, days });
/** Read a pasted plan, and enter it if `apply`: {days, refused, applied}. */
export const pasteDaysOff = (source, text, apply) => request("POST", "/days-off/paste", { source, text, apply });
/** Anything about the roster: `path` below /desk/api/roster. */
export const roster = (path, body) => request("POST", `/roster/${path}`, body);
/** A lawyer's correction of a message of the bot: {problems, scenario, patch, number}. */
export const correctBot = (id, correction) => request("POST", `${one(id)}/corrections`, correction);
/** {notices, unread}, newest first. */
export const notices = () => request("GET", "/notices");
export const readNotices = (last) => request("POST", "/notices/read", { last });
/** A message that did not arrive; `action`: again, sms or void. */
export const letter = (id, action, reason) => request("POST", `/dead-letters/${id}/${action}`, { reason });
