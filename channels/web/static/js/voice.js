/** A voice message: tap, speak, tap, listen to it if you like, send. */

import { announce, byId } from "./dom.js";
import { canRecord, Recorder } from "./recorder.js";
import { upload } from "./upload.js";

const LONGEST = 120;
const REFUSED = {
  NotAllowedError: "没有得到话筒的许可。可以在浏览器设置里允许使用话筒，也可以直接打字。",
  NotFoundError: "没有找到话筒，请直接打字。",
};
const KEPT = "语音收到了。我现在还听不懂语音，请再用文字写几句要点，我好马上帮您看。";

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** `token()` is the conversation's; `say(text)` tells what went wrong or comes next, "" takes it back. */
export function setUpVoice(token, say) {
  const button = byId("voice");
  if (!canRecord()) {
    button.hidden = true;
    return;
  }
  const recorder = new Recorder();
  const player = byId("voice-player");
  let seconds = 0;
  let ticking = 0;
  let recorded = null;

  const show = (state) => {
    byId("voice-panel").hidden = state === "off";
    byId("composer-row").hidden = state !== "off";
    byId("voice-recording").hidden = state !== "recording";
    byId("voice-review").hidden = state !== "review";
    button.disabled = state !== "off";
    byId("call").disabled = state !== "off";  // one thing at a time has the microphone
    window.clearInterval(ticking);
  };
  const discard = () => {
    recorder.drop();
    if (player.src) URL.revokeObjectURL(player.src);
    player.removeAttribute("src");
    recorded = null;
    show("off");
    button.focus();
  };
  const finish = async () => {
    recorded = await recorder.stop();
    player.src = URL.createObjectURL(recorded);
    show("review");
    byId("voice-send").focus();
    announce(`录了 ${seconds} 秒，可以先听一听，再点发送`);
  };
  const tick = () => {
    seconds += 1;
    byId("voice-time").textContent = clock(seconds);
    if (seconds >= LONGEST) finish();
  };

  button.addEventListener("click", async () => {
    say("");
    button.disabled = true;
    byId("call").disabled = true;
    try {
      await recorder.start();
    } catch (error) {
      recorder.drop();
      show("off");
      say(REFUSED[error.name] ?? "现在用不了话筒，请直接打字。");
      return;
    }
    seconds = 0;
    byId("voice-time").textContent = clock(0);
    show("recording");
    ticking = window.setInterval(tick, 1000);
    byId("voice-stop").focus();
    announce("开始录音，说完请点“说完了”");
  });
  byId("voice-stop").addEventListener("click", finish);
  for (const id of ["voice-cancel", "voice-drop"]) byId(id).addEventListener("click", discard);
  byId("voice-send").addEventListener("click", async () => {
    if (!recorded || !token()) return;
    byId("voice-send").disabled = true;
    say("正在发送语音…");
    try {
      const { ok, body } = await upload("/channels/web/voice", {}, recorded, token());
      say(ok ? (body.heard === null ? KEPT : "") : (body.error?.message ?? "语音没有发出，请再试一次。"));
      if (ok) discard();
    } catch {
      say("网络不通，语音没有发出，请再点一次发送。");
    } finally {
      byId("voice-send").disabled = false;
    }
  });
}
