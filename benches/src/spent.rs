//! What a piece of work cost: CPU time of the whole process (or of another one), and time on the clock.

use std::{
    fs,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

use crate::Result;

/// What a piece of work cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// User and system time of all threads.
    pub cpu: Duration,
    /// Time on the clock; noise on a machine that does other things as well.
    pub wall: Duration,
}

/// Does some work in this process and says what it cost.
pub fn spent<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let (cpu, wall) = (own_cpu(), Instant::now());
    let answer = work();
    (answer, Spent { cpu: own_cpu().saturating_sub(cpu), wall: wall.elapsed() })
}

/// CPU time of this process so far.
pub fn own_cpu() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// Runs a program to its end and says what it cost; the kernel counts in hundredths of a second here.
///
/// # Errors
/// When it cannot be started or fails.
pub fn spent_by(command: &mut std::process::Command) -> Result<Spent> {
    let (before, wall) = (stat("self")?.children, Instant::now());
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(Spent { cpu: stat("self")?.children.saturating_sub(before), wall: wall.elapsed() })
}

/// CPU time of another process so far.
///
/// # Errors
/// When there is no such process.
pub fn cpu_of(process: u32) -> Result<Duration> {
    Ok(stat(&process.to_string())?.own)
}

/// CPU time so far of the processes of a database server that work on a database of this name; none for an embedded
/// one.
pub fn cpu_of_server(database: Option<&str>) -> Duration {
    let Some(name) = database.and_then(|url| url.rsplit('/').next()) else { return Duration::ZERO };
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let works_on_it = |id: &str| {
        let title = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        let title = String::from_utf8_lossy(&title).into_owned();
        title.starts_with("postgres: ") && title.split([' ', '\0']).any(|word| word == name)
    };
    processes
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()) && works_on_it(id))
        .filter_map(|id| stat(&id).ok())
        .map(|stat| stat.own)
        .sum()
}

/// Memory of a process that is in use now, in KiB, and the part of it that is its own and no file's.
///
/// # Errors
/// When there is no such process.
pub fn memory_of(process: u32) -> Result<(u64, u64)> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    Ok((line("VmRSS:"), line("RssAnon:")))
}

struct Stat {
    own: Duration,
    children: Duration,
}

fn stat(process: &str) -> Result<Stat> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<u64> = text
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    // After the name: utime, stime, cutime and cstime are the fields 11 to 14, in hundredths of a second.
    let ticks = |n: usize| Duration::from_millis(fields.get(n).copied().unwrap_or(0) * 10);
    Ok(Stat { own: ticks(11) + ticks(12), children: ticks(13) + ticks(14) })
}
