//! What is told of a catalogue file that is not in the shape of one, with the line as it should be.

use crate::problem::{Diagnostic, did_you_mean};

/// The shape of the whole file.
const SHAPE: &str = "`schema = 1`, then `[[size]]` or `[[paper]]` tables with `id` and `size`, or \
                     `[[stock]]` tables with `id` and what they measure";

/// Returns the problem of a `line`, of which a reader of TOML has this to say.
pub(super) fn told(message: &str, line: &str) -> Diagnostic {
    let problem = |found: String| Diagnostic::error("catalogue-syntax", found);
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let field = quoted.next().unwrap_or_default();
        let names: Vec<&str> = quoted.collect();
        let problem = problem(format!("nothing here is called `{field}`"));
        return match did_you_mean(field, names.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.expected(names.join(", ")),
        };
    }
    if message.starts_with("missing field") {
        let field = quoted.next().unwrap_or_default();
        return problem(format!("no `{field}` is said")).help(match field {
            "schema" => "write `schema = 1` above all else",
            "id" => "write `id = \"my-own\"` into it, or another name",
            _ => "write `size = \"63x88mm\"` into it, or what it measures",
        });
    }
    if message.starts_with("duplicate key") {
        let key = line.split('=').next().unwrap_or_default().trim();
        return problem(format!("`{key}` is said twice")).help("take one of the two away");
    }
    let unread = format!("`{}` cannot be read", line.trim());
    match (repaired(line.trim()), example(line)) {
        (Some(repaired), _) => problem(unread).help(format!("write `{repaired}`")),
        (None, Some(example)) => problem(unread).expected(example),
        (None, None) => problem(format!("{unread}: {message}")).expected(SHAPE),
    }
}

/// Returns what the key of a line wants, if that is a count or a width and a height.
fn example(line: &str) -> Option<String> {
    let key = line.split(['=', ':']).next().unwrap_or_default().trim();
    match key {
        "columns" | "rows" => Some(format!("a whole number, such as `{key} = 2`")),
        "size" | "card" | "pitch" => {
            Some(format!("a width and a height, such as `{key} = \"85x55mm\"`"))
        }
        _ => None,
    }
}

/// Returns the line as it was most likely meant, if that can be read.
fn repaired(line: &str) -> Option<String> {
    let repaired = match line.strip_prefix('[') {
        Some(head) => {
            let name = head.trim_matches(['[', ']', ' ']);
            ["size", "paper", "stock"].contains(&name).then(|| format!("[[{name}]]"))?
        }
        None => {
            let (key, value) = line.split_once(['=', ':'])?;
            let key = key.trim();
            format!("{key} = {}", value_of(key, value)?)
        }
    };
    (repaired != line && toml::from_str::<toml::Table>(&repaired).is_ok()).then_some(repaired)
}

/// Returns a value as its key wants it.
fn value_of(key: &str, value: &str) -> Option<String> {
    let value = value.split('#').next().unwrap_or_default().trim();
    let plain = plain(value);
    Some(match key {
        "schema" | "columns" | "rows" => plain.parse::<u8>().ok()?.to_string(),
        "rare" => match &*plain.to_lowercase() {
            "yes" | "on" | "true" | "1" => "true".into(),
            _ => "false".into(),
        },
        "size" | "card" | "pitch" if !plain.contains(['x', '×']) => return None,
        "aliases" | "sources" => {
            let words = plain.split(',').map(|word| format!("\"{}\"", word.trim()));
            format!("[{}]", words.collect::<Vec<_>>().join(", "))
        }
        "left" | "top" | "radius" | "size" | "card" | "pitch" if has_no_unit(&plain) => {
            format!("\"{plain}mm\"")
        }
        _ => format!("\"{plain}\""),
    })
}

/// Returns a value without quotes and brackets of any kind; a stroke behind a figure that stands in
/// no quotes is that of inches.
fn plain(value: &str) -> String {
    let is_around = |c: char| "\"'`“”„‟«»‘’‚[]".contains(c);
    let inches = value.strip_suffix(['"', '″']).filter(|_| !value.starts_with(is_around));
    let value = inches.map_or(value.to_owned(), |number| format!("{number}in"));
    let plain: String = value.chars().filter(|c| !is_around(*c)).collect();
    plain.trim().trim_end_matches([',', ';']).to_owned()
}

fn has_no_unit(measure: &str) -> bool {
    !measure.is_empty() && measure.chars().all(|c| c.is_ascii_digit() || " .,/x×+-".contains(c))
}

#[cfg(test)]
mod tests {
    use crate::impose::Catalogues;

    /// Returns what helps against a line of a `[[stock]]` table that cannot be read.
    fn help(line: &str) -> Option<String> {
        let text = format!("schema = 1\n[[stock]]\nid = \"x\"\n{line}\n");
        let told = Catalogues::bundled().merge(&text, "my.toml");
        let [problem] = &told[..] else { panic!("{line}: {told:?}") };
        let place = problem.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        assert!(place.starts_with("my.toml:4:"), "{place}");
        problem.help.clone()
    }

    #[test]
    fn lines_are_told_as_they_were_meant() {
        for (line, repaired) in [
            ("top = 13,5", "top = \"13,5mm\""),
            ("top = 13.5 # measured", "top = \"13.5mm\""),
            ("top = 0.5in", "top = \"0.5in\""),
            ("top = 1/2\"", "top = \"1/2in\""),
            ("left: \"19mm\"", "left = \"19mm\""),
            ("left = “19mm”", "left = \"19mm\""),
            ("left = \"19 mm ", "left = \"19 mm\""),
            ("card = 85x54", "card = \"85x54mm\""),
            ("like = 5371", "like = \"5371\""),
            ("shift = [\"1mm\", \"2mm\"]", "shift = \"1mm, 2mm\""),
            ("aliases = \"5372, 5376\"", "aliases = [\"5372\", \"5376\"]"),
            ("columns = \"3\"", "columns = 3"),
            ("[stock", "[[stock]]"),
        ] {
            assert_eq!(help(line), Some(format!("write `{repaired}`")), "{line}");
        }
        assert_eq!(help("pitch = 85"), None);
        assert_eq!(help("columns = many"), None);
        assert_eq!(help("columns = 2.5"), None);
    }

    #[test]
    fn fields_that_are_not_known_or_said_twice_are_told() {
        assert_eq!(help("Left = \"19mm\"").as_deref(), Some("did you mean `left`?"));
        assert_eq!(help("margin = \"19mm\""), None);
        assert_eq!(help("id = \"y\"").as_deref(), Some("take one of the two away"));
        let told = |text: &str| Catalogues::bundled().merge(text, "my.toml").remove(0);
        let problem = told("schema = 1\n[stock]\nid = \"x\"\n");
        assert_eq!(problem.help.as_deref(), Some("write `[[stock]]`"));
        let problem = told("[[stock]]\nid = \"x\"\n");
        assert_eq!(problem.help.as_deref(), Some("write `schema = 1` above all else"));
        let problem = told("schema = 1\n[[paper]]\nsize = \"1x2m\"\n");
        assert_eq!(problem.found, "no `id` is said");
        let problem = told("schema = 1\n[[paper]]\nid = \"x\"\nsize = \"1x2m\"\nrare = \"yes\"\n");
        assert_eq!(problem.help.as_deref(), Some("write `rare = true`"));
        let problem = told("schema = 1\n[[stock]]\nid = \"x\"\npitch = 85\n");
        let example = "a width and a height, such as `pitch = \"85x55mm\"`";
        assert_eq!(problem.expected.as_deref(), Some(example));
        let problem = told("schema = 1\n[[stocks]]\nid = \"x\"\n");
        assert_eq!(problem.help.as_deref(), Some("did you mean `stock`?"));
    }
}
