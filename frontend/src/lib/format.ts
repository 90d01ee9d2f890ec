/** Dates, times and spans of time in the words and the time zone of the people who read them. */

const ZONE = "Europe/London";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const day = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "long", year: "numeric" });
const weekday = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
});
const plainDay = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

type Parts = Record<"year" | "month" | "day" | "hour" | "minute", string>;

/** The numbers a clock on the wall in London shows at this moment. */
export function londonParts(moment: Date): Parts {
  return Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value])) as Parts;
}

/** "10:42" as "10:42am", "17:00" as "5pm". */
function hourText(moment: Date): string {
  const { hour, minute } = londonParts(moment);
  const hours = Number(hour);
  if (minute === "00" && hours === 12) return "midday";
  const half = hours < 12 ? "am" : "pm";
  const twelve = hours % 12 === 0 ? 12 : hours % 12;
  return minute === "00" ? `${twelve}${half}` : `${twelve}:${minute}${half}`;
}

export function clockTime(iso: string): string {
  const { hour, minute } = londonParts(new Date(iso));
  return `${hour}:${minute}`;
}

/** "24 November 2026"; a plain date has no zone and must not move by one. */
export function dateText(iso: string | null): string {
  if (!iso) return "";
  return iso.length === 10 ? plainDay.format(new Date(`${iso}T00:00:00Z`)) : day.format(new Date(iso));
}

export function dateTimeText(iso: string | null): string {
  return iso ? `${dateText(iso)} at ${hourText(new Date(iso))}` : "";
}

/** "27 November 2026, 10:20am to 10:23am"; both days where it went on past midnight. */
export function timesText(since: string, until: string): string {
  const [from, to] = [dateTimeText(since), dateTimeText(until)];
  if (from === to) return from;
  if (dateText(since) !== dateText(until)) return `${from} to ${to}`;
  return `${dateText(since)}, ${hourText(new Date(since))} to ${hourText(new Date(until))}`;
}

const shortDay = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "short" });

/** "24 Nov, 5pm", for the narrow columns of a table. */
export function shortWhen(iso: string): string {
  const moment = new Date(iso);
  return `${shortDay.format(moment)}, ${hourText(moment)}`;
}

/** "5pm on Tuesday 24 November", or "5pm today". */
export function byWhen(iso: string, now: Date): string {
  const moment = new Date(iso);
  const days = daysBetween(now, moment);
  if (days === 0) return `${hourText(moment)} today`;
  if (days === 1) return `${hourText(moment)} tomorrow`;
  if (days === -1) return `${hourText(moment)} yesterday`;
  return `${hourText(moment)} on ${weekday.format(moment)}`;
}

function daysBetween(from: Date, to: Date): number {
  const midnight = (moment: Date) => {
    const { year, month, day: date } = londonParts(moment);
    return Date.UTC(Number(year), Number(month) - 1, Number(date));
  };
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

function span(milliseconds: number): string {
  if (milliseconds < MINUTE) return "less than a minute";
  if (milliseconds < HOUR) return count(Math.floor(milliseconds / MINUTE), "minute");
  if (milliseconds < 2 * DAY) return count(Math.floor(milliseconds / HOUR), "hour");
  return count(Math.floor(milliseconds / DAY), "day");
}

/** "3 hours", of a time in seconds. */
export function durationText(seconds: number): string {
  return span(seconds * 1000);
}

/** "3 hours left" or "overdue by 2 hours". */
export function timeLeft(dueIso: string, now: Date): string {
  const left = Date.parse(dueIso) - now.getTime();
  return left >= 0 ? `${span(left)} left` : `overdue by ${span(-left)}`;
}

/** "5 hours ago". */
export function ago(iso: string, now: Date): string {
  return `${span(Math.max(0, now.getTime() - Date.parse(iso)))} ago`;
}

/** The instant at which a clock in London shows this date and time, as the API wants it. */
export function londonToIso(date: string, time: string): string {
  const guess = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(guess)) return `${date}T${time}`;
  const shown = londonParts(new Date(guess));
  const offset = Date.UTC(
    Number(shown.year),
    Number(shown.month) - 1,
    Number(shown.day),
    Number(shown.hour),
    Number(shown.minute),
  );
  return new Date(guess - (offset - guess)).toISOString();
}

export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** The name and age of a child where both are known. */
export function nameAndAge(name: string | null, age: string | null): string {
  return [name, age].filter(Boolean).join(", ");
}

/** Where in the web app a record lives, from the address that the API or a message gives for it. */
export function appPath(url: string): string {
  return url
    .replace(/^https?:\/\/[^/]+/, "")
    .replace(/^\/api\/v1/, "")
    .replace(/(.)\/+$/, "$1");
}
