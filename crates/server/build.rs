//! Rebuilds a release binary when the web that it carries changed. Debug binaries read the web from disk.

fn main() {
    if std::env::var("PROFILE").is_ok_and(|it| it == "release") {
        println!("cargo::rerun-if-changed=../../web/dist");
    } else {
        println!("cargo::rerun-if-changed=build.rs");
    }
    println!("cargo::rerun-if-changed=demo");
}
