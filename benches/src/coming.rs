//! A file of orders that comes in by the doors of a running program while others read.

use std::{
    fmt::Write,
    thread,
    time::{Duration, Instant},
};

use kernel::Day;

use crate::{Result, asking::Asked, client::Client, questions::json, random::Random};

/// Lines of the file.
const LINES: u64 = 400_000;
/// An import that takes longer than this is given up.
const PATIENCE: Duration = Duration::from_secs(400);

/// An import under way.
pub struct Coming<'a, 'r> {
    program: &'a Asked<'r>,
    id: String,
}

impl<'a, 'r> Coming<'a, 'r> {
    /// Sends a file that no run before sent, and has it imported.
    ///
    /// # Errors
    /// When the program refuses it.
    pub fn begin(program: &'a Asked<'r>, run: u64) -> Result<Coming<'a, 'r>> {
        let mut client = Client::open(program.running.address)?;
        let sent =
            client.post(&format!("/api/v1/imports?name=late-{run}.csv"), &program.headers, &file(run)?)?;
        let id = json(&sent.text()?)?["id"].as_str().ok_or("the file was refused")?.to_owned();
        let ran = client.post(&format!("/api/v1/imports/{id}/run"), &program.headers, "")?;
        if 300 <= ran.status {
            return Err(ran.text()?.into());
        }
        let coming = Coming { program, id };
        let begun = Instant::now();
        while coming.state()? != "running" && begun.elapsed() < Duration::from_secs(30) {
            thread::sleep(Duration::from_millis(5));
        }
        Ok(coming)
    }

    /// Whether it has not ended yet.
    ///
    /// # Errors
    /// When the program does not answer.
    pub fn is_under_way(&self) -> Result<bool> {
        Ok(self.state()? == "running")
    }

    /// Waits for its end, and for an idle machine.
    ///
    /// # Errors
    /// When it failed, or does not end.
    pub fn ended(self) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.state()?.as_str() {
                "done" => {
                    thread::sleep(Duration::from_secs(3));
                    return Ok(());
                }
                "failed" => return Err("the import failed".into()),
                _ => thread::sleep(Duration::from_millis(100)),
            }
        }
        Err("the import does not end".into())
    }

    fn state(&self) -> Result<String> {
        let mut client = Client::open(self.program.running.address)?;
        let told =
            json(&client.get(&format!("/api/v1/imports/{}", self.id), &self.program.headers)?.text()?)?;
        Ok(told["state"].as_str().ok_or_else(|| format!("no state in {told}"))?.to_owned())
    }
}

/// Orders of four lines by some thousand buyers.
fn file(run: u64) -> Result<String> {
    let (mut random, first) = (Random::new(run), Day::parse("2024-01-01")?);
    let mut text = "Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Currency\n".to_owned();
    for line in 0..LINES {
        let (order, day) = (line / 4, first.plus(i32::try_from(line / 4 * 500 / (LINES / 4))?));
        let (sku, pence, buyer) = (random.below(500), random.below(100_000), order * 7_919 % 5_000);
        writeln!(
            text,
            "{run}-{order},{day},K{sku},Kettle {sku},{},{}.{:02},L{run}-{buyer},GBP",
            1 + random.below(9),
            pence / 100,
            pence % 100
        )?;
    }
    Ok(text)
}
