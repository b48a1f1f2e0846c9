// The built program: started on a free port with a data folder of its own, stopped and cleared away afterwards.
import { spawn, execFile } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = process.env.MAINSTAY_PROGRAM ?? path.join(root, "target/debug/mainstay");
const patience = 30_000;

/** Fails where there is no program to try. */
export async function mustBeBuilt() {
  await access(program).catch(() => {
    throw new Error("the program is not built: run `cargo build -p mainstay` first");
  });
}

/** A running Mainstay. */
export class Mainstay {
  static async start() {
    const mainstay = new Mainstay();
    mainstay.data = await mkdtemp(path.join(os.tmpdir(), "mainstay-browser-"));
    mainstay.said = [];
    try {
      await mainstay.#serve();
    } catch (cause) {
      await mainstay.stop();
      throw new Error(`mainstay did not start; it said:\n${mainstay.said.join("\n")}`, { cause });
    }
    return mainstay;
  }

  async #serve() {
    const listen = `127.0.0.1:${await freePort()}`;
    this.process = spawn(program, ["serve", "--data", this.data, "--listen", listen], { cwd: this.data });
    const found = Promise.all([
      this.#line(/Mainstay is at (http:\S+)/),
      this.#line(/Sign in once with: (http:\S+)/),
    ]);
    [this.url, this.signInLink] = await within(patience, found, this.#end());
    this.url = this.url.replace(/\/$/, "");
    await within(patience, this.#healthy(), this.#end());
  }

  /** The first group of the first line that matches, from either stream. */
  #line(pattern) {
    return new Promise((resolve) => {
      for (const stream of [this.process.stdout, this.process.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
          if (!this.said.includes(line)) this.said.push(line);
          const match = pattern.exec(line);
          if (match) resolve(match[1]);
        });
      }
    });
  }

  async #healthy() {
    for (;;) {
      const answer = await fetch(`${this.url}/health`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #end() {
    const [code, signal] = await once(this.process, "exit");
    throw new Error(`mainstay ended (${code ?? signal})`);
  }

  /** Runs another command of the program on the same data, such as `import FILE`; resolves to what it printed. */
  async run(...words) {
    const { error, stdout, stderr } = await output([...words, "--data", this.data]);
    if (error) throw new Error(`mainstay ${words.join(" ")} failed: ${stdout}${stderr}`);
    return stdout;
  }

  async stop() {
    if (this.process && this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, "exit");
      this.process.kill("SIGTERM");
      const last = setTimeout(() => this.process.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(last);
    }
    await rm(this.data, { recursive: true, force: true });
  }
}

function output(words) {
  return new Promise((resolve) => {
    const limits = { timeout: 120_000, cwd: os.tmpdir() };
    execFile(program, words, limits, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
  });
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** The promise, unless the other fails first or time runs out. */
async function within(milliseconds, promise, failure) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${milliseconds} ms`)), milliseconds);
  });
  failure.catch(() => undefined);
  return Promise.race([promise, failure, late]).finally(() => clearTimeout(timer));
}
