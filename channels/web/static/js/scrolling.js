/** Keeps the newest message in view, unless the reader has gone up to read something. */

const NEAR = 120;

export class Scrolling {
  #scroller;
  #button;
  #height;

  /** `button` (may be null) is shown when something new is out of view. */
  constructor(scroller, button = null) {
    this.#scroller = scroller;
    this.#button = button;
    button?.addEventListener("click", () => { this.toEnd(); this.#scroller.focus({ preventScroll: true }); });
    scroller.addEventListener("scroll", () => { if (this.#atEnd() && button) button.hidden = true; }, { passive: true });
    this.#height = scroller.clientHeight;
    // A panel or a keyboard that opens below must not cover what was read last.
    new ResizeObserver(() => {
      const atEnd = scroller.scrollHeight - scroller.scrollTop - this.#height < NEAR;
      if (atEnd && scroller.clientHeight < this.#height) this.toEnd();
      this.#height = scroller.clientHeight;
    }).observe(scroller);
  }

  /** Do `change`, then follow it: to the top of `node` if it is taller than the view, else to the end. */
  follow(change, always = false) {
    const stay = !always && !this.#atEnd();
    const node = change();
    if (stay) {
      if (this.#button) this.#button.hidden = false;
    } else if (node && node.offsetHeight > this.#scroller.clientHeight) {
      node.scrollIntoView({ block: "start" });
    } else {
      this.toEnd();
    }
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    if (this.#button) this.#button.hidden = true;
  }

  #atEnd() {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < NEAR;
  }
}
