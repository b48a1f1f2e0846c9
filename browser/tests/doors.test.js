// The first minute: the program answers, the link signs in once, and a wrong address says so.
import assert from "node:assert/strict";
import { scenario } from "../scenario.js";

scenario("the program says that it is well", async ({ mainstay }) => {
  const answer = await fetch(`${mainstay.url}/health`);
  assert.equal(answer.status, 200);
});

scenario("who is not signed in is asked to", async ({ visitor }) => {
  const { goto, page } = bound(await visitor());
  await goto("/");
  assert.match(new URL(page.url()).pathname, /^\/sign-in/);
  assert.equal(await page.locator("h1").count(), 1);
});

scenario("the owner signs in with the link, also without scripts", async ({ mainstay, owner }) => {
  const narrow = await owner({ width: 360, javascript: false });
  const answer = await narrow.goto("/");
  assert.equal(answer.status(), 200);
  assert.ok(!new URL(narrow.page.url()).pathname.startsWith("/sign-in"), "the owner is inside");

  const again = await fetch(mainstay.signInLink, { redirect: "manual" });
  assert.notEqual(again.headers.get("set-cookie")?.includes("session"), true, "the link works once");
});

scenario("a wrong address has a page with a way back", async ({ owner }) => {
  const { goto, page } = bound(await owner());
  const answer = await goto("/no/such/page");
  assert.equal(answer.status(), 404);
  assert.equal(await page.locator("h1").count(), 1);
  assert.ok((await page.locator("a[href='/']").count()) > 0, "there is a way back");
});

/** A visitor's page and its way of going somewhere, by their short names. */
function bound(visitor) {
  return { page: visitor.page, goto: (path) => visitor.goto(path) };
}
