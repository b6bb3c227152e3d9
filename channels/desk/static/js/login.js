/** The login page: the first empty field gets the focus. */

import { byId } from "/channels/web/static/js/dom.js";

(byId("username").value ? byId("password") : byId("username")).focus();
