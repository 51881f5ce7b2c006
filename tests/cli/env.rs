//! A folder of its own for each test, and nothing of the machine in it.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};

use assert_cmd::Command;

/// The program in a folder of its own, which goes when the test ends.
pub struct Deckle {
    folder: PathBuf,
}

/// How a run ended.
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Ran {
    /// Returns the results as text.
    pub fn out(&self) -> String {
        String::from_utf8(self.stdout.clone()).unwrap()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A small sound deck.
pub const TABLE: &str = "category,depth,prompt\nPlay,1,Who are you?\nTrust,2,What now?\n";

impl Deckle {
    /// An empty folder.
    pub fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("cli-{}-{number}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(folder.join("home")).unwrap();
        Self { folder }
    }

    /// A folder with `family.csv`, which holds [`TABLE`].
    pub fn with_table() -> Self {
        Self::new().file("family.csv", TABLE)
    }

    /// Adds a file.
    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Returns the names in the folder, in order, hidden ones too; `home` is left out.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "home");
        names.sort();
        names
    }

    /// Returns the program with a bare environment.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deckle"));
        let home = self.path("home");
        command.current_dir(&self.folder).env_clear().env("LANG", "en_GB.UTF-8");
        for name in ["HOME", "DECKLE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(name, &home);
        }
        command.env("NO_COLOR", "1").timeout(std::time::Duration::from_secs(120));
        command
    }

    /// Runs words that are parted by blanks.
    pub fn run(&self, words: &str) -> Ran {
        self.command().args(words.split_whitespace()).output().unwrap().into()
    }

    /// Runs words and expects success.
    pub fn done(&self, words: &str) -> Ran {
        let ran = self.run(words);
        assert_eq!(ran.code, Some(0), "deckle {words}\n{}", ran.stderr);
        ran
    }

    /// Runs words and expects an exit code, a message, and no file that was not there.
    pub fn refused(&self, words: &str, code: i32, message: &str) {
        let before = self.names();
        let ran = self.run(words);
        assert_eq!(ran.stderr, message, "deckle {words}");
        assert_eq!(ran.code, Some(code), "deckle {words}");
        assert_eq!(self.names(), before, "deckle {words}");
    }

    /// Runs a line of the shell, in which `$DECKLE` is the program, and returns its exit code and
    /// all that was written.
    pub fn shell(&self, line: &str) -> Ran {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", line]).current_dir(&self.folder).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for name in ["HOME", "DECKLE_HOME"] {
            command.env(name, self.path("home"));
        }
        command.env("LANG", "en_GB.UTF-8").env("DECKLE", env!("CARGO_BIN_EXE_deckle"));
        command.output().unwrap().into()
    }
}

impl Drop for Deckle {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
