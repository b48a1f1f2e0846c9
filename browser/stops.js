// Where the tour stops: what is done there first, what the picture shows, and what there is to say about it.

/** A day so many days ago. */
function ago(days) {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** What a command answers as JSON. */
async function answer(mainstay, ...words) {
  return JSON.parse(await mainstay.run(...words, "-o", "json"));
}

/** A relationship of the sample, by the name of the account and of the service line. */
async function of(mainstay, name, line = "Payroll software") {
  const { rows } = await answer(mainstay, "relationships", "--name", name, "--line", line);
  return rows[0];
}

/** Comes back when no decision waits to be made. */
async function decided(mainstay) {
  for (let waits = true; waits; ) ({ waits } = await answer(mainstay, "decisions", "progress"));
}

/** Presses what leads to another page. */
async function press(page, button) {
  await Promise.all([page.waitForEvent("load"), button.click()]);
}

/** Who is met on the way. */
const textiles = "Pendle Textiles Group";
const brewery = "Kestrel Brewing Ltd";
const bakery = "Pendle Bakery & Daughters";

/** The house as the tour finds it: a named person begins to act, a class is set by hand, somebody says what they want. */
export async function furnish({ mainstay, owner, stranger }) {
  await mainstay.run("demo", "saas");
  await decided(mainstay);
  const { page } = owner;
  await owner.goto("/today");
  const seen = page.getByRole("button", { name: "I have seen this" });
  if (await seen.count()) await press(page, seen);
  const { account } = await of(mainstay, textiles);
  for (const fact of [
    { kind: "assignment", on: ago(9), person: "Dana Whitfield", role: "named" },
    { kind: "meeting", on: ago(2), person: "Dana Whitfield", started_by: "us", topic: "review" },
  ]) {
    await mainstay.run("account", account, "record", "--line", "Payroll software", "--facts", JSON.stringify([fact]));
  }
  const { id } = await of(mainstay, bakery);
  const reason = "They call before they decide anything about wages";
  await mainstay.run("relationship", id, "override", "--class", "client", "--reason", reason);
  const them = await theirs(mainstay, stranger);
  await press(them.page, them.page.getByRole("button", { name: "Just transactions" }));
  await them.leave();
}

/** Somebody outside before the page that their link opens. */
async function theirs(mainstay, stranger) {
  const { path } = await answer(mainstay, "preference", (await of(mainstay, brewery)).id, "link");
  const them = await stranger();
  await them.goto(path);
  return them;
}

/** What is done at each stop, what its picture shows, and what there is to say. */
export const stops = [
  {
    name: "today",
    title: "Today",
    shows: "Today: contracts by their last safe day, each with a button; beside them a class that crossed and a stated preference",
    says: "What waits for a person, by the last day on which it is still in time, and beside it what changed since they last looked, with its cause: a review was held, and the evidence now makes a customer a client.",
    async visit({ owner }) {
      await owner.goto("/today");
    },
  },
  {
    name: "book",
    title: "Book",
    shows: "The book: relationships with class, strength of evidence on a scale, net, last fact, service fit and confidence",
    says: "Everybody, per service line: customer or client, how strong the evidence is, what they brought, and whether they get what they are owed.",
    async visit({ owner }) {
      await owner.goto("/relationships?sort=net");
    },
  },
  {
    name: "spectrum",
    title: "Spectrum",
    shows: "The spectrum: dots for customers at the left, bars for clients at the right, a shaded band between 0.40 and 0.70",
    says: "The same book as a picture, strength of evidence across and money up; in the band between the two thresholds a relationship stays what it was.",
    async visit({ owner }) {
      await owner.goto("/relationships/spectrum");
    },
  },
  {
    name: "relationship",
    title: "Relationship",
    shows: "A relationship: a sentence, the strength on its scale, and a bar for each kind of evidence, summed at the end",
    says: "Why: each kind of evidence with what it adds or takes away, opening to its facts; the lines sum to the score, and what nobody recorded counts as nothing.",
    async visit({ mainstay, owner }) {
      await owner.goto(`/relationships/${(await of(mainstay, textiles)).id}`);
    },
  },
  {
    name: "history",
    title: "How it came to this",
    shows: "The history of a relationship: the strength over time, a day to ask for, and decisions with the facts that moved them",
    says: "Every decision that stood, with the facts that moved it and by how much; any earlier day can be asked for, as known then or as known now.",
    async visit({ mainstay, owner }) {
      await owner.goto(`/relationships/${(await of(mainstay, textiles)).id}/history`);
    },
  },
  {
    name: "bring-in",
    title: "Bring in",
    shows: "A file on its way in: its columns, what each is taken to mean, and samples of its values",
    says: "A file of orders before anything is written: what each column is taken to mean, proposed from names and values and open to correction.",
    async visit({ owner }) {
      const { page } = owner;
      await owner.goto("/imports");
      await page.locator("input[type=file]").setInputFiles(new URL("files/orders.csv", import.meta.url).pathname);
      await Promise.all([page.waitForURL(/\/imports\/imp_/), page.getByRole("button", { name: "Bring in" }).click()]);
    },
  },
  {
    name: "duplicates",
    title: "Duplicates",
    shows: "Pairs of accounts that may be one party, each with a probability, what agrees, and buttons to merge or not",
    says: "Accounts that may be one party, the likeliest first, each with what agrees and what does not; a merge can be undone exactly.",
    async visit({ owner }) {
      await owner.goto("/duplicates");
    },
  },
  {
    name: "service-models",
    title: "Service models",
    shows: "A draft of the policy: curves for each kind of evidence, a changed weight, and beside them who would change",
    says: "The policy by which all are judged is a table of curves and weights; a draft says who would become what before anybody puts it in force.",
    async visit({ owner }) {
      const { page } = owner;
      await owner.goto("/service-models");
      await page.locator("[name=w-service_bought]").fill("1.50");
      await press(page, page.getByRole("button", { name: /preview|see/i }).first());
    },
  },
  {
    name: "their-page",
    title: "Their page",
    shows: "The page of the other side: four buttons that say how they want to be dealt with, above them what was chosen",
    says: "Behind a signed link the other side says by one click how it wants to be dealt with, without signing in; it is honoured from then on, whatever the evidence says.",
    async visit({ mainstay, stranger }) {
      return theirs(mainstay, stranger);
    },
  },
  {
    name: "find",
    title: "Find",
    shows: "The palette over the book: a few letters, and below them accounts with their class, people, and places",
    says: "`Ctrl K` on any page: a few letters find accounts, people, numbers of contracts, views and whatever can be done here.",
    async visit({ owner }) {
      const { page } = owner;
      await owner.goto("/relationships?sort=net");
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("pend");
      await page.getByRole("group", { name: "Accounts" }).getByRole("option").first().waitFor();
    },
  },
];

/** The page of the tour. */
export function told() {
  const head = `# A tour

Ten screens of Mainstay with *A software vendor* in it, one of the three invented businesses that it ships with, taken
from the running program by \`make tour\`, which writes this page, too. Days count back from the one on which the
business is loaded, so they move; names and figures stay.
`;
  const part = ({ name, title, shows, says }) => `
## ${title}

${says}

![${shows}](tour/${name}.png)
`;
  return head + stops.map(part).join("");
}
