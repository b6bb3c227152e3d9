/** Dates, times and amounts as Chinese readers write them, in the service's own time zone. */

const ZONE = "Asia/Shanghai";
const CLOCK = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, year: "numeric", month: "long", day: "numeric" });

/** 14:05 today, 11月22日 14:05 on another day; "" if the instant cannot be read. */
export function clockTime(iso, now = new Date()) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const day = DAY.format(at);
  const today = DAY.format(now);
  if (day === today) return CLOCK.format(at);
  const short = day.slice(0, 5) === today.slice(0, 5) ? day.slice(5) : day;
  return `${short} ${CLOCK.format(at)}`;
}

/** 2027-01-31 → 2027年1月31日; anything else is returned as it is. */
export function chineseDate(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/u.exec(String(iso ?? ""));
  return parts ? `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日` : String(iso ?? "");
}

/** A bare number gets its thousands and 元; a text that already says its unit is left alone. */
export function money(amount) {
  const text = String(amount ?? "");
  if (!/^-?\d+(\.\d+)?$/u.test(text)) return text;
  const [whole, cents = ""] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, ",");
  return `${grouped}${/^0*$/u.test(cents) ? "" : `.${cents.padEnd(2, "0").slice(0, 2)}`} 元`;
}

/** How long somebody has been waiting: 不到 1 分钟, 12 分钟, 2 小时 5 分, 3 天. */
export function waited(iso, now = new Date()) {
  const minutes = Math.floor((now.getTime() - new Date(iso).getTime()) / 60000);
  if (Number.isNaN(minutes)) return "";
  if (minutes < 1) return "不到 1 分钟";
  if (minutes < 60) return `${minutes} 分钟`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
  return `${Math.floor(minutes / 1440)} 天`;
}
