//! The house over HTTP: start, memory, the weight of pages, and what a request of the list and of a page costs.
//!
//! `bench-serve [--data DIR] [--database URL] [--calls 300]`; the house is one that `bench-house` made.

use std::{
    collections::BTreeSet,
    fs,
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use benches::{
    Result,
    client::Client,
    number,
    report::{absolute, beside, head, median, millis, quantile},
    running::{Running, signed_in},
    settings,
    spent::{cpu_of, cpu_of_server, memory_of},
};
use mainstay::config::Settings;

const PACKED: &str = "Accept-Encoding: gzip\r\n";

fn main() -> Result<()> {
    let (full, calls) = (settings("/tmp/mainstay-bench"), number("--calls", 300)?);
    let folder = tempfile::tempdir()?;
    let empty = Settings { data: folder.path().join("data"), database: None };
    head("Start and memory", "s or MiB");
    let starts: Vec<f64> = (0..5)
        .map(|n| {
            let fresh = Settings { data: folder.path().join(format!("fresh-{n}")), database: None };
            Running::start(&fresh).map(|running| running.started.as_secs_f64())
        })
        .collect::<Result<_>>()?;
    absolute("fresh start to the first answer, s (P17)", median(&starts), 2.0);
    idle("idle, empty house, MiB (P16)", &Running::start(&empty)?)?;
    let session = signed_in(&full)?;
    let running = Running::start(&full)?;
    absolute("start with the full house, s", running.started.as_secs_f64(), 2.0);
    idle("idle, full house, MiB (P16)", &running)?;
    let relationship = weigh(running.address, &session)?;
    requests(&running, &full, &session, calls, &relationship)?;
    println!();
    head("Memory afterwards", "MiB");
    let (all, own) = memory_of(running.process())?;
    absolute("resident after the bench, MiB (P16)", all as f64 / 1_024.0, 120.0);
    beside("of which its own, not files, MiB", own as f64 / 1_024.0, all as f64 / 1_024.0);
    let size = fs::metadata(full.data.join("mainstay.db")).map_or(0, |file| file.len());
    println!("\ndatabase file: {} MiB", size >> 20);
    Ok(())
}

fn idle(what: &str, running: &Running) -> Result<()> {
    thread::sleep(Duration::from_secs(1));
    absolute(what, memory_of(running.process())?.0 as f64 / 1_024.0, 40.0);
    Ok(())
}

/// The list page with everything it names, cold and warm; gives the path of a relationship on it.
fn weigh(address: SocketAddr, session: &str) -> Result<String> {
    let mut client = Client::open(address)?;
    let headers = format!("{PACKED}{session}");
    let page = client.get("/relationships", &headers)?;
    if page.status != 200 {
        return Err(format!("the list page answered {}", page.status).into());
    }
    let text = page.text()?;
    let named: BTreeSet<&str> = text
        .split(['"', '\''])
        .filter(|part| {
            part.starts_with("/assets/")
                || part.ends_with(".css")
                || part.ends_with(".js")
                || part.ends_with(".woff2")
                || part.ends_with(".svg")
        })
        .collect();
    let (mut cold, mut warm, mut asked) = (page.bytes, page.bytes, 1);
    println!();
    for path in &named {
        let asset = client.get(path, PACKED)?;
        println!("- {path}: {} bytes, status {}", asset.bytes, asset.status);
        cold += asset.bytes;
        warm += if asset.head.contains("immutable") { 0 } else { asset.bytes };
        asked += usize::from(asset.head.contains("immutable"));
    }
    println!("- the page itself: {} bytes, {} unpacked", page.bytes, text.len());
    head("The list page, 50 rows", "KB or requests");
    absolute("cold, KB on the wire (P12)", cold as f64 / 1_000.0, 60.0);
    absolute("cold, requests (P12)", (named.len() + 1) as f64, 5.0);
    absolute("warm, KB on the wire (P13)", warm as f64 / 1_000.0, 12.0);
    absolute("warm, requests (P13)", (1 + named.len() + 1 - asked) as f64, 2.0);
    let found = text.split('"').find(|part| {
        (part.starts_with("/relationships/") || part.starts_with("/accounts/")) && !part.contains('?')
    });
    found.map(str::to_owned).ok_or_else(|| "the list names no relationship".into())
}

fn requests(running: &Running, full: &Settings, session: &str, calls: u64, relationship: &str) -> Result<()> {
    println!("\n## Requests, one client ({relationship})\n");
    println!("| request | p50, ms | p99, ms | CPU of the server, ms | bytes |\n|---|---:|---:|---:|---:|");
    let api = relationship_api(running.address, session)?;
    let paths = [
        ("health (what HTTP itself costs)", "/health"),
        ("list page", "/relationships"),
        ("list page, by net", "/relationships?sort=net"),
        ("list page, names from \"kestrel\"", "/relationships?name=kestrel&sort=name"),
        ("relationship page", relationship),
        ("list, JSON", "/api/v1/relationships?sort=net"),
        ("explanation, JSON", &api),
    ];
    for (what, path) in paths {
        one_client(running, full, session, calls, what, path)?;
    }
    println!("\n## Requests, 16 clients\n");
    println!("| request | requests/s | p50, ms | p99, ms | p99 / p50 |\n|---|---:|---:|---:|---:|");
    many_clients(running.address, session, "list, JSON", "/api/v1/relationships?sort=net")?;
    many_clients(running.address, session, "list page", "/relationships")?;
    many_clients(running.address, session, "explanation, JSON", &api)
}

fn relationship_api(address: SocketAddr, session: &str) -> Result<String> {
    let answer = Client::open(address)?.get("/api/v1/relationships?limit=1", session)?;
    let list: serde_json::Value = serde_json::from_slice(&answer.body)?;
    let id = list["rows"][0]["id"].as_str().ok_or_else(|| format!("no relationship in {list}"))?;
    Ok(format!("/api/v1/relationships/{id}"))
}

fn one_client(
    running: &Running,
    full: &Settings,
    session: &str,
    calls: u64,
    what: &str,
    path: &str,
) -> Result<()> {
    let mut client = Client::open(running.address)?;
    let headers = format!("{PACKED}{session}");
    let (mut walls, mut bytes) = (Vec::new(), 0);
    let server = full.database.as_deref();
    let before = cpu_of(running.process())? + cpu_of_server(server);
    for _ in 0..calls {
        let begun = Instant::now();
        let answer = client.get(path, &headers)?;
        walls.push(millis(begun.elapsed()));
        if answer.status != 200 {
            return Err(format!("{path} answered {}", answer.status).into());
        }
        bytes = answer.bytes;
    }
    let cpu = cpu_of(running.process())? + cpu_of_server(server) - before;
    let each = millis(cpu) / calls as f64;
    println!("| {what} | {:.2} | {:.2} | {each:.2} | {bytes} |", median(&walls), quantile(&walls, 0.99));
    Ok(())
}

fn many_clients(address: SocketAddr, session: &str, what: &str, path: &str) -> Result<()> {
    const CLIENTS: u32 = 16;
    const TIME: Duration = Duration::from_secs(4);
    let begun = Instant::now();
    let ask = || -> std::result::Result<Vec<f64>, String> {
        let mut client = Client::open(address).map_err(|cause| cause.to_string())?;
        let mut walls = Vec::new();
        while begun.elapsed() < TIME {
            let asked = Instant::now();
            let answer = client.get(path, session).map_err(|cause| cause.to_string())?;
            if answer.status != 200 {
                return Err(format!("{path} answered {}", answer.status));
            }
            walls.push(millis(asked.elapsed()));
        }
        Ok(walls)
    };
    let all: Vec<_> = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(ask)).collect();
        clients.into_iter().map(|client| client.join()).collect()
    });
    let mut walls = Vec::new();
    for answer in all {
        walls.extend(answer.map_err(|_| "a client broke off")??);
    }
    let (rate, p50, p99) = (walls.len() as f64 / TIME.as_secs_f64(), median(&walls), quantile(&walls, 0.99));
    println!("| {what} | {rate:.0} | {p50:.1} | {p99:.1} | {:.1} |", p99 / p50);
    Ok(())
}
