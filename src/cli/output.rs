//! Files that appear whole or not at all.
//!
//! What is written goes to a temporary file beside its place, is flushed to the disk, and takes its
//! name only then. An interrupt removes what is not finished.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::{NamedTempFile, TempPath};

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
        super::session::give_screen_back();
        std::process::exit(130);
    });
}

fn unfinished() -> std::sync::MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A file under way.
pub struct Staged {
    /// The place as the user names it.
    name: PathBuf,
    /// The place with links followed.
    place: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl Staged {
    /// Begins a file that shall appear at `name`, or where a link of that name leads.
    pub fn new(name: &Path) -> io::Result<Self> {
        // A new file may be read by everyone whom the user's mask allows, not only by the user.
        Self::with_mode(name, 0o666)
    }

    /// Begins a file with these permissions, of which the user's mask takes some away; systems without
    /// them pass them over.
    #[cfg_attr(not(unix), expect(unused_variables))]
    fn with_mode(name: &Path, mode: u32) -> io::Result<Self> {
        let place = name.canonicalize().unwrap_or_else(|_| name.to_owned());
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        // An interrupt waits until the new file is known, and then removes it too.
        let mut unfinished = unfinished();
        let mut builder = tempfile::Builder::new();
        builder.prefix(".deckle-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
        let file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        unfinished.push(file.path().to_owned());
        let file = BufWriter::with_capacity(1 << 17, file);
        Ok(Self { name: name.to_owned(), place, file })
    }

    /// Writes what is left to the disk, so that only the name is missing.
    pub fn complete(self) -> Result<Complete, Failure> {
        let name = self.name.clone();
        self.flushed().map_err(|error| Failure::writing(&name, &error))
    }

    fn flushed(self) -> io::Result<Complete> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Ok(old) = std::fs::metadata(&self.place) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        // However many files there are, no more than one of them is held open.
        let file = file.into_temp_path();
        Ok(Complete { name: self.name, place: self.place, file })
    }
}

/// A file that is whole and has no name yet.
pub struct Complete {
    name: PathBuf,
    place: PathBuf,
    file: TempPath,
}

impl Complete {
    /// Gives the file its name. Where another program holds the old file open, which some systems
    /// do not replace then, the new one takes a name beside it, so that no work is lost.
    fn finish(self) -> Result<(), Failure> {
        let temporary = self.file.to_path_buf();
        let done = match self.file.persist(&self.place) {
            Ok(()) => Ok(()),
            Err(error) => {
                let mut failure = Failure::writing(&self.name, &error.error);
                if let Some(beside) = keep_beside(&self.place, error.path) {
                    failure.problems[0].help = Some(kept(&beside));
                }
                Err(failure)
            }
        };
        unfinished().retain(|path| *path != temporary);
        done
    }
}

/// Keeps a file that could not take its name under another; returns that.
fn keep_beside(place: &Path, mut file: TempPath) -> Option<PathBuf> {
    for beside in (1..100).map(|number| name_beside(place, number)) {
        match file.persist_noclobber(&beside) {
            Ok(()) => return Some(beside),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => file = error.path,
            Err(_) => return None,
        }
    }
    None
}

fn kept(beside: &Path) -> String {
    let beside = beside.display();
    format!("the new file is kept as `{beside}`; if a program holds the old one open, close it")
}

/// Returns `cards-new.pdf` for `cards.pdf`, then `cards-new-2.pdf` and so on.
fn name_beside(place: &Path, number: usize) -> PathBuf {
    let stem = place.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = place.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    let ending = ending.unwrap_or_default();
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    place.with_file_name(format!("{stem}-new{number}{ending}"))
}

/// Gives several files their names; none takes one before all are whole.
pub fn finish_together(files: Vec<Staged>) -> Result<(), Failure> {
    name_together(files.into_iter().map(Staged::complete).collect::<Result<_, Failure>>()?)
}

/// Gives several whole files their names.
///
/// What is told of a failure says how many have their names already.
pub fn name_together(files: Vec<Complete>) -> Result<(), Failure> {
    let all = files.len();
    for (done, file) in files.into_iter().enumerate() {
        file.finish().map_err(|failure| partly(failure, done, all))?;
    }
    Ok(())
}

/// Adds to a failure how many of several files are in place.
fn partly(mut failure: Failure, done: usize, all: usize) -> Failure {
    if all > 1 {
        let note = format!("{done} of {all} files are in place, the others were removed");
        failure.problems.push(Diagnostic::note("partly-written", note));
    }
    failure
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Refuses a place that holds one of the inputs, or something else without `force`.
pub fn allow(place: &Path, inputs: &[PathBuf], force: bool) -> Result<(), Failure> {
    if inputs.iter().any(|input| same_file(input, place)) {
        let found = format!("the output `{}` is also an input", place.display());
        let problem = Diagnostic::error("output-is-input", found);
        return Err(Failure::usage(problem.help("name another file")));
    }
    if place.is_dir() {
        return Err(is_folder(place, "cards.pdf"));
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

/// Refuses places of which two are the same file.
pub fn distinct(places: &[PathBuf]) -> Result<(), Failure> {
    let whole = |place: &PathBuf| {
        place.canonicalize().ok().or_else(|| {
            let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
            Some(folder.unwrap_or(Path::new(".")).canonicalize().ok()?.join(place.file_name()?))
        })
    };
    let mut known: Vec<PathBuf> = Vec::new();
    for place in places {
        let known_as = whole(place).unwrap_or_else(|| place.clone());
        if known.contains(&known_as) {
            let found = format!("two outputs go to `{}`", place.display());
            let problem = Diagnostic::error("same-output", found);
            return Err(Failure::usage(problem.help("give each a name of its own")));
        }
        known.push(known_as);
    }
    Ok(())
}

/// What is told where a folder is named as the output; `file` is one that could stand in it.
pub fn is_folder(place: &Path, file: &str) -> Failure {
    let found = format!("the output `{}` is a folder", place.display());
    let inside = place.join(file).display().to_string();
    // What stands for the number of a pack means something to some shells.
    let inside = if inside.contains('{') { format!("'{inside}'") } else { inside };
    let help = format!("name a file in it, such as `{inside}`");
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
    write_together(&[(place, bytes)])
}

/// Writes a whole file at once that only its owner may read, unless it was there and others could.
pub fn write_private(place: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let stage = || {
        let mut staged = Staged::with_mode(place, 0o600)?;
        staged.write_all(bytes)?;
        Ok(staged)
    };
    let staged = stage().map_err(|error: io::Error| Failure::writing(place, &error))?;
    name_together(vec![staged.complete()?])
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

/// Writes a file that has no name yet.
pub fn whole(place: &Path, bytes: &[u8]) -> Result<Complete, Failure> {
    let stage = || {
        let mut staged = Staged::new(place)?;
        staged.write_all(bytes)?;
        Ok(staged)
    };
    stage().map_err(|error: io::Error| Failure::writing(place, &error))?.complete()
}

/// Writes several whole files; none appears before all of them are written.
pub fn write_together(files: &[(&Path, &[u8])]) -> Result<(), Failure> {
    let written = files.iter().map(|(place, bytes)| whole(place, bytes));
    name_together(written.collect::<Result<_, Failure>>()?)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn staged(place: &Path, words: &[u8]) -> Staged {
        let mut staged = Staged::new(place).expect("the folder is there");
        staged.write_all(words).expect("the disk has room");
        staged
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("the folder is there");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("it is readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// A folder of the output's name stands in here for a file that a viewer holds open: neither
    /// gives its name away.
    #[test]
    fn a_file_that_cannot_take_its_name_is_kept_beside_it() {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let place = folder.path().join("cards.pdf");
        for (run, kept) in ["cards-new.pdf", "cards-new-2.pdf"].into_iter().enumerate() {
            let file = staged(&place, kept.as_bytes());
            std::fs::create_dir_all(place.join("held")).expect("it can be made");
            let failure = finish_together(vec![file]).expect_err("the name is taken");
            let help = failure.problems[0].help.clone().unwrap_or_default();
            assert!(help.contains(kept), "{run}: {help}");
            let text = std::fs::read_to_string(folder.path().join(kept)).expect("it is kept");
            assert_eq!(text, kept);
        }
        assert_eq!(names(folder.path()), ["cards-new-2.pdf", "cards-new.pdf", "cards.pdf"]);
    }

    #[test]
    fn of_several_files_those_in_place_are_told() {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let [first, held, last] = ["a.png", "b.png", "c.png"].map(|name| folder.path().join(name));
        let files = [&first, &held, &last].map(|place| staged(place, b"pixels"));
        std::fs::create_dir_all(held.join("held")).expect("it can be made");
        let failure = finish_together(files.into()).expect_err("the name is taken");
        assert!(failure.problems[1].found.starts_with("1 of 3 files are in place"));
        assert_eq!(names(folder.path()), ["a.png", "b-new.png", "b.png"]);
    }
}
