/** One's own account: password, second factor, sessions. */

import { announce, byId, el } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

function tell(id, text) {
  byId(id).textContent = text;
  byId(id).hidden = text === "";
}

/** Do `task` with what the form says when it is sent; what goes wrong is told on top of the page. */
function on(id, task) {
  const form = document.getElementById(id);
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell("problem", "");
    tell("done", "");
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await task(Object.fromEntries(new FormData(form)), form);
    } catch (error) {
      tell("problem", error.message);
      byId("problem").scrollIntoView({ block: "center" });
    } finally {
      button.disabled = false;
    }
  });
}

on("password-form", async (said, form) => {
  if (said.new !== said.again) throw new Error("两次输入的新密码不一样。");
  await api.changePassword(said.old ?? "", said.new);
  form.reset();
  tell("done", "密码改好了，其他地方的登录已经退出。");
  byId("done").scrollIntoView({ block: "center" });
  if (document.querySelector(".owes")) window.location.reload();
});

on("extension-form", async (said, form) => {
  const kept = await api.changeExtension(said.extension);
  form.elements.extension.value = kept;
  tell("done", kept ? `电话会转到 ${kept}。` : "分机号已清空，您不再接电话会话。");
  byId("done").scrollIntoView({ block: "center" });
});

on("factor-form", async (said, form) => {
  const made = await api.beginFactor(said.password ?? "");
  form.reset();
  byId("qr").src = made.qr;
  byId("secret").textContent = made.secret.match(/.{1,4}/g).join(" ");
  byId("confirm-form").hidden = false;
  byId("confirm-form").elements.code.focus();
  announce("二维码已显示，请用手机验证器扫描，再输入六位数字。");
});

on("confirm-form", async (said, form) => {
  const codes = await api.confirmFactor(said.code);
  form.hidden = true;
  byId("factor-form").hidden = true;
  byId("codes").replaceChildren(...codes.map((code) => el("li", {}, code)));
  byId("recovery").hidden = false;
  byId("saved").focus();
});

byId("saved").addEventListener("click", () => window.location.assign("/desk/me"));

on("drop-form", async (said) => {
  await api.dropFactor(said.password ?? "", said.code);
  window.location.reload();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-end]");
  if (!button) return;
  tell("problem", "");
  try {
    await api.endSession(button.dataset.end);
    button.closest("li").remove();
    announce("那个设备已经退出。");
  } catch (error) {
    tell("problem", error.message);
  }
});
