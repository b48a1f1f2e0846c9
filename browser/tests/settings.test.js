// What stands apart: our people, what acts in their names, the audit; and help on every screen.
import assert from "node:assert/strict";
import { furnished, scenario } from "../scenario.js";

furnished();

scenario("a person of ours comes in by a link that is shown once, gets a role, and leaves", async ({ owner }) => {
  const visitor = await owner({ width: 360, javascript: false });
  const { page } = visitor;
  await page.goto("/people");
  await page.getByLabel("Name").fill("Maren Osterlund");
  await page.getByLabel("Email").fill("maren@osterlund.example");
  await page.getByRole("button", { name: "Add, and give a link" }).click();
  assert.match(await page.locator("main [data-handout]").inputValue(), /^http:\/\/\S+\/sign-in\/\S+$/);
  assert.deepEqual(await visitor.overhang(), 0);
  await page.getByRole("link", { name: "Back to people" }).click();
  const row = page.getByRole("row", { name: /Maren Osterlund/ });
  await row.getByLabel("Role of Maren Osterlund", { exact: true }).selectOption("reader");
  await row.getByRole("button", { name: "Set the role of Maren Osterlund" }).click();
  assert.equal(await row.getByLabel("Role of Maren Osterlund", { exact: true }).inputValue(), "reader");
  await row.getByRole("button", { name: /^Maren Osterlund has left/ }).click();
  assert.match(await row.textContent(), /left/);
  assert.equal(await visitor.overhang(), 0);
});

scenario("a token is shown once and can be taken back; both stand in the audit, which is whole", async ({ owner }) => {
  const visitor = await owner({ colours: "dark" });
  const { page } = visitor;
  await page.goto("/connections");
  await page.getByLabel("What it is for").fill("Shop export");
  await page.getByRole("button", { name: "Make a token" }).click();
  assert.match(await page.locator("main code").first().textContent(), /^mst_/);
  assert.deepEqual(await visitor.violations(), []);
  await page.getByRole("link", { name: "Back to connections" }).click();
  await page.getByRole("button", { name: "Take back Shop export" }).click();
  assert.match(await page.getByRole("row", { name: /Shop export/ }).textContent(), /taken back/);
  await page.getByRole("link", { name: "Audit" }).click();
  assert.match(await page.locator("main table").textContent(), /POST \/connections/);
  assert.deepEqual(await visitor.violations(), []);
  await page.getByRole("link", { name: "Verify" }).click();
  assert.match(await page.locator("main").textContent(), /Every entry is as it was written/);
});

scenario("each screen has help, and wide documents scroll by themselves", async ({ owner }) => {
  const visitor = await owner({ width: 360 });
  const { page } = visitor;
  await page.goto("/relationships");
  await page.getByText("Menu", { exact: true }).click();
  await page.locator(".menu").getByRole("link", { name: "Help" }).click();
  assert.equal(new URL(page.url()).pathname, "/help/book");
  for (const topic of ["dimensions", "files", "commands"]) {
    await page.goto(`/help/${topic}`);
    assert.equal(await visitor.overhang(), 0, topic);
    assert.deepEqual(await visitor.violations(), [], topic);
  }
});
