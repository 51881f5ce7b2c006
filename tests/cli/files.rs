//! Files that are read and written: whole or not at all, and the old ones intact.

use super::env::{Deckle, TABLE};

#[test]
fn an_output_that_exists_stays_without_force() {
    let deckle = Deckle::with_table().file("family.pdf", "old");
    deckle.refused(
        "print family.csv",
        2,
        "\
error: `family.pdf` exists already
 = help: add --force to replace it, or choose another name
",
    );
    assert_eq!(deckle.read("family.pdf"), b"old");
    deckle.done("print family.csv --dry-run");
    assert_eq!(deckle.read("family.pdf"), b"old");
    deckle.done("print family.csv --force");
    assert!(deckle.read("family.pdf").starts_with(b"%PDF-"));
    assert_eq!(deckle.names(), ["family.csv", "family.pdf"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let deckle = Deckle::with_table();
    let said = deckle.done("print family.csv --dry-run").stderr;
    assert!(said.contains("2 cards of") && !said.contains("wrote"), "{said}");
    assert_eq!(deckle.names(), ["family.csv"]);
}

#[test]
fn an_output_that_is_an_input_is_refused_even_with_force() {
    let deckle = Deckle::new().file("table.pdf", TABLE);
    deckle.refused(
        "print table.pdf -o ./table.pdf --force",
        2,
        "\
error: the output `./table.pdf` is also an input
 = help: name another file
",
    );
    assert_eq!(deckle.read("table.pdf"), TABLE.as_bytes());
}

#[test]
fn outputs_of_no_known_kind_or_place_are_refused() {
    let deckle = Deckle::with_table().file("out/x", "");
    for (output, code, message) in [
        (
            "cards.docx",
            2,
            "\
error: cannot write `.docx` files
 = expected: an output that ends in .pdf, .png or .svg
 = help: write to `cards.pdf`
",
        ),
        (
            "cards",
            2,
            "\
error: `cards` has no ending that tells its kind
 = expected: an output that ends in .pdf, .png or .svg
 = help: write to `cards.pdf`
",
        ),
        (
            "out",
            2,
            "\
error: the output `out` is a folder
 = help: name a file in it, such as `out/cards.pdf`
",
        ),
        (
            "none/cards.pdf",
            3,
            "\
error: cannot write `none/cards.pdf`: no such file or directory
 = help: create the folder first, or choose another
",
        ),
    ] {
        deckle.refused(&format!("print family.csv -o {output}"), code, message);
    }
    // The ending is told before the deck is read.
    let ran = deckle.run("print none.csv -o cards.docx --dry-run");
    assert!(ran.stderr.contains("no file `none.csv`"), "{}", ran.stderr);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_folder_that_takes_no_files_is_told() {
        // /proc takes no new files, not even from root.
        let deckle = Deckle::with_table();
        let ran = deckle.run("print family.csv -o /proc/cards.pdf");
        let found = "error: cannot write `/proc/cards.pdf`: ";
        assert!(ran.stderr.starts_with(found) && ran.code == Some(3), "{}", ran.stderr);
        let ran = deckle.run("show family.csv -o /proc/cards.png");
        assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told() {
        let deckle = Deckle::new();
        // A link to itself leads nowhere, whoever asks.
        symlink(deckle.path("loop.csv"), deckle.path("loop.csv")).unwrap();
        symlink(deckle.path("gone"), deckle.path("dangling.csv")).unwrap();
        for name in ["loop.csv", "dangling.csv"] {
            let ran = deckle.run(&format!("check {name}"));
            assert_eq!(ran.code, Some(3), "{}", ran.stderr);
            assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
        }
        let ran = deckle.run("check /proc/self/mem");
        assert!(ran.stderr.starts_with("error: cannot read `/proc/self/mem`: "), "{}", ran.stderr);
        assert_eq!(ran.code, Some(3));
    }

    #[test]
    fn a_full_disk_is_told_for_every_result() {
        let deckle = Deckle::with_table();
        for words in [
            "print -o -",
            "print --show-settings",
            "show",
            "show -o -",
            "check family.csv",
            "list decks",
            "man",
            "completions bash",
        ] {
            let ran = deckle.shell(&format!("$DECKLE {words} >/dev/full"));
            assert_eq!(ran.code, Some(3), "{words}: {}", ran.stderr);
            let message = "\
error: cannot write the standard output: no space left on device
 = help: see what the output is led to
";
            assert!(ran.stderr.ends_with(message), "{words}: {}", ran.stderr);
        }
        assert_eq!(deckle.shell("$DECKLE --help >/dev/full").code, Some(3));
        assert_eq!(deckle.shell("$DECKLE --version >/dev/full").code, Some(3));
    }

    #[test]
    fn words_that_nobody_can_hear_change_nothing() {
        let deckle = Deckle::with_table();
        assert_eq!(deckle.shell("$DECKLE print family.csv 2>/dev/full").code, Some(0));
        assert_eq!(deckle.shell("$DECKLE print family.csv 2>&-").code, Some(2));
        assert_eq!(deckle.shell("$DECKLE print none.csv 2>/dev/full").code, Some(3));
        let line =
            "(sleep 0.3; $DECKLE print family.csv --force; echo $? >code) 2>&1 | true; sleep 3";
        deckle.shell(line);
        assert_eq!(deckle.read("code"), b"0\n");
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let deckle = Deckle::new();
        for words in ["print -o -", "show", "man", "list fonts --licenses", "--help"] {
            let line =
                format!("(sleep 0.2; $DECKLE {words}; echo $? >code) | true; sleep 2; cat code");
            let ran = deckle.shell(&line);
            assert_eq!(ran.out(), "0\n", "{words}: {}", ran.stderr);
            assert!(!ran.stderr.contains("error"), "{words}: {}", ran.stderr);
        }
    }

    #[test]
    fn a_file_that_grows_too_large_leaves_the_old_one_intact() {
        let deckle = Deckle::new().file("old.pdf", "old");
        for output in ["old.pdf", "new.pdf", "new.png"] {
            let line = format!("trap '' XFSZ; ulimit -f 8; $DECKLE print -o {output} --force");
            let ran = deckle.shell(&line);
            assert_eq!(ran.code, Some(3), "{}", ran.stderr);
            assert!(ran.stderr.starts_with(&format!("error: cannot write `{}", &output[..3])));
            assert_eq!(deckle.names(), ["old.pdf"]);
            assert_eq!(deckle.read("old.pdf"), b"old");
        }
    }

    #[test]
    fn an_interrupt_leaves_nothing_behind() {
        let rows: String =
            (0..12_000).map(|at| format!("Play,{},Who is {at}?\n", at % 5 + 1)).collect();
        let table = format!("category,depth,prompt\n{rows}");
        let deckle = Deckle::new().file("many.csv", table).file("many.pdf", "old");
        for signal in ["INT", "TERM", "HUP"] {
            // Waits for the unfinished file, so that the signal comes in the midst of writing.
            let line = format!(
                "$DECKLE print many.csv --force 2>/dev/null & \
                 until ls .deckle-*.part >/dev/null 2>&1; do sleep 0.02; \
                 kill -0 $! || exit 99; done; kill -{signal} $!; wait $!"
            );
            // A shell lets the programs that it starts in the background ignore an interrupt.
            assert_eq!(deckle.shell(&line).code, Some(130), "{signal}");
            assert_eq!(deckle.names(), ["many.csv", "many.pdf"], "{signal}");
            assert_eq!(deckle.read("many.pdf"), b"old");
        }
    }

    #[test]
    fn devices_and_pipes_are_never_replaced() {
        let deckle = Deckle::with_table();
        assert_eq!(deckle.shell("mkfifo pipe.pdf").code, Some(0));
        deckle.refused(
            "print family.csv -o pipe.pdf --force",
            2,
            "\
error: the output `pipe.pdf` is a device or a pipe, not a file
 = help: write to the standard output with `-o -`, and lead that there
",
        );
    }

    #[test]
    fn links_and_permissions_outlive_a_new_content() {
        let deckle = Deckle::new().file("real/family.csv", TABLE);
        let real = deckle.path("real/family.csv");
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, deckle.path("family.csv")).unwrap();
        deckle.done("check family.csv --write-ids");
        assert!(deckle.path("family.csv").symlink_metadata().unwrap().is_symlink());
        assert!(std::fs::read(&real).unwrap().starts_with(b"id,"));
        assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }
}

#[test]
fn a_contact_sheet_of_a_few_cards_shows_those() {
    let deckle = Deckle::new();
    let listed = deckle.done("show intimacy --json").out();
    let codes: Vec<&str> = listed
        .split("\"code\": \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .take(2)
        .collect();
    let few = deckle.done(&format!("show intimacy --only {} --json", codes.join(","))).out();
    assert_eq!(few.matches("\"code\":").count(), 2);
    let said = deckle.done(&format!("show intimacy --only {} -o few.svg", codes.join(","))).stderr;
    assert!(said.contains("2 cards and the back on 1 page"), "{said}");
}

#[test]
fn lists_in_markdown_and_json_become_decks() {
    let list = "# Ours\n\n## Play\n- What makes you laugh?\n- When I am tired I…\n\n## Level 4\n\
        1. When do you feel lonely?\n";
    let deckle = Deckle::new()
        .file("list.md", list)
        .file("list.json", "[\"What now?\"]")
        .file("bad.json", "[\"What now?\"");
    let said = deckle.done("new ours --from list.md").stderr;
    let note = "note: 2 depths of 3 cards are guesses (the column `note` says which: read each card \
                once, mend it and empty its note; `deckle check` counts those that are left)\n";
    assert!(said.starts_with(note), "{said}");
    let checked = deckle.done("check ours.csv").out();
    assert_eq!(checked.matches("[guess]").count(), 2, "{checked}");
    deckle.done("print ours.csv --dry-run");
    deckle.done("new theirs --from list.json");
    deckle.done("print theirs.csv --dry-run");
    let found = "error: `bad.json` is no JSON: EOF while parsing a list at line 1 column 12\n = help: \
                 mend that place, or make it a text with a prompt on each line\n";
    deckle.refused("new x --from bad.json", 1, found);
}
