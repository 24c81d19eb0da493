//! Says how the program is linked.

use std::env::var;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The compiler's own library, of which Rust needs what walks the stack for a backtrace, as a part of the
    // program: loading it beside takes 0.06 ms, a fortieth of a short command. A cross-compiler may have none.
    let is_native = var("TARGET").is_ok() && var("TARGET") == var("HOST");
    let of_target = |name: &str| var(format!("CARGO_CFG_TARGET_{name}"));
    let is_gnu = of_target("OS").as_deref() == Ok("linux") && of_target("ENV").as_deref() == Ok("gnu");
    if is_native && is_gnu && has("libgcc_eh.a") && has("libgcc.a") {
        println!("cargo::rustc-link-lib=gcc_eh");
        println!("cargo::rustc-link-lib=gcc");
    }
}

/// Whether the compiler has a library: it answers with a path then, and otherwise with the name.
fn has(library: &str) -> bool {
    let asked = Command::new("cc").arg(format!("-print-file-name={library}")).output();
    asked.is_ok_and(|said| Path::new(String::from_utf8_lossy(&said.stdout).trim()).is_absolute())
}
