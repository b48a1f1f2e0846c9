"""A web server in front that packs what a system sends unpacked, as every guide to running one tells to put there."""

import shutil
import subprocess
import time

from postgres import end

# A system's port and that of the server in front of it are so far apart.
APART = 5_000
PACKED = "text/css application/javascript text/javascript application/json image/svg+xml"


class Proxy:
    """nginx, where it is there: on the machine, or unpacked into `nginx` beside the systems."""

    def __init__(self, place, ports):
        self.place, self.ports, self.server = place / "nginx", ports, None
        self.program = shutil.which("nginx", path=f"{self.place / 'usr/sbin'}:/usr/sbin:/usr/bin:/usr/local/bin")

    def start(self):
        """Fetches it by apt where it is nowhere, and starts it."""
        self.place.mkdir(parents=True, exist_ok=True)
        if not self.program:
            self._unpack()
        config = self.place / "nginx.conf"
        config.write_text(self._config())
        words = [self.program, "-p", self.place, "-c", config, "-e", self.place / "log", "-g", "daemon off;"]
        self.server = subprocess.Popen(words, start_new_session=True)
        time.sleep(1)
        if self.server.poll() is not None:
            raise SystemExit(f"nginx did not start; {self.place / 'log'} says why")

    def stop(self):
        """Ends it."""
        end(self.server)

    def before(self, page):
        """The same page through this server, where the system packs nothing by itself."""
        if not page.pop("unpacked", False):
            return page
        through = dict(page)
        for port in self.ports:
            for name in ("list", "entry"):
                through[name] = through[name].replace(f":{port}/", f":{port + APART}/")
        return through

    def _unpack(self):
        folder = self.place / "package"
        folder.mkdir(exist_ok=True)
        words = ["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", "nginx"]
        subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for package in folder.glob("nginx_*.deb"):
            subprocess.run(["dpkg", "-x", package, self.place], check=True)
        self.program = self.place / "usr/sbin/nginx"

    def _config(self):
        servers = "\n".join(
            f"server {{ listen 127.0.0.1:{port + APART}; listen [::1]:{port + APART};"
            f" location / {{ proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $http_host; }} }}"
            for port in self.ports
        )
        folders = "".join(
            f"{kind}_temp_path {self.place / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return (
            f"worker_processes 1;\nuser root;\npid {self.place / 'pid'};\nevents {{}}\nhttp {{\n{folders}access_log off;\n"
            "types { text/html html; text/css css; application/javascript js; image/svg+xml svg; }\n"
            "proxy_http_version 1.1; proxy_set_header Connection '';\n"
            f"gzip on; gzip_proxied any; gzip_comp_level 6; gzip_min_length 256; gzip_types {PACKED};\n{servers}\n}}\n"
        )
