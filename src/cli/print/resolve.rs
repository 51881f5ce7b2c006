//! From words to settings: the one place where flags become lengths and names become sizes.

use crate::deck::Deck;
use crate::impose::{
    Arrangement, Catalogue, Catalogues, Duplex, Flip, Format, MarkStyle, Orientation, Purpose,
    Register, SheetRequest, SheetSpec, Stacking, Stock,
};
use crate::length::{Axes, Length};
use crate::problem::Diagnostic;
use crate::select::{self, Mix, Sequence};
use crate::typeset::chart::Look;

use super::super::args::{
    ColourArg, DuplexArg, FillArg, FlipArg, MarksArg, OrientationArg, PrintSettings, PurposeArg,
    SequenceArg, StackArg, SwitchArg, ThemeArg,
};
use super::super::backs::BackChoice;
use super::super::choose::Count;
use super::super::failure::{Exit, Failure};
use super::super::settings::{Layers, Origin};

/// The word for no font but those that come with the program.
pub const BUNDLED: &str = "bundled";

/// Everything that a run is told, settled.
pub struct Resolved {
    /// The sheet.
    pub sheet: SheetSpec,
    /// The name of the perforated or pre-cut sheet, if it is one.
    pub stock: Option<String>,
    /// The paper, as the catalogue has it.
    pub paper: Format,
    /// The look of the faces.
    pub look: Look,
    /// The kind of back.
    pub back: BackChoice,
    /// Whether inks are written for a press.
    pub colour: ColourArg,
    /// The order of the cards.
    pub sequence: Sequence,
    /// How many cards; none for all.
    pub count: Option<Count>,
    /// How the depths share them; none where nobody says.
    pub mix: Option<Mix>,
    /// The seed of chance.
    pub seed: u64,
    /// Whether empty cells are filled with cards to write on.
    pub fill_blank: bool,
    /// The dots per inch of pictures.
    pub dpi: f64,
    /// The printer that pages make up for.
    pub printer: Option<String>,
    /// Its error, once it is known.
    pub register: Register,
    /// Fonts in front of the bundled ones.
    pub fonts: Vec<String>,
    /// What a person should know about how the settings came to be.
    pub notes: Vec<Diagnostic>,
    /// Each setting in words, with where it comes from.
    pub table: Vec<(&'static str, String, Origin)>,
}

/// Settles all settings; `paper` is that of the user's country.
pub fn resolve(
    layers: &Layers,
    decks: &[Deck],
    catalogues: &Catalogues,
    paper: &'static str,
) -> Result<Resolved, Failure> {
    let mut reader = Reader { layers, deaf_to: None, problems: Vec::new(), table: Vec::new() };
    let purpose = reader.choice("for", |s| s.purpose, PurposeArg::Home);
    let faces = faces_chooser(layers);
    let (stock, stock_origin) = reader.stock(catalogues, faces);
    reader.deaf_to = stock.as_ref().map(|_| stock_origin).into_iter().chain(faces).min();
    let base = match &stock {
        Some(stock) => reader.on_stock(purpose_of(purpose), stock),
        None => reader.on_paper(purpose_of(purpose), paper, catalogues),
    };
    let lengths = Lengths::read(&mut reader);
    let Some(base) = base else { return Err(reader.failed()) };
    let mut request = request(&mut reader, base);
    lengths.put_into(&mut request);
    let back = reader.back(purpose, decks);
    if !reader.problems.is_empty() {
        return Err(reader.failed());
    }
    let sheet = request.resolve(&catalogues.papers).map_err(Failure::unmet)?;
    let replaced = replaced(catalogues, &request);
    let mut resolved = reader.finish(purpose, sheet, request, back, decks)?;
    resolved.notes.splice(0..0, replaced);
    Ok(resolved)
}

/// Returns what there is to tell of own entries of the catalogues that these sheets are made by.
fn replaced(catalogues: &Catalogues, request: &SheetRequest) -> Vec<Diagnostic> {
    let used = match &request.stock {
        Some(stock) => vec![(Catalogue::Stocks, &stock.id)],
        None => vec![(Catalogue::Sizes, &request.card.id), (Catalogue::Papers, &request.paper.id)],
    };
    let note = |(catalogue, id): (Catalogue, &String)| catalogues.replaced(catalogue, id).cloned();
    used.into_iter().filter_map(note).collect()
}

/// Returns whoever chose single faces, by that name or for a press, if somebody did.
fn faces_chooser(layers: &Layers) -> Option<Origin> {
    let (faces, by_name) = layers.pick(|settings| settings.faces);
    let (purpose, by_purpose) = layers.pick(|settings| settings.purpose);
    match (faces, purpose) {
        (Some(SwitchArg::On), _) => Some(by_name),
        (None, Some(PurposeArg::Press)) => Some(by_purpose),
        _ => None,
    }
}

/// Returns the request with everything but its lengths.
fn request(reader: &mut Reader, mut request: SheetRequest) -> SheetRequest {
    request.orientation =
        reader.unless_decided("orientation", |s| s.orientation).map(|arg| match arg {
            OrientationArg::Auto => Orientation::Auto,
            OrientationArg::Portrait => Orientation::Portrait,
            OrientationArg::Landscape => Orientation::Landscape,
        });
    request.marks = reader.unless_decided("marks", |s| s.marks).map(|arg| match arg {
        MarksArg::Corners => MarkStyle::Corners,
        MarksArg::Crop => MarkStyle::Crop,
        MarksArg::Guides => MarkStyle::Guides,
        MarksArg::None => MarkStyle::None,
    });
    let (duplex, origin) = reader.layers.pick(|s| s.duplex);
    let idle_fold = duplex == Some(DuplexArg::Fold) && reader.is_deaf(origin);
    let duplex = if idle_fold { None } else { reader.optional("duplex", |s| s.duplex) };
    request.duplex = duplex.map(|arg| match arg {
        DuplexArg::Auto => Duplex::Auto,
        DuplexArg::TwoPass => Duplex::TwoPass,
        DuplexArg::Fold => Duplex::Fold,
        DuplexArg::None => Duplex::None,
    });
    request.flip = reader.optional("flip", |s| s.flip).map(|arg| match arg {
        FlipArg::Long => Flip::LongEdge,
        FlipArg::Short => Flip::ShortEdge,
    });
    request.arrangement = reader.optional("faces", |s| s.faces).map(|arg| match arg {
        SwitchArg::On => Arrangement::Faces,
        SwitchArg::Off => Arrangement::Sheets,
    });
    request.stacking = reader.stack();
    request
}

/// The lengths that may be asked for.
struct Lengths {
    margin: Option<Length>,
    gutter: Option<Axes<Length>>,
    bleed: Option<Length>,
    corner_radius: Option<Length>,
}

impl Lengths {
    fn read(reader: &mut Reader) -> Self {
        Self {
            margin: reader.length_unless_decided("margin", |s| s.margin.clone()),
            gutter: reader.axes("gutter", |s| s.gutter.clone()),
            bleed: reader.length("bleed", |s| s.bleed.clone()),
            corner_radius: reader.length("corner-radius", |s| s.corner_radius.clone()),
        }
    }

    fn put_into(self, request: &mut SheetRequest) {
        request.margin = self.margin;
        request.gutter = self.gutter;
        request.bleed = self.bleed;
        request.corner_radius = self.corner_radius;
    }
}

/// Reads settings one by one, remembering where each came from and what was wrong.
struct Reader<'l> {
    layers: &'l Layers,
    /// Whoever chose a stock, or single faces: these decide much by themselves, and who is weaker than
    /// that is not asked.
    deaf_to: Option<Origin>,
    problems: Vec<Diagnostic>,
    table: Vec<(&'static str, String, Origin)>,
}

impl Reader<'_> {
    fn tell(&mut self, name: &'static str, value: impl Into<String>, origin: Origin) {
        self.table.push((name, value.into(), origin));
    }

    fn choice<T: Copy + clap::ValueEnum>(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<T>,
        usual: T,
    ) -> T {
        let (value, origin) = self.layers.pick(get);
        let value = value.unwrap_or(usual);
        self.tell(name, word(value), origin);
        value
    }

    fn optional<T: Copy + clap::ValueEnum>(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<T>,
    ) -> Option<T> {
        let (value, origin) = self.layers.pick(get);
        if let Some(value) = value {
            self.tell(name, word(value), origin);
        }
        value
    }

    /// Reads a setting that a stock or single faces decide, from those who are at least as strong as
    /// whoever chose these.
    fn unless_decided<T: Copy + clap::ValueEnum>(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<T>,
    ) -> Option<T> {
        if self.is_deaf(self.layers.pick(&get).1) { None } else { self.optional(name, get) }
    }

    fn length_unless_decided(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<String>,
    ) -> Option<Length> {
        if self.is_deaf(self.layers.pick(&get).1) { None } else { self.length(name, get) }
    }

    fn is_deaf(&self, origin: Origin) -> bool {
        self.deaf_to.is_some_and(|chooser| origin > chooser)
    }

    /// Returns the stock and who chose it, unless somebody stronger chose single `faces`.
    fn stock(&mut self, catalogues: &Catalogues, faces: Option<Origin>) -> (Option<Stock>, Origin) {
        let (name, origin) = self.layers.pick(|settings| settings.stock.clone());
        // A word for what a settings file has turned on, and a flag turns off.
        let is_overruled = faces.is_some_and(|faces| faces < origin);
        let name = name.filter(|name| name != "none" && !is_overruled);
        let Some(name) = name else { return (None, origin) };
        match catalogues.stock(&name) {
            Ok(stock) => {
                self.tell("stock", format!("{} ({})", stock.id, stock.name), origin);
                (Some(stock), origin)
            }
            Err(problem) => {
                self.problems.push(*problem);
                (None, origin)
            }
        }
    }

    /// Returns the request for a stock; who asks for another card or paper beside it is told.
    fn on_stock(&mut self, purpose: Purpose, stock: &Stock) -> Option<SheetRequest> {
        let size = self.layers.pick(|settings| settings.size.clone());
        let paper = self.layers.pick(|settings| settings.paper.clone());
        for (flag, (asked, origin)) in [("size", size), ("paper", paper)] {
            if asked.is_some() && !self.is_deaf(origin) {
                let found = format!("`--{flag}` beside `--stock {}`, which decides it", stock.id);
                let problem = Diagnostic::error("set-by-stock", found);
                let help = format!("leave out `--{flag}`, or say `--stock none`");
                self.problems.push(problem.help(help));
            }
        }
        let request = SheetRequest::on_stock(purpose, stock.clone());
        let origin = self.layers.pick(|settings| settings.stock.clone()).1;
        self.tell("size", request.card.size.to_string(), origin);
        self.tell("paper", format!("{} ({})", stock.sheet.id, stock.sheet.size), origin);
        Some(request)
    }

    /// Returns the request for cards of a size on plain paper, if both are known.
    fn on_paper(
        &mut self,
        purpose: Purpose,
        usual: &'static str,
        catalogues: &Catalogues,
    ) -> Option<SheetRequest> {
        let size = self.named("size", |s| s.size.clone(), "poker", |text| catalogues.size(text));
        let paper = self.named("paper", |s| s.paper.clone(), usual, |text| catalogues.paper(text));
        Some(SheetRequest::new(purpose, size?, paper?))
    }

    /// Reads a switch that is off unless somebody says otherwise.
    fn switch(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<SwitchArg>,
    ) -> bool {
        self.optional(name, get) == Some(SwitchArg::On)
    }

    fn stack(&mut self) -> Option<Stacking> {
        let (value, origin) = self.layers.pick(|settings| settings.stack);
        let StackArg(block) = value.filter(|_| !self.is_deaf(origin))?;
        let words = block.map_or("off".to_owned(), |block| format!("blocks of {block} sheets"));
        self.tell("stack", words, origin);
        Some(block.map_or(Stacking::SheetBySheet, |block| Stacking::CutAndStack { block }))
    }

    fn named(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<String>,
        usual: &'static str,
        find: impl Fn(&str) -> Result<Format, Box<Diagnostic>>,
    ) -> Option<Format> {
        let (value, origin) = self.layers.pick(get);
        let text = value.unwrap_or_else(|| usual.to_owned());
        match find(&text) {
            Ok(format) => {
                self.tell(name, format!("{} ({})", format.id, format.size), origin);
                Some(format)
            }
            Err(problem) => {
                self.problems.push(*problem);
                None
            }
        }
    }

    fn length(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<String>,
    ) -> Option<Length> {
        let (value, origin) = self.layers.pick(get);
        let length = self.parse_length(name, &value?)?;
        self.tell(name, length.to_string(), origin);
        Some(length)
    }

    fn axes(
        &mut self,
        name: &'static str,
        get: impl Fn(&PrintSettings) -> Option<String>,
    ) -> Option<Axes<Length>> {
        let (value, origin) = self.layers.pick(get);
        let value = value.filter(|_| !self.is_deaf(origin))?;
        // A decimal comma is followed by a digit and no unit; the comma between two lengths is not.
        let split = value.split_once(',').filter(|(x, _)| x.ends_with(char::is_alphabetic));
        let (x, y) = split.unwrap_or((&value, &value));
        let axes = Axes { x: self.parse_length(name, x)?, y: self.parse_length(name, y)? };
        self.tell(name, format!("{}, {}", axes.x, axes.y), origin);
        Some(axes)
    }

    fn parse_length(&mut self, name: &'static str, text: &str) -> Option<Length> {
        // Nothing is nothing in every unit.
        if text.trim() == "0" {
            return Some(Length::ZERO);
        }
        let parsed = text.parse();
        if let Err(error) = &parsed {
            self.problems.push(Diagnostic::error("bad-length", format!("--{name}: {error}")));
        }
        parsed.ok()
    }

    fn back(&mut self, purpose: PurposeArg, decks: &[Deck]) -> BackChoice {
        let (value, origin) = self.layers.pick(|settings| settings.back.clone());
        let usual =
            if purpose == PurposeArg::Press { BackChoice::Ground } else { BackChoice::Line };
        let choice = match value.as_deref() {
            Some("line") => BackChoice::Line,
            Some("line-by-depth") => BackChoice::LineByDepth,
            Some("ground") => BackChoice::Ground,
            Some(path) => BackChoice::Picture(path.into()),
            None => decks.first().map_or(usual.clone(), |deck| BackChoice::of_deck(deck, usual)),
        };
        let word = match &choice {
            BackChoice::Line => "line".into(),
            BackChoice::LineByDepth => "line-by-depth".into(),
            BackChoice::Ground => "ground".into(),
            BackChoice::Picture(path) => path.display().to_string(),
        };
        self.tell("back", word, origin);
        choice
    }

    fn failed(self) -> Failure {
        let unknown = |problem: &Diagnostic| problem.code.starts_with("unknown-");
        let length = |problem: &Diagnostic| problem.code.starts_with("bad-");
        let usage = self.problems.iter().any(|problem| unknown(problem) || length(problem));
        let exit = if usage { Exit::Usage } else { Exit::Unmet };
        Failure { exit, problems: self.problems }
    }

    fn finish(
        mut self,
        purpose: PurposeArg,
        sheet: SheetSpec,
        request: SheetRequest,
        back: BackChoice,
        decks: &[Deck],
    ) -> Result<Resolved, Failure> {
        let press = purpose == PurposeArg::Press;
        let codes = if press { SwitchArg::Off } else { SwitchArg::On };
        let usual = if press { ColourArg::Cmyk } else { ColourArg::Rgb };
        let colour = self.choice("colour", |s| s.colour, usual);
        self.choice("theme", |s| s.theme, ThemeArg::Chart);
        let look = Look {
            trim: request.card.size,
            one_ink: colour == ColourArg::Grey,
            ink_saver: self.switch("ink-saver", |s| s.ink_saver),
            large_print: self.switch("large-print", |s| s.large_print),
            codes: self.choice("codes", |s| s.codes, codes) == SwitchArg::On,
        };
        let seed = self.seed(decks);
        let sequence = self.sequence(seed);
        let count = self.count(decks);
        let mix = self.mix(count, decks);
        if !self.problems.is_empty() {
            return Err(self.failed());
        }
        let (printer, origin) = self.layers.pick(|s| s.printer.clone());
        let printer = printer.filter(|name| name != "none");
        if let Some(name) = &printer {
            self.tell("printer", name, origin);
        }
        let fill_blank = self.optional("fill", |s| s.fill) == Some(FillArg::Blank);
        let (dpi, origin) = self.layers.pick(|settings| settings.dpi);
        let dpi = dpi.unwrap_or(300.0);
        self.tell("dpi", dpi.to_string(), origin);
        let (fonts, origin) = self.layers.pick(|s| (!s.font.is_empty()).then(|| s.font.clone()));
        let mut fonts = fonts.unwrap_or_default();
        fonts.retain(|font| font != BUNDLED);
        let named = if fonts.is_empty() { BUNDLED.into() } else { fonts.join(", ") };
        self.tell("font", named, origin);
        self.tell_usual(&sheet, &look);
        let mut notes = self.notes(&sheet);
        notes.extend(request.stock.as_ref().and_then(doubts));
        let table = self.table;
        Ok(Resolved {
            sheet,
            stock: request.stock.map(|stock| stock.id),
            paper: request.paper,
            look,
            back,
            colour,
            sequence,
            count,
            mix,
            seed,
            fill_blank,
            dpi,
            printer,
            register: Register::default(),
            fonts,
            notes,
            table,
        })
    }

    /// Tells the settings that nobody asked for, as they came out.
    fn tell_usual(&mut self, sheet: &SheetSpec, look: &Look) {
        let on = |on: bool| if on { "on" } else { "off" }.to_owned();
        let faces = sheet.arrangement == Arrangement::Faces;
        let mut usual = vec![
            ("bleed", sheet.bleed.to_string()),
            ("corner-radius", sheet.corner_radius.to_string()),
            ("faces", on(faces)),
            ("ink-saver", on(look.ink_saver)),
            ("large-print", on(look.large_print)),
        ];
        if !faces {
            usual.extend([
                ("orientation", word(orientation_word(sheet))),
                ("margin", sheet.margin.to_string()),
                ("gutter", format!("{}, {}", sheet.gutter.x, sheet.gutter.y)),
                ("marks", word(marks_word(sheet.marks))),
                ("duplex", word(duplex_word(sheet.duplex))),
                ("flip", word(flip_word(sheet.flip))),
                ("printer", "none".into()),
                ("stack", "off".into()),
                ("fill", "nothing".into()),
            ]);
        }
        for (name, value) in usual {
            if !self.table.iter().any(|(told, ..)| *told == name) {
                self.tell(name, value, Origin::Default);
            }
        }
    }

    fn count(&mut self, decks: &[Deck]) -> Option<Count> {
        let (count, origin) = self.layers.pick(|settings| settings.count);
        let standard = || match decks {
            [deck] => deck.meta.standard_count,
            _ => None,
        };
        let number = count.or_else(standard);
        self.tell("count", number.map_or("all".into(), |count| count.to_string()), origin);
        number.map(|number| Count { number, asked: origin == Origin::Flag })
    }

    fn mix(&mut self, count: Option<Count>, decks: &[Deck]) -> Option<Mix> {
        let (words, origin) = self.layers.pick(|settings| settings.mix.clone());
        self.tell("mix", words.as_deref().unwrap_or("even"), origin);
        let mix = words.as_deref().map(|words| Mix::parse(words, decks))?;
        if count.is_none() && origin == Origin::Flag {
            self.problems.push(mix_without_count());
        }
        match mix {
            Ok(mix) => count.map(|_| mix),
            Err(problems) => {
                let usage = |problem| Diagnostic { code: "bad-mix", ..problem };
                self.problems.extend(problems.into_iter().map(usage));
                None
            }
        }
    }

    fn seed(&mut self, decks: &[Deck]) -> u64 {
        let (seed, origin) = self.layers.pick(|settings| settings.seed);
        let seed = seed.unwrap_or_else(|| select::usual_seed(decks));
        self.tell("seed", seed.to_string(), origin);
        seed
    }

    fn sequence(&mut self, seed: u64) -> Sequence {
        match self.choice("sequence", |s| s.sequence, SequenceArg::Deck) {
            SequenceArg::Deck => Sequence::Deck,
            SequenceArg::Rising => Sequence::Rising,
            SequenceArg::Arc => Sequence::Arc,
            SequenceArg::Shuffled => Sequence::Shuffled(seed),
        }
    }

    /// Tells the defaults that a purpose and a country chose.
    fn notes(&self, sheet: &SheetSpec) -> Vec<Diagnostic> {
        let usual = |name: &str| {
            self.table.iter().any(|(n, _, origin)| *n == name && *origin == Origin::Default)
        };
        let mut notes = Vec::new();
        if usual("paper") && sheet.arrangement == Arrangement::Sheets {
            let paper = self.table.iter().find(|(name, ..)| *name == "paper");
            let name = paper.map(|(_, value, _)| &**value).unwrap_or_default();
            let found = format!("the paper is {name}, as is usual here");
            let other = if name.starts_with("letter") { "a4" } else { "letter" };
            let help = format!("`--paper {other}` for another");
            notes.push(Diagnostic::note("usual-paper", found).help(help));
        }
        let shuffled = word(SequenceArg::Shuffled);
        let told = |name: &str, value: &str| {
            self.table.iter().any(|(known, told, _)| *known == name && *told == value)
        };
        let idle = told("count", "all") && !told("sequence", &shuffled);
        if idle && self.layers.pick(|s| s.seed).1 == Origin::Flag {
            let help = "add `--sequence shuffled`, or a number of cards with `--count`";
            notes.push(Diagnostic::note("idle-seed", "`--seed` changes nothing here").help(help));
        }
        notes
    }
}

/// Returns what is doubtful about a stock.
fn doubts(stock: &Stock) -> Option<Diagnostic> {
    let found = format!("{}: {}", stock.id, stock.note.as_ref()?);
    let help = "measure your sheet, and print on plain paper first";
    Some(Diagnostic::note("stock-in-doubt", found).help(help))
}

/// What is told where a mix has nothing to share.
pub fn mix_without_count() -> Diagnostic {
    Diagnostic::error("bad-mix", "a mix needs a number of cards to share")
        .help("say how many with `--count`")
}

/// Returns the word for how the paper came to be held.
pub fn orientation_word(sheet: &SheetSpec) -> OrientationArg {
    let is_broad = sheet.grid.page.is_landscape();
    if is_broad { OrientationArg::Landscape } else { OrientationArg::Portrait }
}

fn purpose_of(word: PurposeArg) -> Purpose {
    match word {
        PurposeArg::Home => Purpose::Home,
        PurposeArg::Copyshop => Purpose::Copyshop,
        PurposeArg::Press => Purpose::Press,
    }
}

/// Returns the word for a choice that was settled.
pub fn purpose_word(purpose: Purpose) -> PurposeArg {
    match purpose {
        Purpose::Home => PurposeArg::Home,
        Purpose::Copyshop => PurposeArg::Copyshop,
        Purpose::Press => PurposeArg::Press,
    }
}

/// Returns the word for a choice that was settled.
pub fn marks_word(marks: MarkStyle) -> MarksArg {
    match marks {
        MarkStyle::Corners => MarksArg::Corners,
        MarkStyle::Crop => MarksArg::Crop,
        MarkStyle::Guides => MarksArg::Guides,
        MarkStyle::None => MarksArg::None,
    }
}

/// Returns the word for a choice that was settled.
pub fn duplex_word(duplex: Duplex) -> DuplexArg {
    match duplex {
        Duplex::Auto => DuplexArg::Auto,
        Duplex::TwoPass => DuplexArg::TwoPass,
        Duplex::Fold => DuplexArg::Fold,
        Duplex::None => DuplexArg::None,
    }
}

/// Returns the word for a choice that was settled.
pub fn flip_word(flip: Flip) -> FlipArg {
    match flip {
        Flip::LongEdge => FlipArg::Long,
        Flip::ShortEdge => FlipArg::Short,
    }
}

fn word<T: clap::ValueEnum>(value: T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
