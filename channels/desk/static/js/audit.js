/** The audit trail: the chain is proved on demand. */

import { byId } from "/channels/web/static/js/dom.js";
import * as api from "./api.js";

byId("prove").addEventListener("click", async () => {
  const button = byId("prove");
  button.disabled = true;
  byId("problem").hidden = true;
  byId("proof").hidden = false;
  byId("proof").removeAttribute("data-whole");
  byId("proof").textContent = "正在逐条核对……";
  try {
    const proof = await api.proveTrail();
    byId("proof").dataset.whole = String(proof.whole);
    byId("proof").textContent = proof.text;
  } catch (error) {
    byId("proof").hidden = true;
    byId("problem").textContent = error.message;
    byId("problem").hidden = false;
  } finally {
    button.disabled = false;
  }
});
