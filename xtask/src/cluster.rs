//! A PostgreSQL cluster of our own for one run: on loopback, in a folder of that run, gone afterwards.
//!
//! It runs with `fsync` and everything else that the store insists on, under a user that is not root, and ends
//! with this process however that ends.

use std::{
    env, fs,
    fs::File,
    io::Read,
    net::TcpListener,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::machine;

const PREFIX: &str = "mainstay-postgres-";
const USER: &str = "postgres";
const PATIENCE: Duration = Duration::from_secs(60);

/// A running cluster; dropping it stops the server and removes its folder.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    password: String,
    server: Child,
}

impl Cluster {
    /// Makes a cluster in that place, starts it and waits until it answers.
    pub fn start(place: &Path) -> Result<Cluster> {
        sweep();
        let programs = machine::database_programs()?;
        let folder = place.join(format!("{PREFIX}{}", id()));
        let password = random_word()?;
        prepare(&programs, &folder, &password)?;
        let port = free_port()?;
        let server = serve(&programs, &folder, port)?;
        let mut cluster = Cluster { programs, folder, port, password, server };
        cluster.wait()?;
        Ok(cluster)
    }

    /// Where tests reach it, with the right to create databases.
    pub fn url(&self) -> String {
        format!("postgres://mainstay:{}@127.0.0.1:{}/postgres", self.password, self.port)
    }

    fn wait(&mut self) -> Result<()> {
        let begun = Instant::now();
        let port = self.port.to_string();
        let asks = ["-q", "-h", "127.0.0.1", "-p", &port, "-d", "postgres"];
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.server.try_wait()? {
                bail!("start the database server: {status}\n{}", self.log());
            }
            let asked = Command::new(self.programs.join("pg_isready")).args(asks).status();
            if asked.context("start pg_isready")?.success() {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        bail!("wait for the database server: no answer within {PATIENCE:?}\n{}", self.log())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stop = as_user(&self.programs.join("pg_ctl"))
            .args(["stop", "-s", "-m", "immediate", "-D"])
            .arg(self.folder.join("cluster"))
            .status();
        if !stop.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder, owned by whoever will serve from it, and the cluster in it.
fn prepare(programs: &Path, folder: &Path, password: &str) -> Result<()> {
    let secret = folder.join("password");
    fs::create_dir(folder).with_context(|| format!("make {}", folder.display()))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    fs::write(&secret, password)?;
    File::create(folder.join("log"))?;
    if machine::is_root() {
        let user = user_id()?;
        for path in [folder, &secret, &folder.join("log")] {
            chown(path, Some(user), None).with_context(|| format!("give {} to {USER}", path.display()))?;
        }
    }
    let made = as_user(&programs.join("initdb"))
        .args(["--username=mainstay", "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--pwfile"])
        .arg(&secret)
        .arg("-D")
        .arg(folder.join("cluster"))
        .output()
        .context("start initdb")?;
    if !made.status.success() {
        bail!("make a database cluster: {}\n{}", made.status, String::from_utf8_lossy(&made.stderr));
    }
    Ok(())
}

fn serve(programs: &Path, folder: &Path, port: u16) -> Result<Child> {
    let log = File::options().append(true).open(folder.join("log"))?;
    as_user(&programs.join("postgres"))
        .arg("-D")
        .arg(folder.join("cluster"))
        .args(["-h", "127.0.0.1", "-p", &port.to_string(), "-c", "unix_socket_directories="])
        .args(["-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on"])
        .args(["-c", "max_connections=200", "-c", "shared_buffers=256MB"])
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("start the database server")
}

/// The server refuses to run as root; and the kernel ends it when this process is gone.
fn as_user(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if machine::is_root() {
        command.args(["--reuid", USER, "--regid", USER, "--init-groups"]);
    }
    command.args(["--pdeathsig", "QUIT", "--"]).arg(program).current_dir("/").stdin(Stdio::null());
    command
}

/// The user that Debian's package brings, made if it is not there.
fn user_id() -> Result<u32> {
    let find = || machine::output("id", &["-u", USER]);
    let known = find().or_else(|| {
        let made = Command::new("useradd").args(["--system", "--user-group", USER]).status();
        made.is_ok_and(|status| status.success()).then(find).flatten()
    });
    known.context("find or make the user postgres")?.parse().context("read the id of the user postgres")
}

/// What runs that were killed left behind.
fn sweep() {
    for entry in fs::read_dir(env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix(PREFIX).filter(|owner| owner.parse::<u32>().is_ok());
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn free_port() -> Result<u16> {
    let taken = TcpListener::bind(("127.0.0.1", 0)).context("find a free port")?;
    Ok(taken.local_addr()?.port())
}

/// Other people of this machine reach loopback too.
fn random_word() -> Result<String> {
    let mut bytes = [0u8; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes).context("read random bytes")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
