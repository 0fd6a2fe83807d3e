/**
 * The way between the screens of a visit, from its first answer on: what follows an answer,
 * and what Back and Forward lead to. In a later part.
 */

import { button, h } from "./dom.js";
import { plain_node } from "./findings.js";
import { in_full, urgent_now } from "./found.js";
import { places_of } from "./places.js";

/** @import { Finding } from "../engine/shapes.js" */
/** @import { App, How, Part, Told, Way } from "./shapes.js" */

/**
 * @param {App} app
 * @param {{check_nodes: (app: App, go: () => void) => Part, result_nodes: (app: App) => Part[]}} laid
 *   what is on the two screens
 * @returns {Way}
 */
export function way_of(app, { check_nodes, result_nodes }) {
  const { visit, stage } = app;
  const { ui } = visit;
  const places = places_of(app.host, travel);

  /**
   * A notice with the questions whose answers went.
   * @type {Way["tell_lost"]}
   */
  function tell_lost(dropped, said) {
    // A release that came later may not have the question any more.
    const labels = dropped.map(visit.question).filter(Boolean);
    const list = h(
      "ul",
      labels.map((label) => h("li", label)),
    );
    const before = h("div.notice.off", h("p", said), labels[0] && list);
    return said ? { says: [said, ...labels].join(" "), before } : {};
  }

  /**
   * What follows an answer; `dropped` are the questions it made pointless, `said` is why.
   * @param {string[]} [dropped]
   * @param {string} [said]
   * @param {string} [answered] the question, if it was not the last that was asked
   */
  function go_on(dropped = [], said = dropped.length ? ui.dropped : "", answered) {
    app.begin();
    const urgent = urgent_now(visit, answered);
    const { next } = visit.outcome;
    const told = tell_lost(dropped, said);
    if (urgent.length) alone(urgent, told);
    else if (next) app.question(next, told);
    else if (visit.asked[0] && !app.looked) check(told);
    else result(told);
  }

  /**
   * A screen that leads back to the last question.
   * @param {string} title
   * @param {Part} nodes
   * @param {How} how
   */
  function step(title, nodes, how) {
    const place = visit.asked.length;
    stage.show(title, (heading) => [app.back(place), heading, nodes], { place, ...how });
  }

  /**
   * What is urgent for sure, by itself, once.
   * @param {Finding[]} urgent
   * @param {Told} [told]
   */
  function alone(urgent, told) {
    const found = urgent.map((one) => in_full(visit, one));
    const nodes = [
      found.map((one) => plain_node(app, one)),
      app.later.help?.numbers(app, found),
      h(
        "p",
        button("button", () => go_on(), ui.next),
      ),
    ];
    step(ui.urgent, nodes, { ...told, at: (other) => other.alone(urgent) });
  }

  /** @param {Told} [told] */
  function check(told) {
    const nodes = check_nodes(app, () => stage.take("", result));
    step(ui.check, nodes, {
      ...told,
      ends: false,
      ready: () => stage.prepare("", result),
      at: (other) => other.check(),
    });
  }

  /** How many screens lie before the result. */
  const end = () => visit.asked.length + (visit.asked[0] ? 1 : 0);

  /** @param {Told} [told] */
  function result(told) {
    stage.show(ui.result, result_nodes(app), {
      ...told,
      place: end(),
      ends: true,
      at: (other) => other.result(),
    });
  }

  function sheet() {
    const { sheet } = app.later;
    if (sheet)
      stage.show(ui.sheet, sheet.sheet_nodes(app), {
        place: end() + 1,
        at: (other) => other.sheet(),
      });
  }

  /**
   * Where the browser's own Back or Forward leads, if there is such a screen now.
   * @param {number} place
   */
  function travel(place) {
    const { asked, outcome } = visit;
    const beyond = place - end();
    const at = asked[place] ?? (place === asked.length && outcome.next);
    if (at) app.question(at);
    else if (outcome.next || beyond > (app.later.sheet ? 1 : 0)) return false;
    else (beyond < 0 ? check : beyond ? sheet : result)();
    return true;
  }

  return { tell_lost, go_on, alone, check, result, sheet, travel, places, rewind: places.rewind };
}
