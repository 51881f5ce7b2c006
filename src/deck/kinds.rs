//! The words for kinds of cards, as people write them.

use super::card::Kind;
use super::header::fold;

/// Returns the kind that `word` stands for, without regard to case, accents, spaces and hyphens.
pub(super) fn find(word: &str) -> Option<Kind> {
    let known = |kind: &Kind| kind.name() == word;
    if let Some(kind) = Kind::ALL.into_iter().find(known) {
        return Some(kind);
    }
    let folded = fold(word);
    Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == folded || aliases(*kind).contains(&folded.as_str()))
}

/// Returns other words for a kind, folded: English, then German, French, Spanish, Italian, Dutch
/// and Portuguese where they are plain.
const fn aliases(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Question => &[
            "q",
            "questions",
            "ask",
            "prompt",
            "frage",
            "pregunta",
            "domanda",
            "vraag",
            "pergunta",
        ],
        Kind::Exercise => &[
            "exercises",
            "activity",
            "task",
            "action",
            "practice",
            "ubung",
            "aufgabe",
            "exercice",
            "ejercicio",
            "esercizio",
            "oefening",
            "exercicio",
        ],
        Kind::Finish => &[
            "stem",
            "sentencestem",
            "sentence",
            "complete",
            "completion",
            "finishthesentence",
            "fillin",
            "fillintheblank",
            "satzanfang",
        ],
        Kind::Script => &["scripts", "words", "wordstoborrow"],
        Kind::Appreciation => &[
            "appreciate",
            "thanks",
            "thankyou",
            "gratitude",
            "dank",
            "wertschatzung",
            "merci",
            "gracias",
            "grazie",
        ],
        Kind::Checkin => &["checkins", "dailycheckin"],
        Kind::Listen => &["listener", "listening", "zuhoren", "ecoute", "escucha", "ascolto"],
        Kind::Pause => &["break", "breather", "breath", "pausa", "pauze"],
        Kind::Rule => &[
            "rules",
            "instruction",
            "instructions",
            "howto",
            "howtoplay",
            "guide",
            "regel",
            "regeln",
            "regle",
            "regles",
            "regla",
            "reglas",
            "regola",
            "regole",
            "regels",
            "regra",
        ],
        Kind::Open => &[
            "opening",
            "opener",
            "intro",
            "introduction",
            "start",
            "legend",
            "depths",
            "beginn",
            "anfang",
            "ouverture",
            "apertura",
        ],
        Kind::Close => &[
            "closing",
            "closer",
            "end",
            "ending",
            "landing",
            "outro",
            "schluss",
            "abschluss",
            "fin",
            "cloture",
            "cierre",
            "chiusura",
        ],
        Kind::Selfcheck => &["selftest", "selfchecks", "checkyourself"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_spellings_are_understood() {
        for (word, kind) in [
            ("Check-in", Kind::Checkin),
            ("self check", Kind::Selfcheck),
            ("Übung", Kind::Exercise),
            ("QUESTION", Kind::Question),
            ("How to play", Kind::Rule),
        ] {
            assert_eq!(find(word), Some(kind), "{word}");
        }
        assert_eq!(find("qestion"), None);
    }

    #[test]
    fn no_word_means_two_kinds() {
        let mut words: Vec<&str> =
            Kind::ALL.iter().flat_map(|kind| aliases(*kind).iter().copied()).collect();
        words.extend(Kind::ALL.iter().map(|kind| kind.name()));
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
        assert!(words.iter().all(|word| fold(word) == *word));
    }
}
