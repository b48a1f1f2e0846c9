import { furnished, scenario } from "../scenario.js";
furnished();
scenario("look", async ({ mainstay, owner }) => {
  const ada = await owner({ width: 1440 });
  const { page } = ada;
  await ada.goto("/language");
  await ada.picture("zz-language-en");
  await page.locator("select[name=language]").selectOption("de");
  await page.locator("form[action='/language'] button").click();
  await page.waitForLoadState();
  for (const [name, path] of [["language", "/language"], ["today", "/today"], ["book", "/relationships"], ["models", "/service-models"], ["imports", "/imports"], ["figures", "/figures"], ["spectrum", "/relationships/spectrum"], ["settings", "/connections"], ["help", "/help/book"]]) {
    await ada.goto(path); await ada.picture("zz-" + name);
  }
  await page.goto("/relationships?class=client");
  const place = await page.locator("[data-rows] a.who").first().getAttribute("href");
  await page.goto(place); await ada.picture("zz-client");
  await page.goto(place); const h = await page.locator("a[href$='/history']").first().getAttribute("href");
  await page.goto(h); await ada.picture("zz-history");
  await page.goto("/contracts"); await ada.picture("zz-contracts");
  await page.goto("/contracts"); const c = await page.locator("a[href^='/contracts/con']").first().getAttribute("href");
  await page.goto(c); await ada.picture("zz-contract");
});
