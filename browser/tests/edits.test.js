// What is known of an account is corrected in its place; two who correct the same see both; what is typed survives.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";

furnished();

scenario("a field is edited in its place by the keyboard alone", async ({ owner }) => {
  const visitor = await owner();
  const { page } = visitor;
  const place = await account(page, 0);
  const edit = page.getByRole("link", { name: "Edit country" });
  await edit.focus();
  await Promise.all([page.waitForURL(/edit=country/), page.keyboard.press("Enter")]);
  const field = page.getByLabel("Country");
  await focused(field);
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
  await visitor.picture("edit");
  await field.fill("Portugal");
  await Promise.all([page.waitForURL((url) => url.search === "?kept=country" && url.hash === "#edit-country"), page.keyboard.press("Enter")]);
  assert.match(await side(page), /Portugal/);
  await focused(page.getByRole("link", { name: "Edit country" }));

  await Promise.all([page.waitForURL(/edit=country/), page.keyboard.press("Enter")]);
  await page.keyboard.type("Nowhere");
  await Promise.all([page.waitForURL((url) => url.pathname === place && url.search === "" && url.hash === "#edit-country"), page.keyboard.press("Escape")]);
  await focused(page.getByRole("link", { name: "Edit country" }));
  assert.doesNotMatch(await side(page), /Nowhere/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/edit=country/);
  assert.equal(await page.getByText("Restored what you had typed").count(), 0, "what was left is left");

  await page.goto(`${place}?edit=name#e-name`);
  await page.getByLabel("Name", { exact: true }).fill("x".repeat(201));
  await page.keyboard.press("Enter");
  await page.getByText("A name has at most 200 letters").waitFor();
  const typed = page.getByLabel("Name", { exact: true });
  assert.equal((await typed.inputValue()).length, 201, "what was typed stays");
  await focused(typed);
  assert.deepEqual(await visitor.violations(), []);
});

for (const [width, colours, javascript] of [[1440, "light", true], [360, "dark", true], [360, "light", false]]) {
  const how = `${width} px, ${colours}, scripts ${javascript ? "on" : "off"}`;
  scenario(`two windows correct the same: the second sees both, picks and keeps (${how})`, async ({ owner }) => {
    const visitor = await owner({ width, colours, javascript });
    const { page } = visitor;
    const place = await account(page, 1);
    await page.goto(`${place}?edit=address`);
    const other = await owner();
    await other.goto(`${place}?edit=address`);
    const theirs = `${width}-${colours}`;
    await other.page.getByLabel("Street and number").fill(`Quay ${theirs}`);
    await other.page.getByLabel("Town").fill(`Ghent ${theirs}`);
    await keep(other.page);

    await page.getByLabel("Street and number").fill(`Harbour ${theirs}`);
    await page.getByLabel("Postal code").fill(`90${width}`);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST"),
      page.getByRole("button", { name: "Keep it" }).click(),
    ]);
    assert.equal(answer.status(), 409);
    await page.getByText("Somebody changed this while you were writing").waitFor();
    const asked = page.getByRole("group", { name: "Street and number" });
    assert.match(await asked.textContent(), /When you opened it: .*Keep theirs: Quay .*Take yours: Harbour /s);
    assert.match(await page.locator("form[data-edit]").textContent(), /Only they changed Town: Ghent/);
    assert.deepEqual(await visitor.violations(), []);
    assert.equal(await visitor.overhang(), 0);
    await visitor.picture(`clash-${width}-${colours}`);
    await asked.getByLabel("Take yours").check();
    await keep(page);
    const shown = await side(page);
    for (const words of [`Harbour ${theirs}`, `90${width}`, `Ghent ${theirs}`]) assert.ok(shown.includes(words), `${words}: ${shown}`);
    assert.equal(await visitor.overhang(), 0);
  });
}

scenario("what only one of two changed is merged, and said", async ({ owner }) => {
  const { page } = await owner();
  const place = await account(page, 2);
  await page.goto(`${place}?edit=address`);
  const other = await owner();
  await other.goto(`${place}?edit=address`);
  await other.page.getByLabel("Town").fill("Bruges");
  await keep(other.page);
  await page.getByLabel("Postal code").fill("8000");
  await keep(page);
  assert.match(await side(page), /8000 Bruges/);
  assert.match(await side(page), /Somebody else had changed Town meanwhile; that stays as they wrote it/);
});

scenario("somebody who acts for them is corrected in their line, and shown twice when two do it", async ({ owner }) => {
  const visitor = await owner({ width: 360 });
  const { page } = visitor;
  const place = await account(page, 0);
  await page.goto(`${place}/people/new`);
  await page.getByLabel("Name", { exact: true }).fill("Maud Rook");
  await page.getByRole("button", { name: "Add them" }).click();
  await page.getByRole("link", { name: "Edit Maud Rook" }).click();
  assert.equal(await visitor.overhang(), 0);
  await visitor.picture("edit-person");
  const other = await owner();
  await other.goto(page.url());
  await other.page.getByLabel("What they do there").fill("Bookkeeper");
  await keep(other.page);
  await page.getByLabel("What they do there").fill("Owner");
  await page.getByLabel("Buyer").check();
  await page.getByRole("button", { name: "Keep it" }).click();
  const asked = page.getByRole("group", { name: "What they do there" });
  await asked.waitFor();
  assert.deepEqual(await visitor.violations(), []);
  assert.equal(await visitor.overhang(), 0);
  await asked.getByLabel("What they do there, written anew").fill("Runs the office");
  await keep(page);
  assert.match(await page.locator("#people").textContent(), /Maud Rook\s+Runs the office.*Buyer/s);
});

scenario("what is typed survives a reload and a closed tab, until it is kept, discarded or one signs out", async ({ owner, mainstay, visitor }) => {
  const somebody = await owner();
  let { page } = somebody;
  const place = await account(page, 3);
  const form = `${place}?edit=website`;
  await page.goto(form);
  const before = await page.getByLabel("Website").inputValue();
  await page.getByLabel("Website").fill("moss.example");
  await page.reload();
  assert.equal(await page.getByLabel("Website").inputValue(), "moss.example");
  await page.getByText("Restored what you had typed.").waitFor();
  assert.deepEqual(await somebody.violations(), []);
  await somebody.picture("draft");

  const tab = await somebody.context.newPage();
  await page.close();
  page = tab;
  await page.goto(form);
  assert.equal(await page.getByLabel("Website").inputValue(), "moss.example", "in another tab as well");
  await page.getByRole("button", { name: "Discard" }).click();
  assert.equal(await page.getByLabel("Website").inputValue(), before);
  await page.reload();
  assert.equal(await page.getByLabel("Website").inputValue(), before, "discarded is gone");

  await page.getByLabel("Website").fill("kept.example");
  await keep(page);
  assert.deepEqual(await drafts(page), [], "kept is no draft any more");
  await page.goto(form);
  assert.equal(await page.getByText("Restored what you had typed").count(), 0);

  // A newer version is not written over without a word.
  await page.getByLabel("Website").fill("mine.example");
  const other = await owner();
  await other.goto(form);
  await other.page.getByLabel("Website").fill("theirs.example");
  await keep(other.page);
  await page.reload();
  await page.getByText("It was changed since; both are shown when you keep it.").waitFor();
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("group", { name: "Website" }).getByLabel("Keep theirs").check();
  await keep(page);
  assert.match(await side(page), /theirs\.example/);

  await page.goto(form);
  await page.getByLabel("Website").fill("left.example");
  assert.equal((await drafts(page)).length, 1);
  // Leaving ends the session of this file: it is tried last.
  const alone = await visitor();
  alone.house.mainstay.signInLink = `${mainstay.url}${(await mainstay.run("sign-in-link")).match(/\/sign-in\/\S+/)[0]}`;
  await alone.signIn();
  await alone.goto(form);
  await alone.page.getByLabel("Website").fill("secret.example");
  assert.equal((await drafts(alone.page)).length, 1);
  await alone.page.getByRole("button", { name: "Sign out" }).first().click();
  await alone.page.waitForURL(/sign-in/);
  assert.deepEqual(await drafts(alone.page), [], "who signs out leaves nothing");
});

/** The page of the n-th account of the book; gives its address. */
async function account(page, n) {
  await page.goto("/relationships");
  const place = await page.locator("[data-rows] a.who").nth(n).getAttribute("href");
  await page.goto(place);
  const href = await page.getByRole("link", { name: "Correct", exact: true }).getAttribute("href");
  // What is opened from a record carries its list along; here nobody came from one.
  const own = new URL(href, page.url()).pathname.replace("/change", "");
  await page.goto(own);
  return own;
}

/** Sends the form in its place and waits for the page of the account. */
async function keep(page) {
  await Promise.all([page.waitForURL(/kept=/), page.getByRole("button", { name: "Keep it" }).click()]);
}

/** Waits until a control has the focus. */
async function focused(control) {
  await control.page().waitForFunction((one) => one === document.activeElement, await control.elementHandle());
}

const side = (page) => page.locator("aside.side").textContent();
const drafts = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("draft ")));
