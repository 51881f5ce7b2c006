//! Files that appear whole or not at all.
//!
//! What is written goes to a temporary file beside its place, is flushed to the disk, and takes its
//! name only then. An interrupt removes what is not finished.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;

use super::failure::Failure;
use crate::problem::Diagnostic;

/// The temporary files of this moment, for the interrupt to remove.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes unfinished files and ends the program when the user interrupts it.
pub fn clean_up_on_interrupt() {
    // A second handler is refused; the first one does the same.
    let _ = ctrlc::set_handler(|| {
        // The list stays locked to the end, so that no thread begins another file.
        let unfinished = unfinished();
        for path in unfinished.iter() {
            let _ = std::fs::remove_file(path);
        }
        std::process::exit(130);
    });
}

fn unfinished() -> std::sync::MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A file under way.
pub struct Staged {
    place: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl Staged {
    /// Begins a file that shall appear at `place`, or where a link of that name leads.
    pub fn new(place: &Path) -> io::Result<Self> {
        let place = &place.canonicalize().unwrap_or_else(|_| place.to_owned());
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        // An interrupt waits until the new file is known, and then removes it too.
        let mut unfinished = unfinished();
        let file = tempfile::Builder::new()
            .prefix(".deckle-")
            .suffix(".part")
            .permissions(usual_permissions())
            .tempfile_in(folder.unwrap_or(Path::new(".")))?;
        unfinished.push(file.path().to_owned());
        Ok(Self { place: place.to_owned(), file: BufWriter::with_capacity(1 << 17, file) })
    }

    /// Gives the file its name.
    pub fn finish(self) -> io::Result<()> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Ok(old) = std::fs::metadata(&self.place) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        let temporary = file.path().to_owned();
        let kept = file.persist(&self.place).map_err(|error| error.error);
        unfinished().retain(|path| *path != temporary);
        kept.map(drop)
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What a new file may be read by: everyone whom the user's mask allows, not only the user.
#[cfg(unix)]
fn usual_permissions() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(not(unix))]
fn usual_permissions() -> std::fs::Permissions {
    // Only the read-only flag exists there, and a new file has it off.
    let here = std::env::current_exe().and_then(std::fs::metadata).map(|data| data.permissions());
    let mut permissions = here.unwrap_or_else(|_| unreachable!("a running program has a file"));
    #[allow(clippy::permissions_set_readonly_false)]
    permissions.set_readonly(false);
    permissions
}

/// Refuses a place that holds one of the inputs, or something else without `force`.
pub fn allow(place: &Path, inputs: &[PathBuf], force: bool) -> Result<(), Failure> {
    if inputs.iter().any(|input| same_file(input, place)) {
        let found = format!("the output `{}` is also an input", place.display());
        let problem = Diagnostic::error("output-is-input", found);
        return Err(Failure::usage(problem.help("name another file with -o")));
    }
    if place.is_dir() {
        return Err(is_folder(place));
    }
    if place.exists() && !place.is_file() {
        let found = format!("the output `{}` is a device or a pipe, not a file", place.display());
        let help = "write to the standard output with `-o -`, and lead that there";
        return Err(Failure::usage(Diagnostic::error("output-is-device", found).help(help)));
    }
    if place.exists() && !force {
        let found = format!("`{}` exists already", place.display());
        let help = "add --force to replace it, or choose another name";
        return Err(Failure::usage(Diagnostic::error("output-exists", found).help(help)));
    }
    Ok(())
}

/// What is told where a folder is named as the output.
pub fn is_folder(place: &Path) -> Failure {
    let found = format!("the output `{}` is a folder", place.display());
    let help = format!("name a file in it, such as `-o {}`", place.join("cards.pdf").display());
    Failure::usage(Diagnostic::error("output-is-folder", found).help(help))
}

/// Returns whether both names lead to the same file.
fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// Writes a whole file at once.
pub fn write_whole(place: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let write = || -> io::Result<()> {
        let mut staged = Staged::new(place)?;
        staged.write_all(bytes)?;
        staged.finish()
    };
    write().map_err(|error| Failure::writing(place, &error))
}

/// Writes a result; a reader that has seen enough is no error.
pub fn to_standard_output<T: Default>(
    write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> Result<T, Failure> {
    let written = standard().and_then(|mut out| {
        let value = write(&mut out)?;
        out.flush()?;
        Ok(value)
    });
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(T::default()),
        written => written.map_err(|error| Failure::writing(Path::new("-"), &error)),
    }
}

/// Writes several whole files; none appears before all of them are written.
pub fn write_together(files: &[(&Path, &[u8])]) -> Result<(), Failure> {
    let stage = |&(place, bytes): &(&Path, &[u8])| {
        let mut staged = Staged::new(place)?;
        staged.write_all(bytes)?;
        staged.flush()?;
        Ok(staged)
    };
    let mut all = Vec::new();
    for file in files {
        all.push(stage(file).map_err(|error| Failure::writing(file.0, &error))?);
    }
    for (staged, (place, _)) in all.into_iter().zip(files) {
        staged.finish().map_err(|error| Failure::writing(place, &error))?;
    }
    Ok(())
}

/// Returns the standard output as a place to write to.
pub fn standard() -> io::Result<BufWriter<File>> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let copy = io::stdout().as_fd().try_clone_to_owned()?;
        Ok(BufWriter::new(File::from(copy)))
    }
    #[cfg(windows)]
    {
        use std::os::windows::io::AsHandle;
        let copy = io::stdout().as_handle().try_clone_to_owned()?;
        Ok(BufWriter::new(File::from(copy)))
    }
}
