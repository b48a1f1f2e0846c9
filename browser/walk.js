// Every page that a visitor reaches by following links, one of each kind.

/** So many kinds of page at most; beyond that the walk has lost its way. */
const most = 200;
/** So many ways of asking for one page; where parameters go together in every way, the first ones stand for the others. */
const ways = 12;

/**
 * Follows links from a path and resolves to the paths of pages, in the order found. `/accounts/acc_x7Kq2` and
 * `/accounts/acc_9fG1c` are of one kind, as are two pages that differ in the value of a parameter only.
 */
export async function walk(visitor, from = "/") {
  const kinds = new Set();
  const asked = {};
  const pages = [];
  const waiting = [from];
  while (waiting.length > 0 && pages.length < most) {
    const path = waiting.shift();
    const known = kind(path);
    const page = known.split("?")[0];
    if (kinds.has(known) || (asked[page] ?? 0) >= ways) continue;
    kinds.add(known);
    asked[page] = (asked[page] ?? 0) + 1;
    if (!(await isPage(visitor, path))) continue;
    await visitor.goto(path);
    pages.push(path);
    waiting.push(...(await visitor.links()));
  }
  if (waiting.length > 0) throw new Error(`more than ${most} kinds of page, or a walk in circles: ${pages.slice(-5).join(" ")}`);
  return pages;
}

/** A path with its ids and the values of its parameters taken out. */
function kind(path) {
  const url = new URL(path, "http://mainstay");
  // Documents are many and all made alike; a scenario of their own looks at the widest of them.
  if (url.pathname.startsWith("/help/")) return "/help/…";
  const words = url.pathname.split("/").map((word) => (/^[a-z]{1,5}_\w+$|^[a-z]?\d+$/.test(word) ? "…" : word));
  return `${words.join("/")}?${[...new Set(url.searchParams.keys())].sort().join("&")}`;
}

/** Downloads are no pages, and whoever signs out sees nothing more. */
async function isPage(visitor, path) {
  if (/sign-out/.test(path)) return false;
  const answer = await visitor.context.request.get(path);
  return (answer.headers()["content-type"] ?? "").startsWith("text/html");
}
