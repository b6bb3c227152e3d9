/** The login page: type size, and the first empty field gets the focus. */

import { byId } from "/channels/web/static/js/dom.js";
import { setUpLargeType } from "/channels/web/static/js/preferences.js";

setUpLargeType();
(byId("username").value ? byId("password") : byId("username")).focus();
