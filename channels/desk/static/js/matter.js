/** One matter: all that is kept about it, and the actions that the state machine allows this seat. */

import { announce, byId } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";
import { ask, setUpDialog } from "./matter_dialog.js";
import { show } from "./matter_parts.js";
import { shortcuts } from "./keys.js";
import { listen, soon } from "./live.js";

const number = byId("main").dataset.number;
let matter = null;

function problem(error) {
  byId("problem").textContent = error ? error.message : "";
  byId("problem").hidden = !error;
}

async function load() {
  try {
    matter = await api.matter(number);
    show(matter, { act, decide, answer });
    problem(null);
  } catch (error) {
    problem(error);
  }
}

/** After a change: what it brought to light, and the matter as it is now. */
async function done(result, text) {
  const found = result?.found ?? [];
  byId("found").replaceChildren(...found.map((one) => Object.assign(document.createElement("p"), { textContent: `${one.staff}：${one.text}` })));
  byId("found").hidden = found.length === 0;
  announce(text);
  if (result?.number && result.number !== number) window.location.assign(`/desk/matters/${result.number}`);
  else await load();
}

async function act(action) {
  const given = await ask(action.name, action.demands, matter, {
    send: (body) => api.changeMatter(number, `actions/${action.action}`, { ...body, version: matter.version }),
    override: matter.may_override ? (staff, reason) => api.changeMatter(number, "override", { staff, reason }) : null,
  });
  if (given) await done(given, `${action.name}：已完成`);
}

async function decide(application, action) {
  const given = await ask(`${application.title}：${action.name}`, action.needs, matter, {
    send: (body) => api.decideApplication(application.id, action.action, { ...body, version: application.version }),
    grounds: application.grounds,
    override: matter.may_override ? (staff, reason) => api.changeMatter(number, "override", { staff, reason }) : null,
  });
  if (given) await done(given, `${action.name}：已完成，来访人已收到通知`);
}

async function answer(referral, state, name) {
  const given = await ask(name, ["answer"], matter, { send: (body) => api.answerReferral(referral.id, state, body.answer ?? "") });
  if (given) await done(given, "已登记");
}

setUpDialog();
byId("add-party").addEventListener("click", async () => {
  const given = await ask("登记当事人", ["side", "name", "identifier"], matter, { send: (body) => api.changeMatter(number, "parties", body) });
  if (given) await done(given, "已登记当事人");
});
byId("add-link").addEventListener("click", async () => {
  const given = await ask("关联事项", ["other", "linkKind"], matter, { send: (body) => api.changeMatter(number, "links", body) });
  if (given) await done(given, "已关联");
});
byId("title").addEventListener("dblclick", edit);
async function edit() {
  if (!matter) return;
  const given = await ask("修改信息", ["title", "kind", "area", "region"], matter, {
    send: (body) => api.changeMatter(number, "edit", { ...body, version: matter.version }),
  });
  if (given) await done(given, "已修改");
}
shortcuts({ e: () => { edit(); }, a: () => { byId("actions").querySelector("button")?.focus(); } },
  { e: "修改信息", a: "到可以做的事" });
document.addEventListener("matter-edit", edit);
load();
const refresh = soon(() => { if (!byId("do").open) load(); }, 400);
listen({ desk: (event) => { if (event.matter === number) refresh(); }, message: refresh, queue: refresh });
