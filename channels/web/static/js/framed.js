/** The chat in a frame of another site's page: a few words with embed.js there, believed by their origin only. */

const embedders = (document.querySelector('meta[name="faxian-embedders"]')?.content ?? "").split(" ").filter(Boolean);

/** True in a frame. */
export const framed = window.parent !== window;

/** `onShown(shown)` hears whether the frame can be seen; `onLeave()` that the person wants to be gone. */
export class Framed {
  #page = "";
  shown = !framed;

  constructor(onShown, onLeave) {
    if (!framed) return;
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || !embedders.includes(event.origin)) return;
      this.#page = event.origin;
      if (event.data?.faxian === "shown") {
        this.shown = event.data.shown === true;
        onShown(this.shown);
      }
      if (event.data?.faxian === "leave") onLeave();
    });
    // To whoever it is: who may frame us is the browser's to check, and the word holds nothing. The answer names the page.
    window.parent.postMessage({ faxian: "ready" }, "*");
  }

  unread(count) {
    this.#tell({ faxian: "unread", count });
  }

  /** Whether a call goes on, which the page around us shows while we are shut. */
  call(on) {
    this.#tell({ faxian: "call", on });
  }

  /** True if the page around us was told to go to `to`. */
  leave(to) {
    return this.#tell({ faxian: "leave", to });
  }

  #tell(words) {
    if (!this.#page) return false;
    window.parent.postMessage(words, this.#page);
    return true;
  }
}
