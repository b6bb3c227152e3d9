/** The transcript of one conversation: pages, live messages, typing and read marks of the other side. */

import { byId } from "/channels/web/static/js/dom.js";
import { Scrolling } from "/channels/web/static/js/scrolling.js";
import { Transcript } from "/channels/web/static/js/transcript.js";
import * as api from "./api.js";

const NAMES = { citizen: "来访人", bot: "法线（智能助手）", staff: "工作人员" };
const TYPING_FOR = 5000;

export class Talk {
  #id;
  #seen = new Set();
  #first = Infinity;
  #last = 0;
  #told = 0;
  #typingTimer = 0;
  #loading = false;
  #atEnd = true;
  #scroller = byId("scroller");
  #more = byId("earlier");

  /** `holds()` tells whether this seat has the conversation: only then is what it sees read. */
  constructor(id, holds) {
    this.#id = id;
    this.holds = holds;
    this.transcript = new Transcript(byId("log"), { token: () => null, fileAddress: api.fileAddress }, NAMES, "staff");
    this.scrolling = new Scrolling(this.#scroller);
    this.#more.addEventListener("click", () => this.#earlier());
    // Nearly at the top: the page before is there when it is reached.
    this.#scroller.addEventListener("scroll", () => {
      this.#atEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < 60;
      if (this.#scroller.scrollTop < 200) this.#earlier();
    }, { passive: true });
    // Warnings and suggestions take room from the talk: whoever was at its end stays there.
    const follow = new ResizeObserver(() => { if (this.#atEnd) this.scrolling.toEnd(); });
    follow.observe(this.#scroller);
    follow.observe(byId("log"));
    document.addEventListener("visibilitychange", () => this.tellRead());
  }

  /** What the server says of it: {messages, more, read}. What came while we were away is caught up. */
  async show(found) {
    const first = this.#last === 0;
    if (!first && found.messages.length > 0 && found.messages[0].seq > this.#last + 1) await this.#fill(found.messages[0].seq);
    if (first) this.#more.hidden = !found.more;
    for (const frame of found.messages) this.add(frame);
    this.transcript.markRead(found.read.citizen);
    if (first) this.scrolling.toEnd();
    this.tellRead();
  }

  add(frame) {
    if (this.#seen.has(frame.seq)) return;
    this.#seen.add(frame.seq);
    this.#first = Math.min(this.#first, frame.seq);
    this.#last = Math.max(this.#last, frame.seq);
    if (frame.from === "citizen") byId("typing").hidden = true;
    this.scrolling.follow(() => this.transcript.add(frame));
    this.tellRead();
  }

  /** True when a message before this one has not come. */
  misses(frame) {
    return frame.seq > this.#last + 1;
  }

  typing() {
    byId("typing").hidden = false;
    window.clearTimeout(this.#typingTimer);
    this.#typingTimer = window.setTimeout(() => { byId("typing").hidden = true; }, TYPING_FOR);
  }

  /** The citizen learns that it was read once somebody who answers has it on the screen. */
  tellRead() {
    if (document.hidden || !this.holds() || this.#last <= this.#told) return;
    const seq = this.#last;
    this.#told = seq;
    api.markRead(this.#id, seq).catch(() => { this.#told = Math.min(this.#told, seq - 1); });
  }

  /** Messages between what we have and `seq`, when more came meanwhile than one page holds. */
  async #fill(seq) {
    const had = this.#last;
    let before = seq;
    while (before > had + 1) {
      const page = await api.earlier(this.#id, before);
      if (page.messages.length === 0) return;
      before = page.messages[0].seq;
      for (const frame of page.messages) if (frame.seq > had) this.add(frame);
    }
  }

  async #earlier() {
    if (this.#loading || this.#more.hidden || this.#first <= 1) return;
    this.#loading = true;
    try {
      const page = await api.earlier(this.#id, this.#first);
      const height = this.#scroller.scrollHeight;
      const fresh = page.messages.filter((frame) => !this.#seen.has(frame.seq));
      for (const frame of fresh) this.#seen.add(frame.seq);
      if (fresh.length > 0) this.#first = fresh[0].seq;
      this.transcript.addEarlier(fresh);
      this.#more.hidden = !page.more;
      this.#scroller.scrollTop += this.#scroller.scrollHeight - height;  // what was being read stays where it is
    } catch {
      this.#more.hidden = false;  // the button tries again
    } finally {
      this.#loading = false;
    }
  }
}
