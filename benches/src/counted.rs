//! Instructions that this process executes, counted by the kernel where `perf` is there and may count.

use std::{
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// A count under way.
pub struct Counting(Option<Child>);

impl Counting {
    /// Begins to count this process, on all of its threads.
    pub fn begin() -> Counting {
        let pid = std::process::id().to_string();
        let mut perf = Command::new("perf");
        perf.args(["stat", "-x", ",", "-e", "instructions:u", "-p", &pid]);
        let child = perf.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        // It says nowhere that it has begun to count.
        thread::sleep(Duration::from_millis(300));
        Counting(child.ok())
    }

    /// Ends it; nothing where nobody could count.
    pub fn end(self) -> Option<f64> {
        let child = self.0?;
        let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).ok()?)?;
        rustix::process::kill_process(pid, rustix::process::Signal::INT).ok()?;
        let output = child.wait_with_output().ok()?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = text.lines().find(|line| line.contains("instructions"))?;
        line.split(',').next()?.parse().ok()
    }
}
