//! The compiler for `wasm32-unknown-unknown`, and the compilation of a crate with it.
//!
//! rustup's target is used where it is installed or can be. Where rustup reaches no server,
//! Debian's compiler and the standard library's sources do the same work; cargo and the linker are
//! rustup's in both ways.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::install;
use crate::shell;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler that can build WebAssembly, and the standard library it builds.
const DEBIAN_PACKAGES: [&str; 2] = ["rustc-web", "rust-web-src"];
const DEBIAN_COMPILER: &str = "/usr/bin/rustc";

/// A compiler that can build WebAssembly.
pub(super) enum Compiler {
    /// rustup's toolchain, with the target installed.
    Rustup,
    /// Debian's compiler, which links with rustup's `rust-lld`.
    Debian {
        /// The path of `rust-lld`.
        linker: PathBuf,
    },
}

impl Compiler {
    /// Finds a compiler for the target, and installs one where there is none.
    pub(super) fn find() -> Outcome<Self> {
        if has_target() {
            return Ok(Self::Rustup);
        }
        // Where Debian's compiler was needed once, rustup is not asked again: it would wait for its server.
        if !install::has_debian_packages(&DEBIAN_PACKAGES) {
            if add_target() {
                return Ok(Self::Rustup);
            }
            let purpose = format!("`rustup target add {TARGET}` failed, which WebAssembly needs");
            install::debian_packages(&purpose, &DEBIAN_PACKAGES)?;
        }
        linker().map(|linker| Self::Debian { linker })
    }

    /// Compiles a package and returns its module's path.
    pub(super) fn compile(&self, workspace: &Workspace, package: &str) -> Outcome<PathBuf> {
        let module = format!("{TARGET}/wasm/{}.wasm", package.replace('-', "_"));
        let mut cargo = workspace.cargo();
        cargo.args(["build", "--package", package, "--target", TARGET, "--profile", "wasm"]);
        match self {
            Self::Rustup => {
                shell::run(&mut cargo)?;
                Ok(workspace.built(&module))
            }
            Self::Debian { linker } => {
                // A folder of its own: the two compilers must not undo each other's work.
                let target = workspace.built("wasm-debian");
                build_with_debian(&mut cargo, linker, &target)?;
                Ok(target.join(module))
            }
        }
    }
}

/// Debian has no compiled standard library for the target, so cargo builds it, which it otherwise
/// does only for nightly compilers.
fn build_with_debian(cargo: &mut Command, linker: &Path, target: &Path) -> Outcome {
    println!("building with Debian's compiler, the standard library first");
    cargo
        .arg("-Zbuild-std=std,panic_abort")
        .arg("--target-dir")
        .arg(target)
        .env("RUSTC", DEBIAN_COMPILER)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    shell::run(cargo)
}

/// Whether the compiler in use has the target's standard library, however it came there.
fn has_target() -> bool {
    library_folder(&["--target", TARGET]).is_ok_and(|folder| folder.is_dir())
}

fn add_target() -> bool {
    println!("adding the target {TARGET} to the Rust toolchain");
    shell::run(Command::new("rustup").args(["target", "add", TARGET])).is_ok() && has_target()
}

/// `rust-lld` lies beside the folder of the host's standard library.
fn linker() -> Outcome<PathBuf> {
    let libraries = library_folder(&[])?;
    let linker = libraries.with_file_name("bin").join("rust-lld");
    if linker.is_file() {
        return Ok(linker);
    }
    Err(Trouble::missing(format!(
        "{} is missing, and WebAssembly cannot be linked without it; `rustup target add {TARGET}` installs all that \
         is needed",
        linker.display()
    )))
}

fn library_folder(options: &[&str]) -> Outcome<PathBuf> {
    let printed = shell::capture(Command::new("rustc").args(["--print", "target-libdir"]).args(options))?;
    Ok(PathBuf::from(printed.trim()))
}
