/**
 * The browser's own Back and Forward inside a visit. An entry of the history holds a number
 * and nothing else: how many screens lie before the one that it stands for. It comes with the
 * part for results: before the first answer nothing lies behind.
 */

/** @import { Host } from "./shapes.js" */

const NAME = "legalScreener";

/** @type {Host | undefined} Of several screeners of a page only one has its history. */
let owner;

/**
 * @param {Host} host which has the attribute `history`, or all this does nothing
 * @param {(place: number) => boolean} travel shows the screen of a place, if there is one
 */
export function places_of(host, travel) {
  /** Of the entry, and of the screen. */
  let at = history.state?.[NAME] ?? 0;
  let here = 0;
  let moving = false;

  function has_history() {
    // Nor has a visit that another one has taken the place of.
    if (host.places !== places || !host.isConnected || !host.hasAttribute("history")) return false;
    if (!owner?.isConnected) owner = host;
    return owner === host;
  }

  /** Makes the entry that of the screen. */
  function follow() {
    if (moving || !has_history()) return;
    const mark = () => ({ ...history.state, [NAME]: at });
    if (at > here) {
      moving = true;
      history.go(here - at);
      // Where there is no such entry any more, nothing comes.
      setTimeout(() => (moving = false), 500);
    } else if (at < here) {
      history.replaceState(mark(), "");
      while (at < here) {
        at += 1;
        history.pushState(mark(), "");
      }
    }
  }

  addEventListener("popstate", () => {
    const place = history.state?.[NAME];
    // Entries of the page's own are the page's.
    if (place === undefined || !has_history()) return;
    at = place;
    if (moving) {
      moving = false;
      follow();
    } else if (at !== here && !travel(at)) follow();
  });

  const places = {
    /**
     * The screen of a place is shown now.
     * @param {number} place
     * @param {boolean} [quiet] the page goes, or nobody has done anything: the entry can wait
     */
    enter(place, quiet) {
      here = place;
      if (!quiet) follow();
    },
    /**
     * To the entry before the first, or the visit would lie behind the page that comes now.
     * @param {() => void} then
     */
    rewind(then) {
      if (!at || !has_history()) return then();
      addEventListener("popstate", then, { once: true });
      setTimeout(then, 300);
      here = 0;
      follow();
    },
  };
  host.places = places;
  return places;
}
