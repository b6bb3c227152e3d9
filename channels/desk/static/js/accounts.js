/** The list of accounts: found, added, changed, disabled, passwords reset. */

import { byId } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

const SURE = {
  password: "重置密码？旧密码立刻失效，所有设备退出。",
  factor: "重置两步验证？所有设备退出；下次登录只要密码，如果角色要求，会让他重新设置。",
  sessions: "让这个账号在所有设备上退出？",
  disable: "停用这个账号？他会立刻退出，不能再登录。手上的会话会回到队列。",
};
const form = byId("member-form");
const LINKS = !byId("link-field").hidden;
let editing = null;

function tell(id, text) {
  byId(id).textContent = text;
  byId(id).hidden = text === "";
}

function open(member) {
  editing = member?.dataset.id ?? null;
  const fields = member ? JSON.parse(member.dataset.fields)
    : { name: "", person: "", role: "lawyer", tier: "general", areas: [], regions: [""], languages: ["zh"], capacity: 5, office: "", extension: "", link: "" };
  form.reset();
  tell("sheet-problem", "");
  byId("sheet-title").textContent = member ? `修改 ${fields.name}` : "新增账号";
  form.elements.name.readOnly = member !== null;
  for (const name of ["name", "person", "role", "tier", "capacity", "office", "extension", "link"]) form.elements[name].value = fields[name];
  form.elements.regions.value = fields.regions.includes("") ? "" : fields.regions.join(", ");
  byId("link-field").hidden = !LINKS || member === null;
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = fields[box.name].includes(box.value);
  byId("sheet").showModal();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = new FormData(form);
  const regions = said.get("regions").split(/[\s,，、]+/).filter(Boolean);
  const body = {
    name: said.get("name"), person: said.get("person"), role: said.get("role"), tier: said.get("tier"),
    areas: said.getAll("areas"), languages: said.getAll("languages"), regions: regions.length ? regions : [""],
    capacity: Number(said.get("capacity")), office: said.get("office"), extension: said.get("extension"), link: said.get("link"),
  };
  try {
    if (editing) {
      await api.changeAccount(editing, body);
      window.location.reload();
    } else {
      const made = await api.addAccount(body);
      byId("sheet").close();
      hand(body.name, made.password);
    }
  } catch (error) {
    tell("sheet-problem", error.message);
    byId("sheet-problem").scrollIntoView({ block: "center" });
  }
});

/** Show a password this once; the list is loaded anew when it is put away. */
function hand(name, password) {
  byId("told-name").textContent = name;
  byId("told-password").textContent = password;
  byId("told").addEventListener("close", () => window.location.reload(), { once: true });
  byId("told").showModal();
}

/** Whether the person is sure of it. */
function sure(name, text) {
  byId("sure-title").textContent = name;
  byId("sure-text").textContent = text;
  const dialog = byId("sure");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

document.addEventListener("click", async (event) => {
  for (const menu of document.querySelectorAll(".member .more[open]")) if (!menu.contains(event.target)) menu.open = false;
  const button = event.target.closest("[data-do]");
  if (!button) return;
  const member = button.closest(".member");
  const doing = button.dataset.do;
  if (doing === "edit") {
    open(member);
    return;
  }
  const { name } = JSON.parse(member.dataset.fields);
  if (SURE[doing] && !(await sure(name, SURE[doing]))) return;
  tell("problem", "");
  try {
    const done = await api.accountAction(member.dataset.id, doing);
    if (done.password) hand(name, done.password);
    else window.location.reload();
  } catch (error) {
    tell("problem", error.message);
  }
});

byId("add").addEventListener("click", () => open(null));
byId("find").addEventListener("input", () => {
  const wanted = byId("find").value.trim().toLowerCase();
  let shown = 0;
  for (const member of document.querySelectorAll(".member")) {
    member.hidden = !member.textContent.toLowerCase().includes(wanted);
    shown += member.hidden ? 0 : 1;
  }
  byId("none").hidden = shown > 0;
});
