/** In the frames that checks make, at addresses of their own: presses what a check asks for. */

import { live_tried } from "./check/tried.js";

live_tried();
