//! The header row: which column means what, in the words that people use.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A column that deckle reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The category; required.
    Category,
    /// The depth; required.
    Depth,
    /// The prompt; required.
    Prompt,
    /// The listener's line.
    FollowUp,
    /// The kind of card.
    Kind,
    /// The time the card takes.
    Minutes,
    /// Whom the card is for.
    Audience,
    /// The author's own labels.
    Tags,
    /// The author's own name for the card.
    Id,
    /// How many times the card is printed.
    Copies,
    /// The language of the card.
    Language,
    /// A note that is never printed.
    Note,
    /// The rules of the lint that the card breaks on purpose, each with the reason.
    LintAllow,
}

impl Column {
    /// All columns.
    pub const ALL: [Self; 13] = [
        Self::Category,
        Self::Depth,
        Self::Prompt,
        Self::FollowUp,
        Self::Kind,
        Self::Minutes,
        Self::Audience,
        Self::Tags,
        Self::Id,
        Self::Copies,
        Self::Language,
        Self::Note,
        Self::LintAllow,
    ];

    /// The columns that every table has.
    pub const REQUIRED: [Self; 3] = [Self::Category, Self::Depth, Self::Prompt];

    /// Returns the name that stands in the header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Depth => "depth",
            Self::Prompt => "prompt",
            Self::FollowUp => "follow_up",
            Self::Kind => "kind",
            Self::Minutes => "minutes",
            Self::Audience => "audience",
            Self::Tags => "tags",
            Self::Id => "id",
            Self::Copies => "copies",
            Self::Language => "lang",
            Self::Note => "note",
            Self::LintAllow => "lint_allow",
        }
    }

    /// Returns other names for the column, folded: those of English first, then of German, French,
    /// Spanish, Italian, Dutch and Portuguese.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Category => &[
                "topic",
                "suit",
                "theme",
                "section",
                "kategorie",
                "thema",
                "rubrik",
                "categorie",
                "rubrique",
                "categoria",
                "tema",
                "argomento",
                "onderwerp",
            ],
            Self::Depth => &[
                "level",
                "depthlevel",
                "intensity",
                "tiefe",
                "tiefenstufe",
                "stufe",
                "ebene",
                "profondeur",
                "niveau",
                "profundidad",
                "nivel",
                "profondita",
                "livello",
                "diepte",
                "profundidade",
            ],
            Self::Prompt => &[
                "question", "text", "cardtext", "frage", "texte", "pregunta", "texto", "domanda",
                "testo", "vraag", "tekst", "pergunta",
            ],
            Self::FollowUp => &[
                "followupquestion",
                "listener",
                "listenersline",
                "nachfrage",
                "ruckfrage",
                "anschlussfrage",
                "relance",
                "repregunta",
                "seguimiento",
                "vervolgvraag",
            ],
            Self::Kind => &["type", "cardtype", "art", "kartenart", "typ", "tipo", "soort"],
            Self::Minutes => &[
                "minute", "mins", "min", "time", "duration", "minuten", "dauer", "zeit", "duree",
                "minutos", "tiempo", "duracion", "minuti", "durata", "tempo", "duur", "duracao",
            ],
            Self::Audience => {
                &["for", "whom", "zielgruppe", "public", "publico", "pubblico", "doelgroep"]
            }
            Self::Tags => &[
                "tag",
                "labels",
                "label",
                "keywords",
                "schlagworte",
                "stichworte",
                "etiquettes",
                "motscles",
                "etiquetas",
                "etichette",
                "trefwoorden",
            ],
            Self::LintAllow => &["lint"],
            Self::Id => &["cardid", "identifier", "kennung", "identifiant"],
            Self::Copies => &[
                "copy",
                "quantity",
                "qty",
                "kopien",
                "exemplare",
                "exemplaires",
                "copias",
                "copie",
                "kopieen",
                "exemplaren",
            ],
            Self::Language => {
                &["language", "sprache", "langue", "idioma", "lengua", "lingua", "taal"]
            }
            Self::Note => &[
                "notes",
                "comment",
                "comments",
                "remark",
                "remarks",
                "notiz",
                "notizen",
                "anmerkung",
                "bemerkung",
                "kommentar",
                "remarque",
                "commentaire",
                "nota",
                "notas",
                "commento",
                "notitie",
                "opmerking",
                "comentario",
            ],
        }
    }

    fn folded_name(self) -> &'static str {
        match self {
            Self::FollowUp => "followup",
            Self::LintAllow => "lintallow",
            _ => self.name(),
        }
    }

    /// Returns the column that `name` stands for.
    fn find(name: &str) -> Option<Self> {
        static NAMES: LazyLock<HashMap<&str, Column>> = LazyLock::new(|| {
            let names = |column: Column| {
                let others = column.aliases().iter().copied();
                others.chain([column.folded_name()]).map(move |name| (name, column))
            };
            Column::ALL.into_iter().flat_map(names).collect()
        });
        NAMES.get(fold(name).as_str()).copied()
    }
}

/// Returns `word` as words are compared: lower case, letters and digits alone, no accents.
pub(super) fn fold(word: &str) -> String {
    word.nfkd()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Which field of a record holds which column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    fields: [Option<u32>; Column::ALL.len()],
}

impl Columns {
    /// Returns the number of the field that holds `column`.
    pub fn field(&self, column: Column) -> Option<usize> {
        self.fields[column as usize].map(|field| field as usize)
    }

    /// Returns how many columns are there.
    pub fn count(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    /// Returns the required columns that are not there.
    pub fn missing(&self) -> impl Iterator<Item = Column> {
        Column::REQUIRED.into_iter().filter(|column| self.field(*column).is_none())
    }
}

/// A header row as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub columns: Columns,
    /// The number of fields up to the last one with a name.
    pub width: usize,
    /// The fields whose name says nothing to deckle.
    pub others: Vec<usize>,
    /// Fields that mean a column which another field means as well: (column, first, second).
    pub doubled: Vec<(Column, usize, usize)>,
}

impl Header {
    /// Understands the names in `fields`; the column's own name is preferred to its other names.
    pub fn new<'a>(fields: impl Iterator<Item = &'a str>) -> Self {
        let mut header = Self::default();
        let mut by_own_name = [false; Column::ALL.len()];
        for (at, name) in fields.enumerate() {
            if name.trim().is_empty() {
                continue;
            }
            header.width = at + 1;
            let Some(column) = Column::find(name) else {
                header.others.push(at);
                continue;
            };
            let own_name = fold(name) == column.folded_name();
            let known_own = &mut by_own_name[column as usize];
            let slot = &mut header.columns.fields[column as usize];
            match *slot {
                None => *slot = Some(at as u32),
                Some(first) if own_name && !*known_own => {
                    header.others.push(first as usize);
                    header.doubled.retain(|(doubled, ..)| *doubled != column);
                    *slot = Some(at as u32);
                }
                Some(_) if *known_own && !own_name => header.others.push(at),
                Some(first) => header.doubled.push((column, first as usize, at)),
            }
            *known_own |= own_name;
        }
        header.others.sort_unstable();
        header
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Header {
        Header::new(names.split(','))
    }

    #[test]
    fn names_are_known_in_any_dress() {
        for (name, column) in [
            ("Follow-Up", Column::FollowUp),
            (" DEPTH LEVEL ", Column::Depth),
            ("Catégorie", Column::Category),
            ("Rückfrage", Column::FollowUp),
            ("Frage", Column::Prompt),
            ("Profondità", Column::Depth),
            ("Nível", Column::Depth),
        ] {
            assert_eq!(Column::find(name), Some(column), "{name}");
        }
        assert_eq!(Column::find("prompt_maker"), None);
    }

    #[test]
    fn no_name_means_two_columns() {
        let mut names: Vec<&str> =
            Column::ALL.iter().flat_map(|c| c.aliases().iter().copied()).collect();
        names.extend(Column::ALL.iter().map(|c| c.folded_name()));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(names.iter().all(|name| fold(name) == *name));
    }

    #[test]
    fn a_columns_own_name_wins_over_its_other_names() {
        let header = header("text,category,depth,prompt,question,,");
        assert_eq!(header.columns.field(Column::Prompt), Some(3));
        assert_eq!((header.others, header.doubled), (vec![0, 4], vec![]));
        assert_eq!(header.width, 5);
    }

    #[test]
    fn two_names_alike_are_told() {
        assert_eq!(header("topic,suit").doubled, [(Column::Category, 0, 1)]);
        assert_eq!(header("depth,Depth").doubled, [(Column::Depth, 0, 1)]);
    }
}
