//! Real spreadsheet files, made by hand so that every byte of them is known.

use std::fmt::Write as _;

use deckle::cli::report::{ReportStyle, render_all};
use deckle::deck::{Column, Loaded, Source, read, write_ids};

/// A zip archive of files that are stored as they are.
fn zip(files: &[(&str, String)]) -> Vec<u8> {
    let (mut body, mut directory) = (Vec::<u8>::new(), Vec::<u8>::new());
    for (name, text) in files {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let (size, offset) = (text.len() as u32, body.len() as u32);
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        for number in [crc.sum(), size, size] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        body.extend(b"PK\x03\x04".iter().chain(&common).chain(name.as_bytes()));
        body.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00".iter().chain(&common).chain(&[0; 10]));
        directory.extend(offset.to_le_bytes().iter().chain(name.as_bytes()));
    }
    let count = (files.len() as u16).to_le_bytes();
    let (start, size) = (body.len() as u32, directory.len() as u32);
    body.extend(directory);
    body.extend(b"PK\x05\x06\0\0\0\0".iter().chain(&count).chain(&count));
    body.extend(size.to_le_bytes().iter().chain(&start.to_le_bytes()).chain(&[0, 0]));
    body
}

/// An .xlsx file of sheets, each a name and cells such as `("B14", "text")`.
fn xlsx(sheets: &[(&str, &[(&str, &str)])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut listed, mut related, mut files) = (String::new(), String::new(), Vec::new());
    for (at, (name, cells)) in sheets.iter().enumerate() {
        let n = at + 1;
        write!(listed, r#"<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>"#).unwrap();
        let target = format!("worksheets/s{n}.xml");
        write!(related, r#"<Relationship Id="r{n}" Type="{RELS}/worksheet" Target="{target}"/>"#)
            .unwrap();
        let mut data = String::new();
        for (place, text) in *cells {
            let row = place.trim_start_matches(|c: char| c.is_alphabetic());
            let value = match text.parse::<f64>() {
                Ok(_) => format!(r#"<c r="{place}"><v>{text}</v></c>"#),
                Err(_) => format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#),
            };
            write!(data, r#"<row r="{row}">{value}</row>"#).unwrap();
        }
        let sheet =
            format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>"#);
        files.push((format!("xl/{target}"), sheet));
    }
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{listed}</sheets></workbook>"#
    );
    let relations =
        |inner: &str| format!(r#"<Relationships xmlns="{PACKAGE}">{inner}</Relationships>"#);
    let root =
        format!(r#"<Relationship Id="r1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/>"#);
    files.push(("xl/workbook.xml".into(), book));
    files.push(("xl/_rels/workbook.xml.rels".into(), relations(&related)));
    files.push(("_rels/.rels".into(), relations(&root)));
    let files: Vec<(&str, String)> =
        files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    zip(&files)
}

/// An .ods file of one sheet called Cards.
fn ods(rows: &[&[&str]]) -> Vec<u8> {
    const NS: &str = "urn:oasis:names:tc:opendocument:xmlns";
    let mut data = String::new();
    for row in rows {
        data += "<table:table-row>";
        for text in *row {
            write!(
                data,
                r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
            )
            .unwrap();
        }
        data += "</table:table-row>";
    }
    let content = format!(
        r#"<office:document-content xmlns:office="{NS}:office:1.0" xmlns:table="{NS}:table:1.0" xmlns:text="{NS}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Cards">{data}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = format!(r#"<manifest:manifest xmlns:manifest="{NS}:manifest:1.0"/>"#);
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".into()),
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest),
    ])
}

fn source(name: &'static str, bytes: Vec<u8>) -> Source<'static> {
    Source { name, bytes: bytes.into(), meta: None, stem: "family" }
}

fn told(loaded: &Loaded) -> String {
    render_all(&loaded.problems, ReportStyle::default())
}

const HEADER: [(&str, &str); 3] = [("A2", "Category"), ("B2", "Depth"), ("C2", "Question")];

#[test]
fn the_first_sheet_with_a_header_is_read_whatever_stands_before_it() {
    let cards: Vec<_> =
        HEADER.into_iter().chain([("A5", "Play"), ("B5", "3"), ("C5", "What now?")]).collect();
    let book = xlsx(&[("About", &[("A1", "Our deck")]), ("Cards", &cards)]);
    let loaded = read(source("family.xlsx", book));
    let deck = loaded.deck.as_ref().unwrap_or_else(|| panic!("{}", told(&loaded)));
    let card = &deck.cards[0];
    assert_eq!((&*card.prompt, card.depth.unwrap().level(), card.row.line), ("What now?", 3, 5));
    let origin = deck.origin(card, Column::Prompt);
    assert_eq!(origin.to_string(), "family.xlsx: sheet Cards, cell C5");
}

#[test]
fn problems_name_the_cell() {
    let faulty = [("A3", "Play"), ("B3", "deeep"), ("C3", "Who?"), ("A4", "Play"), ("F4", "stray")];
    let cards: Vec<_> = HEADER.into_iter().chain(faulty).collect();
    let loaded = read(source("family.xlsx", xlsx(&[("Cards", &cards)])));
    assert_eq!(
        told(&loaded).trim_end(),
        "\
error: this cell stands under no header
--> family.xlsx: sheet Cards, cell F4
 = help: give its column a name, or empty the cell

error: unknown depth `deeep`
--> family.xlsx: sheet Cards, cell B3
 = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep
 = help: did you mean `Deep`?

error: this card has no depth
--> family.xlsx: sheet Cards, cell B4
 = expected: 1 to 5, or Shore, Shallows, Shelf, Open sea, Deep

error: this card has no prompt
--> family.xlsx: sheet Cards, cell C4
 = help: write what the card says, or delete the row"
    );
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let corner = [("A3", "Play"), ("B3", "1"), ("C3", "Who?"), ("XFD1048576", " ")];
    let cards: Vec<_> = HEADER.into_iter().chain(corner).collect();
    let loaded = read(source("family.xlsx", xlsx(&[("Cards", &cards)])));
    assert_eq!(loaded.deck.map(|deck| deck.cards.len()), Some(1));
}

#[test]
fn open_documents_are_read_and_not_written() {
    let rows: [&[&str]; 3] =
        [&["Kategorie", "Tiefe", "Frage"], &["Spiel", "2", "Was nun?"], &["Spiel", "", "Wer?"]];
    let whole = read(source("family.ods", ods(&rows[..2])));
    let deck = whole.deck.as_ref().unwrap_or_else(|| panic!("{}", told(&whole)));
    assert_eq!(deck.category(&deck.cards[0]).label, "Spiel");
    let faulty = told(&read(source("family.ods", ods(&rows))));
    assert!(faulty.contains("--> family.ods: sheet Cards, cell B3\n"), "{faulty}");
    let refused = write_ids(source("family.ods", ods(&rows[..2]))).unwrap_err();
    assert_eq!(refused[0].code, "spreadsheet-stays");
}

#[test]
fn no_damaged_spreadsheet_makes_it_panic() {
    let sound = ods(&[&["category", "depth", "prompt"], &["Play", "1", "Who?"]]);
    let cells: Vec<_> = HEADER.into_iter().chain([("A3", "Play")]).collect();
    for sound in [sound, xlsx(&[("Cards", &cells)])] {
        for at in (0..sound.len()).step_by(3) {
            let mut damaged = sound.clone();
            damaged[at] ^= 0x15;
            read(source("damaged", damaged));
            read(source("cut", sound[..at].to_vec()));
        }
    }
}
