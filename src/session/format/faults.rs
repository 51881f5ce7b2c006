//! What is told of a format file that cannot be read.

use crate::problem::{Diagnostic, did_you_mean};

/// Returns the problem of which a reader of TOML has this to say, `line` being the one it means.
pub(super) fn syntax(message: &str, line: &str) -> Diagnostic {
    let problem = |found: String| Diagnostic::error("format-syntax", found);
    let mut quoted = message.split('`').skip(1).step_by(2);
    let stranger = quoted.next().unwrap_or_default().to_owned();
    let names: Vec<&str> = quoted.collect();
    let near = || match did_you_mean(&stranger, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("take it away, or write one of {}", names.join(", ")),
    };
    if message.starts_with("unknown field") {
        return problem(format!("nothing here is called `{stranger}`")).help(near());
    }
    if message.starts_with("unknown variant") {
        return problem(format!("`{stranger}` is not known here"))
            .expected(names.join(", "))
            .help(near());
    }
    if message.starts_with("missing field") {
        let help = match &*stranger {
            "schema" => "write `schema = 1` above all else",
            "id" => "write `id = \"my-evening\"` into it, or another name",
            "title" => "write `title = \"Round\"` into it, or another name",
            "seconds" => "write `seconds = 60` into it, or `seconds = [30, 60, 120]`",
            "does" => "write what is done: `does = \"answers\"`",
            "role" => "write who does it: `role = \"speaker\"`",
            _ => "write it",
        };
        return problem(format!("no `{stranger}` is said")).help(help);
    }
    if message.starts_with("duplicate key") {
        let key = line.split('=').next().unwrap_or_default().trim();
        return problem(format!("`{key}` is said twice")).help("take one of the two away");
    }
    problem(format!("`{}` cannot be read: {message}", line.trim()))
        .help("`deckle session check-in --show-format` shows how a format is written")
}
