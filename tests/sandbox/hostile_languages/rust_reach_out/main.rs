use std::{env, fs, net, path::Path, process::Command};

fn main() {
    let attempts: [(&str, bool); 6] = [
        ("connect", net::TcpStream::connect("127.0.0.1:22").is_ok()),
        ("listen", net::TcpListener::bind("127.0.0.1:0").is_ok()),
        ("shadow", fs::read("/etc/shadow").is_ok()),
        ("init", fs::read("/proc/1/environ").is_ok()),
        ("write", fs::write("/box/left", "x").is_ok()),
        ("kill", Command::new("/bin/kill").args(["-9", "1"]).status().map(|s| s.success()).unwrap_or(false)),
    ];
    for (name, worked) in attempts {
        println!("{} {}", name, if worked { "worked" } else { "refused" });
    }
    let mut names: Vec<String> = env::vars().map(|(name, _)| name).collect();
    names.sort();
    println!("{} {}", Path::new("/sys/fs/cgroup").exists(), names.join(","));
}
