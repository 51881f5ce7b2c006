//! What a prompt asks, without its dress: the words that carry meaning, each with a weight.
//!
//! The weight of a word never depends on other prompts. Words that only hold a sentence together are
//! dropped, words that stand in every other prompt are light, negations are heaviest. The lists know
//! English, German, French, Spanish, Italian, Dutch, Portuguese and Greek, and a little of Japanese
//! and Chinese; in other languages every word of three letters or more counts in full.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// How much a word matters.
pub(crate) type Weight = u16;

/// A word that stands in many prompts.
pub(crate) const LIGHT: Weight = 1;

/// Any other word.
const FULL: Weight = 2;

/// A word that turns a question round.
pub(crate) const NEGATION: Weight = 4;

/// How many letters of a word are compared: longer words mostly differ in their endings.
const STEM: usize = 6;

/// A word of a prompt: a digest of it, and its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    pub digest: u128,
    pub weight: Weight,
}

impl Word {
    fn new(word: &str, weight: Weight) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("deckle likeness v1");
        hasher.update(&weight.to_le_bytes()).update(word.as_bytes());
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        Self { digest: u128::from_le_bytes(bytes), weight }
    }
}

/// Reads prompts, and remembers the words it has met.
#[derive(Default)]
pub(crate) struct Vocabulary {
    known: HashMap<String, Meaning>,
}

/// What a word adds to a prompt.
#[derive(Clone, Copy)]
enum Meaning {
    Nothing,
    /// `1` speaks of oneself, `2` of the other.
    Person(char),
    Word(Word),
}

impl Vocabulary {
    /// Returns the words that carry the meaning of `text`, sorted, each once.
    ///
    /// Case, accents, punctuation, word order and endings do not count. Who is spoken of does: the
    /// order in which "you" and "I" first appear is a light word of its own, so that "What do you
    /// need from me?" is not "What do I need from you?".
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let plain = plain(text);
        let mut gathered = Gathered::default();
        let kana = !plain.is_ascii()
            && plain.chars().any(|c| matches!(c.script(), Script::Hiragana | Script::Katakana));
        for chunk in plain.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
            if chunk.is_ascii() {
                self.take(chunk, &mut gathered);
            } else {
                scripts(chunk, kana).into_iter().for_each(|word| self.take(word, &mut gathered));
            }
        }
        let mut words = gathered.words;
        if !gathered.persons.is_empty() {
            words.push(Word::new(&format!("person {}", gathered.persons), LIGHT));
        }
        if words.is_empty() {
            words.push(Word::new(&plain, FULL));
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    fn take(&mut self, word: &str, gathered: &mut Gathered) {
        let word = match word.strip_suffix("n't") {
            Some(verb) => {
                self.take("not", gathered);
                verb
            }
            None => word,
        };
        match self.meaning(word) {
            Meaning::Nothing => {}
            Meaning::Person(person) if gathered.persons.contains(person) => {}
            Meaning::Person(person) => gathered.persons.push(person),
            Meaning::Word(word) => gathered.words.push(word),
        }
    }

    fn meaning(&mut self, word: &str) -> Meaning {
        if let Some(meaning) = self.known.get(word) {
            return *meaning;
        }
        let bare = without_elision(word);
        let meaning = match sense(bare) {
            Sense::Dropped => Meaning::Nothing,
            Sense::Person(person) => Meaning::Person(person),
            Sense::Negation => Meaning::Word(Word::new("not", NEGATION)),
            Sense::Light(word) => Meaning::Word(Word::new(&stem(word), LIGHT)),
            Sense::Full => Meaning::Word(Word::new(&stem(bare), FULL)),
        };
        self.known.insert(word.to_owned(), meaning);
        meaning
    }
}

/// The words of a prompt, and whom it speaks of, in the order of speaking.
#[derive(Default)]
struct Gathered {
    words: Vec<Word>,
    persons: String,
}

/// Returns `text` in lower case, without accents, and with one sign for all apostrophes.
fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace('`', "'");
    }
    text.to_lowercase()
        .nfkd()
        .filter(|c| !is_combining_mark(*c) || !is_accent(*c))
        .map(|c| if matches!(c, '’' | 'ʼ' | '‘' | '`') { '\'' } else { c })
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .nfc()
        .collect()
}

/// Returns whether a mark is an accent of Latin, Greek or Cyrillic rather than a letter's part.
fn is_accent(c: char) -> bool {
    ('\u{300}'..'\u{370}').contains(&c)
}

/// Splits a chunk without spaces: Japanese where its scripts change, Chinese sign by sign.
fn scripts(chunk: &str, kana: bool) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in chunk.char_indices() {
        let script = match c.script() {
            Script::Common | Script::Inherited => last,
            script => Some(script),
        };
        let single = script == Some(Script::Han) && !kana;
        let unspaced = [script, last].iter().any(|script| {
            matches!(script, Some(Script::Han | Script::Hiragana | Script::Katakana))
        });
        if at > 0 && unspaced && (single || script != last) {
            words.push(&chunk[start..at]);
            start = at;
        }
        last = script;
    }
    words.push(&chunk[start..]);
    words
}

/// Returns a word without what an apostrophe ties to it: `what's`, `l'amour`.
fn without_elision(word: &str) -> &str {
    let word = word.trim_matches('\'');
    match word.split_once('\'') {
        Some((before, after)) if before.chars().count() <= 2 && after.chars().count() > 2 => after,
        Some((before, _)) => before,
        None => word,
    }
}

/// Returns the part of a word that is compared; words without spaces between them are compared whole.
fn stem(word: &str) -> String {
    let spelled = |c: char| matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic);
    if !word.starts_with(spelled) {
        return word.to_owned();
    }
    let bare = if word.is_ascii() { without_ending(word) } else { word };
    bare.chars().take(STEM).collect()
}

/// Returns an English word without its ending, if enough is left: `loved`, `loving`, `love`.
fn without_ending(word: &str) -> &str {
    let cut = |word, ending| -> Option<&str> {
        str::strip_suffix(word, ending).filter(|rest| rest.len() >= 3 && !rest.ends_with('s'))
    };
    let endings = ["ing", "ed", "s"];
    let bare = endings.into_iter().find_map(|ending| cut(word, ending)).unwrap_or(word);
    cut(bare, "e").unwrap_or(bare)
}

enum Sense<'w> {
    Dropped,
    Person(char),
    Negation,
    Light(&'w str),
    Full,
}

fn sense(word: &str) -> Sense<'_> {
    static KNOWN: OnceLock<HashMap<&str, char>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let lists = [('0', DROPPED), ('1', FIRST), ('2', SECOND), ('n', NEGATIONS), ('l', COMMON)];
        let entries = lists.into_iter().rev();
        entries.flat_map(|(sense, list)| list.split_whitespace().map(move |w| (w, sense))).collect()
    });
    match known.get(word) {
        Some('0') => Sense::Dropped,
        Some('n') => Sense::Negation,
        Some('l') => Sense::Light(same_question(word)),
        Some(person) => Sense::Person(*person),
        None => unlisted(word),
    }
}

/// Returns one word for question words that are one question in most mouths.
fn same_question(word: &str) -> &str {
    match word {
        "which" => "what",
        "whom" => "who",
        "wen" | "wem" => "wer",
        "welcher" | "welches" | "welchen" => "welche",
        _ => word,
    }
}

/// Tells what a word is that no list knows: very short ones hold the sentence together.
fn unlisted(word: &str) -> Sense<'_> {
    let Some(first) = word.chars().next() else { return Sense::Dropped };
    let length = word.chars().count();
    match first.script() {
        Script::Hiragana if length == 1 => Sense::Dropped,
        Script::Hiragana => Sense::Light(word),
        Script::Han if length == 1 => Sense::Light(word),
        Script::Latin | Script::Greek | Script::Cyrillic if length <= 2 => Sense::Dropped,
        _ => Sense::Full,
    }
}

/// Words that hold a sentence together, or lean on another word.
const DROPPED: &str = "
    a an the this that these those there here to of in on at by for from with about into over
    under as than and or but so if then when's because while since do does did done doing is are was
    were be been being am has have had having will would could can should shall may might must it its
    he him his she her they them their himself herself themselves itself who's
    really truly actually just ever very most quite even still also too only rather simply
    honestly perhaps maybe lately now these days please right almost own out up one some any
    der das den dem des ein eine einen einem einer eines und oder aber wenn dass ist sind waren sein
    habe hast haben hatte hattest wird werden wurde wurdest kann kannst konnte konntest mochtest
    wurden soll sollte darf im in am an auf aus bei mit nach von vom vor zu zum zur fur um uber unter
    durch als wie's es er sie ihn ihm ihr ihnen sich wirklich eigentlich ganz sehr noch auch nur mal
    gerade denn doch schon jemals meisten tatsachlich einmal etwas diese dieser dieses dir's die
    le la les un une des du de et ou mais dans sur avec pour par est sont etait il elle on ce cette
    que's vraiment tres plus encore aussi el los las una unos unas y o pero en con por para es son era
    se lo al del realmente muy mas lo gli il uno e ed o ma nel nella con per sono era si davvero piu
    het een en of maar met voor van op te zijn was er echt heel meest os um uma mas com por sao
    ο η το οι τα τον την του τησ των τουσ τισ ενα μια ενασ και η να θα για με σε απο στο στη στον στην
    ειναι ηταν που οτι πραγματικα πολυ πιο αληθεια
    ですか ますか ましたか でしょうか でしたか ものは ことは あなたが あなたは あなたの あなたにとって
    本当 一番 実
    的 了 是 在 吗 呢 吧 真 很 最 么
";

/// Words for oneself.
const FIRST: &str = "
    i me my mine myself we us our ours ourselves ich mich mir mein meine meinen meinem meiner wir uns
    unser unsere unseren je moi mon ma mes nous notre nos yo mi mis nosotros io mio mia noi nostro
    ik mij mijn wij ons onze eu meu minha εγω μου εμενα με μασ 我 私
";

/// Words for the other.
const SECOND: &str = "
    you your yours yourself du dich dein deine deinen deinem deiner ihr euch euer tu toi ton ta tes
    te vous votre vos ti tuo tua jij je jou jouw voce teu tua seu sua εσυ σου εσενα σε σασ 你 您
";

/// Words that turn a question round.
const NEGATIONS: &str = "
    not no never nothing nobody none without cannot nicht nie niemals nichts niemand kein keine
    keinen ohne pas jamais rien sans nunca nada sin non mai niente senza niet nooit niets geen zonder
    nao nunca sem δεν μη μην ποτε χωρισ τιποτα 不 没
";

/// Words that stand in many prompts.
const COMMON: &str = "
    what which who whom whose when where why how thing things something anything someone anyone
    somebody anybody everyone person people time times moment day days week month year years today
    tonight life way kind make makes made making get gets got give gives gave take takes took go goes
    went come comes came say says said tell tells told ask asks asked think thinks thought know knows
    knew feel feels felt want wants wanted like likes liked need needs find finds found keep keeps
    kept let see sees saw look looks looked hear hears heard help helps helped hope hopes wish good
    better best bad worst big bigger biggest great greatest small little tiny long short new old first
    last next favourite favorite different happy much many more less often always again together
    would've describe name share talk speak other another
    was wer wen wem wann wo warum wieso woher wohin wovor worauf woran wofur wie welche welcher
    welches welchen ding dinge sache jemand mensch menschen zeit moment tag tage woche jahr jahre heute
    leben macht machen gemacht gibt geben sagen gesagt sagst denken denkst wissen weisst fuhlen
    fuhlst fuhlt willst wollen wunschen brauchst brauchen finden findest sehen tun tust gut gute
    besser besten gross grosse klein kleine kleinen neu neue alt erste letzte letzten oft immer wieder
    zusammen mehr
    quoi que qui quand ou comment pourquoi quel quelle quels quelles chose faire fait jour vie qu
    quien quienes cuando donde como porque cual cuales cosa hacer dia vida
    che chi quando dove come perche quale quali cosa fare giorno vita wat wie wanneer waar hoe waarom
    welk welke ding dag leven quem onde qual coisa fazer
    τι ποιοσ ποια ποιο ποιον ποτε που πωσ γιατι κατι καποιοσ μερα ζωη χρονοσ κανει κανεισ θελεισ
    何 誰 人 時 今日 最近 今
";
