//! Asking a running program: one client after another for CPU, sixteen at once for what two cores give.

use std::{
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use crate::{
    Result,
    client::Client,
    floor::{Bare, Floor},
    report::{median, millis, quantile},
    running::Running,
    spent::{cpu_of, cpu_of_server},
};

/// Looks at the answer to one of so many requests: why it is wrong, where it is.
pub type Check = dyn Fn(u64, &str) -> std::result::Result<(), String> + Sync;

/// What is asked, and what has to be in the answer.
pub struct Question {
    /// In words.
    pub what: String,
    /// Milliseconds of CPU that it may cost, and the name of the goal.
    pub goal: Option<(&'static str, f64)>,
    /// The path of the `n`-th asking.
    pub path: Box<dyn Fn(u64) -> String + Sync>,
    /// What is sent with it; a question without a body is a look.
    pub body: Option<Box<dyn Fn(u64) -> String + Sync>>,
    /// Whether the answer to the `n`-th asking is right; else what is wrong with it.
    pub check: Box<Check>,
    /// The same question to the database alone.
    pub floor: Option<Bare>,
}

/// A program that is asked, and by whom.
pub struct Asked<'r> {
    /// The program.
    pub running: &'r Running,
    /// The address of its database, where it is a server's.
    pub server: Option<&'r str>,
    /// Header lines that show who asks.
    pub headers: String,
}

/// At least so much CPU is spent on a figure, in milliseconds.
const ENOUGH: f64 = 500.0;
/// Clients at once.
const CLIENTS: u64 = 16;

/// What many clients at once came to.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Requests a second.
    pub rate: f64,
    /// CPU of a request, in milliseconds.
    pub cpu: f64,
    /// The middle, in milliseconds on the clock.
    pub p50: f64,
    /// The slowest of a hundred.
    pub p99: f64,
}

impl Question {
    fn ask(&self, client: &mut Client, headers: &str, n: u64) -> Result<(f64, usize)> {
        let path = (self.path)(n);
        let begun = Instant::now();
        let answer = match &self.body {
            None => client.get(&path, headers)?,
            Some(body) => {
                client.post(&path, &format!("{headers}Content-Type: application/json\r\n"), &body(n))?
            }
        };
        let wall = millis(begun.elapsed());
        let text = answer.text()?;
        if 300 <= answer.status {
            return Err(format!("{path} answered {}: {text}", answer.status).into());
        }
        (self.check)(n, &text).map_err(|wrong| format!("{path}: {wrong}: {:.400}", text))?;
        Ok((wall, answer.bytes))
    }
}

impl Asked<'_> {
    fn cpu(&self) -> Result<Duration> {
        Ok(cpu_of(self.running.process())? + cpu_of_server(self.server))
    }

    /// The head of the table that [`Asked::row`] fills.
    pub fn head(title: &str) {
        println!("\n## {title}\n");
        println!(
            "| request | CPU, ms | goal | met | bare statement, ms | ratio | p50, ms | p99, ms | bytes |"
        );
        println!("|---|---:|---:|---|---:|---:|---:|---:|---:|");
    }

    /// Asks by one client, at least so many times, and prints a line; gives the CPU of a request and whether the goal was met.
    ///
    /// # Errors
    /// When an answer is not right.
    pub fn row(&self, question: &Question, calls: u64, floor: &mut Floor) -> Result<(f64, bool)> {
        let mut client = Client::open(self.running.address)?;
        let mut walls = Vec::new();
        let mut bytes = question.ask(&mut client, &self.headers, 0)?.1;
        let (begun, before) = (Instant::now(), self.cpu()?);
        let mut cpu = Duration::ZERO;
        while (walls.len() as u64) < calls || millis(cpu) < ENOUGH {
            let (wall, came) = question.ask(&mut client, &self.headers, 1 + walls.len() as u64)?;
            walls.push(wall);
            bytes = came;
            if walls.len() % 50 == 0 {
                cpu = self.cpu()?.saturating_sub(before);
            }
            if 8 < begun.elapsed().as_secs() {
                break;
            }
        }
        let cpu = millis(self.cpu()?.saturating_sub(before)) / walls.len() as f64;
        let bare = question.floor.as_ref().map(|bare| floor.cost(bare)).transpose()?;
        let met = question.goal.is_none_or(|(_, most)| cpu <= most);
        let goal = question.goal.map_or_else(|| "–".to_owned(), |(name, most)| format!("{name} ≤ {most}"));
        let said = if question.goal.is_none() {
            "–"
        } else if met {
            "yes"
        } else {
            "**no**"
        };
        let (floor, ratio) = bare.map_or_else(
            || ("–".to_owned(), "–".to_owned()),
            |(bare, _)| (format!("{bare:.3}"), format!("{:.1}", cpu / bare)),
        );
        println!(
            "| {} | {cpu:.2} | {goal} | {said} | {floor} | {ratio} | {:.2} | {:.2} | {bytes} |",
            question.what,
            median(&walls),
            quantile(&walls, 0.99)
        );
        Ok((cpu, met))
    }

    /// Asks by sixteen clients for so long; each answer is checked.
    ///
    /// # Errors
    /// When an answer is not right.
    pub fn many(&self, question: &Question, time: Duration) -> Result<Rate> {
        let (begun, before) = (Instant::now(), self.cpu()?);
        let all: Vec<_> = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|client| {
                    scope.spawn(move || {
                        asking(question, self.running.address, &self.headers, client, begun, time)
                    })
                })
                .collect();
            clients.into_iter().map(|client| client.join()).collect()
        });
        let took = begun.elapsed().as_secs_f64();
        let cpu = millis(self.cpu()?.saturating_sub(before));
        let mut walls = Vec::new();
        for answer in all {
            walls.extend(answer.map_err(|_| "a client broke off")??);
        }
        let count = walls.len() as f64;
        Ok(Rate { rate: count / took, cpu: cpu / count, p50: median(&walls), p99: quantile(&walls, 0.99) })
    }
}

/// One of many clients; each asks what no other asks.
fn asking(
    question: &Question,
    address: SocketAddr,
    headers: &str,
    client: u64,
    begun: Instant,
    time: Duration,
) -> std::result::Result<Vec<f64>, String> {
    let mut open = Client::open(address).map_err(|cause| cause.to_string())?;
    let (mut walls, mut n) = (Vec::new(), 1_000_000 + client);
    while begun.elapsed() < time {
        walls.push(question.ask(&mut open, headers, n).map_err(|cause| cause.to_string())?.0);
        n += CLIENTS;
    }
    Ok(walls)
}
