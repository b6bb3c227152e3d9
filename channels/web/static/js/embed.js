/**
 * The one tag on another site's page: <script src="https://OUR-SITE/channels/web/embed.js" async></script>. Puts a button
 * in the corner that opens the chat in a frame. Page and frame cannot look into each other; they exchange six words,
 * each checked by its origin: "shown" and "leave" go in, "ready", "unread", "call" and "leave" come out. data-label names the button,
 * data-side="left" moves it.
 */
(() => {
  const script = document.currentScript;
  if (!script || document.querySelector("faxian-chat")) return;  // two tags are one button
  const home = new URL(script.src).origin;
  const label = script.dataset.label || "法律咨询";

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; font-family: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
    [hidden] { display: none !important; }
    button { font-size: 17px; line-height: 1.3; color: #fff; border: 0; cursor: pointer; touch-action: manipulation; }
    button:focus-visible { outline: 3px solid #fff; outline-offset: -5px; box-shadow: 0 0 0 3px #0b63ce; }
    .open { position: fixed; z-index: 2147483000; bottom: max(20px, env(safe-area-inset-bottom)); right: 20px; display: flex; align-items: center; gap: 10px;
      min-height: 56px; padding: 8px 22px 8px 18px; border-radius: 28px; background: #16505d; font-weight: 600; box-shadow: 0 6px 24px rgb(18 63 73 / 32%); }
    .open:hover { background: #123f49; }
    .open svg { width: 26px; height: 26px; flex: none; }
    .count { min-width: 24px; padding: 1px 7px; border-radius: 12px; background: #a83523; font-size: 14px; text-align: center; }
    .panel { position: fixed; z-index: 2147483001; right: 20px; bottom: 20px; width: 420px; height: min(720px, calc(100vh - 40px)); display: flex; flex-direction: column;
      border-radius: 16px; overflow: hidden; background: #f5f3ed; box-shadow: 0 12px 48px rgb(18 63 73 / 36%); }
    .left.open, .left.panel { right: auto; left: 20px; }
    .bar { flex: none; display: flex; align-items: center; justify-content: space-between; padding-left: 16px; background: #123f49; color: #fff; font-size: 16px; }
    .bar button { min-height: 44px; min-width: 76px; background: transparent; font-size: 15px; }
    .bar button:hover { background: rgb(255 255 255 / 14%); }
    iframe { flex: 1; width: 100%; border: 0; background: #f5f3ed; }
    @media (max-width: 599px) { .panel, .left.panel { inset: 0; width: auto; height: auto; border-radius: 0; } }
    @media (forced-colors: active) { button { border: 1px solid ButtonText; } }
  `;
  const MARK = "M5 3h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Zm3 5v1.6h8V8Zm0 3.6v1.6h5v-1.6Z";

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const side = script.dataset.side === "left" ? " left" : "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", MARK);
  path.setAttribute("fill", "currentColor");
  svg.append(path);

  const count = make("span", { class: "count", hidden: "" });
  const name = make("span", {}, label);
  const open = make("button", { type: "button", class: `open${side}`, "aria-haspopup": "dialog", "aria-expanded": "false" }, svg, name, count);
  const shut = make("button", { type: "button" }, "收起");
  const panel = make("div", { class: `panel${side}`, role: "dialog", "aria-label": label, hidden: "" }, make("div", { class: "bar" }, make("span", {}, label), shut));
  const host = make("faxian-chat");
  const root = host.attachShadow({ mode: "open" });
  try {
    const sheet = new CSSStyleSheet();  // no inline style: the site's own content policy need not allow any
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", {}, STYLE));
  }
  root.append(open, panel);

  let frame = null;
  let there = false;
  const tell = (word, more = {}) => { if (there) frame.contentWindow.postMessage({ faxian: word, ...more }, home); };
  const show = (shown) => {
    if (shown && !frame) {
      frame = make("iframe", {
        src: `${home}/channels/web/frame`, title: label, allow: "microphone", referrerpolicy: "no-referrer",
        sandbox: "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox",
      });
      panel.append(frame);
    }
    panel.hidden = !shown;
    open.hidden = shown;
    open.setAttribute("aria-expanded", String(shown));
    tell("shown", { shown });
    if (shown) { count.hidden = true; call(); frame.focus(); } else open.focus();
  };
  open.addEventListener("click", () => show(true));
  shut.addEventListener("click", () => show(false));

  let fallback = 0;
  const leave = (to) => {
    window.clearTimeout(fallback);
    document.documentElement.hidden = true;
    document.documentElement.style.display = "none";
    window.location.replace(/^https?:/u.test(to) ? to : "about:blank");
  };
  // A call goes on while the chat is shut: whoever looks at the page must see that somebody listens.
  let talking = false;
  const call = () => {
    name.textContent = talking ? "通话中" : label;
    open.setAttribute("aria-label", `${talking ? `${label}，通话中` : label}${count.hidden ? "" : "，有新消息"}`);
  };
  window.addEventListener("message", (event) => {
    if (event.origin !== home || !frame || event.source !== frame.contentWindow) return;
    if (event.data?.faxian === "ready") {
      there = true;
      tell("shown", { shown: !panel.hidden });
    }
    if (event.data?.faxian === "leave") leave(String(event.data.to));
    if (event.data?.faxian === "unread" && panel.hidden) {
      count.textContent = String(Number(event.data.count) || 0);
      count.hidden = !Number(event.data.count);
      call();
    }
    if (event.data?.faxian === "call") {
      talking = event.data.on === true;
      call();
    }
  });

  // Three times Esc leaves the whole page, wherever the keys go, once the chat has been opened.
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !frame) return;
    presses = [...presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (presses.length < 3) return;
    document.documentElement.style.display = "none";
    tell("leave");  // it forgets what it has to, and answers with where to go
    fallback = window.setTimeout(() => leave("about:blank"), 400);
  });

  const start = () => document.body.append(host);
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
