//! A real `mainstay serve` beside this program, and somebody signed in to it.

use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use mainstay::config::{self, Settings};
use serde_json::Value;

use crate::{Result, client::Client};

/// The program `mainstay`, built beside this one.
///
/// # Errors
/// When it is not there: `cargo build --release -p mainstay -p benches` makes both.
pub fn program() -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("mainstay");
    match path.exists() {
        true => Ok(path),
        false => Err("there is no mainstay beside this program; `make bench` builds both".into()),
    }
}

/// A server that ends with this value.
pub struct Running {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to the first answer that it is well.
    pub started: Duration,
}

impl Running {
    /// Starts it and waits until it answers.
    ///
    /// # Errors
    /// When it does not within a minute.
    pub fn start(settings: &Settings) -> Result<Running> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(program()?);
        command.arg("serve").arg("--listen").arg(address.to_string()).arg("--data").arg(&settings.data);
        if let Some(url) = &settings.database {
            command.arg("--database").arg(url);
        }
        let begun = Instant::now();
        let child = command.stdout(Stdio::null()).spawn()?;
        let mut running = Running { child, address, started: Duration::ZERO };
        while begun.elapsed() < Duration::from_secs(60) {
            let answer = Client::open(address).and_then(|mut client| client.get("/health", ""));
            if answer.is_ok_and(|answer| answer.status == 200) {
                running.started = begun.elapsed();
                return Ok(running);
            }
            thread::sleep(Duration::from_millis(1));
        }
        Err("the server did not answer within a minute".into())
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A server that has ended already needs no ending.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Signs the owner in, past the pages; gives the line of the header that shows it.
///
/// # Errors
/// When the house does not open.
pub fn signed_in(settings: &Settings) -> Result<String> {
    let open = config::open(settings)?;
    let cx = open.house.context();
    let cookie = open.house.store.write(&cx, |tx| {
        let link = access::owner_link(&cx, tx)?;
        access::sign_in(&cx, tx, &link).map(|session| session.cookie)
    })?;
    Ok(format!("Cookie: {}={cookie}\r\n", mainstay::serve::caller::COOKIE))
}

/// Has an owner made who sends a token of their own; gives the line of the header that shows it.
///
/// # Errors
/// When the program refuses.
pub fn token(settings: &Settings) -> Result<String> {
    let told = |words: &[&str]| -> Result<Value> {
        let mut command = Command::new(program()?);
        command.args(words).args(["-o", "json", "--data"]).arg(&settings.data);
        if let Some(url) = &settings.database {
            command.arg("--database").arg(url);
        }
        Ok(serde_json::from_slice(&command.output()?.stdout)?)
    };
    let person = told(&["person", "add", "Bench", "--role", "owner"])?;
    let person = person["id"].as_str().ok_or("nobody was added")?;
    let token = told(&["token", "add", "bench", "--person", person])?;
    Ok(format!("Authorization: Bearer {}\r\n", token["token"].as_str().ok_or("no token was made")?))
}
