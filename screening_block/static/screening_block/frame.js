/**
 * For framed screeners, on both sides. The page inside the frame tells the page around it how
 * high it is and where to look; a page that holds such frames loads this same script, which
 * does as they ask. Nothing of an answer is ever told.
 */

import { live_around } from "./framed/around.js";
import { live_inside } from "./framed/inside.js";

if (document.documentElement.matches("[data-legal-screener]")) live_inside();
else live_around();
