/**
 * Whether somebody answers now, worked out on the device in the time zone of the hours.
 *
 * @typedef {{days: number[], opens: string, closes: string}} Opening days: 1 is Monday
 */

const DAY = 1440;
const WEEK = 7 * DAY;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * The minute of the week it is in a time zone; Monday begins at 0.
 * @param {string} zone
 * @param {Date} now
 */
export function minute_of_week(zone, now) {
  const options = /** @type {const} */ ({
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Intl.DateTimeFormat("en-US", options).formatToParts(now);
  const [weekday, hour, minute] = ["weekday", "hour", "minute"].map(
    (type) => parts.find((part) => part.type === type)?.value ?? "",
  );
  return DAYS.indexOf(weekday) * DAY + Number(hour) * 60 + Number(minute);
}

/** @param {string} clock such as "09:00" */
function minutes(clock) {
  const [hour, minute] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

/**
 * How many minutes until it opens: 0 is open now; undefined where there are no hours, or
 * the device does not know the time zone.
 * @param {Opening[]} weekly
 * @param {string} zone
 * @param {Date} now
 * @returns {number | undefined}
 */
export function opens_in(weekly, zone, now) {
  let minute;
  try {
    minute = minute_of_week(zone, now);
  } catch {
    return undefined;
  }
  const waits = weekly.flatMap(({ days, opens, closes }) =>
    days.map((day) => {
      const since = (minute - (day - 1) * DAY - minutes(opens) + WEEK) % WEEK;
      return since < minutes(closes) - minutes(opens) ? 0 : WEEK - since;
    }),
  );
  return waits.length ? Math.min(...waits) : undefined;
}

/**
 * When it opens, in words: "9:00 AM" today, "Monday 9:00 AM" later.
 * @param {number} wait minutes
 * @param {string} zone
 * @param {Date} now
 * @param {string} locale
 */
export function say_when(wait, zone, now, locale) {
  const then = new Date(now.getTime() + wait * 60_000);
  /** @param {Intl.DateTimeFormatOptions} options @param {Date} at */
  const say = (options, at) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(at);
  const today = say({ dateStyle: "short" }, now) === say({ dateStyle: "short" }, then);
  const clock = say({ hour: "numeric", minute: "2-digit" }, then);
  return today ? clock : `${say({ weekday: "long" }, then)} ${clock}`;
}
