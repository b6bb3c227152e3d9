/** The desk's JSON: reads and actions, with errors in words a seat can act on. */

/** What went wrong, in Chinese; `retry` is true when the same request may succeed later. */
export class DeskError extends Error {
  constructor(text, retry, code = "", found = {}) {
    super(text);
    this.retry = retry;
    this.code = code;
    this.found = found;
  }
}

const CSRF = document.querySelector('meta[name="csrf"]')?.content ?? "";

async function request(method, path, body) {
  let answer;
  try {
    answer = await fetch(`/desk/api${path}`, {
      method,
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRF": CSRF, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new DeskError("网络不通，请检查连接。", true);
  }
  if (answer.status === 401) {
    window.location.assign("/desk/login");
    throw new DeskError("登录已过期，请重新登录。", false);
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new DeskError(data.error?.message ?? `操作没有成功（${answer.status}），请再试一次。`, answer.status >= 500 || answer.status === 429, data.error?.code, data.found);
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
export const close = (id) => request("POST", `${one(id)}/close`, {});
export const answer = (id, messageId, text) => request("POST", `${one(id)}/messages`, { text, message_id: messageId });
export const typing = (id) => request("POST", `${one(id)}/typing`, {});

/** Try a correction of a topic, or propose it: {problems, patch, scenario, number}. */
export const correct = (topic, key, value, reason, keep) =>
  request("POST", `/topics/${encodeURIComponent(topic)}/corrections`, { key, value, reason, keep });
/** What proving finds in a topic now. */
export const topicProblems = async (topic) => (await request("GET", `/topics/${encodeURIComponent(topic)}/problems`)).problems;
/** `decision`: accept or decline. */
export const decide = (id, decision) => request("POST", `/proposals/${id}/${decision}`, {});
/** `action`: take, tried, done or failed. */
export const callback = (id, action, words) => request("POST", `/callbacks/${id}/${action}`, { words });
/** `action`: score, appeal or decide. */
export const review = (id, action, body) => request("POST", `/reviews/${id}/${action}`, body);
/** Anything about the roster: `path` below /desk/api/roster. */
export const roster = (path, body) => request("POST", `/roster/${path}`, body);
