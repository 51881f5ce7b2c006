//! From a format, people, cards and the time there is to a plan.

use jiff::civil::Time;

use super::consent::{RULE, cap};
use super::deal::Dealer;
use super::format::{Deal, Format, Part, Step};
use super::ladder::{Climb, NoWay, Supply, breathers};
use super::plan::{Plan, Stage, TimedBeat, TimedStep, What};
use super::rotation::{Grouping, Odd, Seating};
use super::seating::{self, SeatRequest};
use super::seconds::Seconds;
use super::timing::{QUIET, Stretch, Tempo};
use super::{faults, first};
use crate::deck::{Deck, Depth, Kind, Pick};
use crate::problem::Diagnostic;
use crate::select::Lean;

/// What is asked of a session.
#[derive(Clone, Copy, Debug)]
pub struct SessionRequest<'a> {
    /// The format.
    pub format: &'a Format,
    /// The decks.
    pub decks: &'a [Deck],
    /// The cards that may come; those that guide are among them.
    pub pool: &'a [Pick],
    /// The people, by name or number, each once.
    pub people: &'a [String],
    /// The time there is. Default: what the format usually takes.
    pub time: Option<Seconds>,
    /// How many rounds. Default: the usual number, or as many as there is time for.
    pub rounds: Option<usize>,
    /// When it begins.
    pub start: Option<Time>,
    /// The deepest depth. Default: that of the format, or a lighter one for some groups.
    pub ceiling: Option<Depth>,
    /// What becomes of the one whom pairs leave over.
    pub odd: Odd,
    /// Who shall not meet, by their places among the people.
    pub apart: &'a [(usize, usize)],
    /// The categories that the choice of cards leans towards.
    pub lean: Lean<'a>,
    /// The number that chance starts from.
    pub seed: u64,
}

/// The depths of each part's rounds; those of a part without cards of its own are not known.
type Depths = Vec<Vec<Option<Depth>>>;

impl SessionRequest<'_> {
    /// Plans the session.
    ///
    /// Depth rises from round to round by one level at most, within the ceiling; after two rounds of
    /// depth 4 or 5 there is a moment of quiet before the next; the last card is an appreciation. All
    /// turns of a group are equally long. Who begins is whoever began least often so far.
    ///
    /// # Errors
    ///
    /// There are too few or too many people for the format (`people-number`), too many rounds
    /// (`rounds-number`), too little time (`too-little-time`), or too few cards (`no-card-to-play`,
    /// `too-few-cards`).
    pub fn plan(&self) -> Result<Plan, Vec<Diagnostic>> {
        let problems: Vec<Diagnostic> =
            [self.wrong_people(), self.wrong_rounds()].into_iter().flatten().collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut notes = Vec::new();
        let ceiling = self.ceiling(&mut notes);
        let (decks, seed) = (self.decks, self.seed);
        let mut dealer =
            Dealer::new(decks, self.pool, ceiling, &self.format.without, self.lean, seed);
        // What a session ends on is worth more than any round: it is taken first.
        let landing = dealer.landing(&self.format.landing);
        let (tempo, depths) =
            self.tempo(&dealer, ceiling, &mut notes).map_err(|problem| vec![*problem])?;
        if self.format.landing.deal == Deal::New && !dealer.is_thanks(&landing) {
            notes.push(faults::no_landing(!landing.is_empty()));
        }
        let lands = landing.first().and_then(|pick| dealer.depth(*pick));
        let last = depths.iter().flatten().flatten().last().copied();
        notes.extend(lands.zip(last).and_then(|(lands, last)| faults::deep_landing(lands, last)));
        let mut stages = self.stages(&tempo, &depths, &mut dealer, landing);
        notes.extend(faults::no_reserve(&stages));
        let seats = SeatRequest {
            format: self.format,
            people: self.people.len(),
            odd: self.odd,
            apart: self.apart,
            past: &[],
            seed: self.seed,
        };
        let meetings = seating::seat(&seats, &mut stages);
        notes.extend(meetings.iter().flat_map(|it| faults::meetings(it, self.people)));
        notes.extend(faults::not_apart(&seating::not_apart(&stages, self.apart), self.people));
        first::choose(&mut stages, self.people.len(), 0);
        let mut plan = Plan {
            format: self.format.clone(),
            people: self.people.to_vec(),
            gone: Vec::new(),
            start: self.start,
            ceiling,
            stages,
            from_round: 1,
            meetings,
            in_hand: Seconds::ZERO,
            notes,
        };
        plan.in_hand = self.time.map_or(Seconds::ZERO, |time| time.less(plan.length()));
        Ok(plan)
    }

    fn wrong_people(&self) -> Option<Diagnostic> {
        let (format, count) = (self.format, self.people.len());
        let is_right = (format.people.least..=format.people.most).contains(&count);
        (!is_right).then(|| faults::people(format, count))
    }

    fn wrong_rounds(&self) -> Option<Diagnostic> {
        let asked = self.rounds?;
        let open = self.format.parts.iter().find(|part| part.rounds.is_open());
        let Some(part) = open else { return Some(faults::no_choice_of_rounds(self.format)) };
        let is_right = (part.rounds.least..=part.rounds.most).contains(&asked);
        (!is_right).then(|| faults::rounds(self.format, asked, part.rounds))
    }

    fn ceiling(&self, notes: &mut Vec<Diagnostic>) -> Depth {
        let cap = cap(self.decks, self.people.len());
        match (self.ceiling, cap) {
            (Some(asked), Some((cap, who))) if asked > cap => {
                notes.push(faults::deeper_than_usual(asked, cap, &who));
                asked
            }
            (Some(asked), _) => asked,
            (None, Some((cap, _))) => self.format.ceiling.min(cap),
            (None, None) => self.format.ceiling,
        }
    }

    /// Returns how many rounds or cards are tried, the most first.
    fn tries(&self) -> Vec<Tempo<'_>> {
        let tempo = Tempo {
            format: self.format,
            people: self.people.len(),
            odd: self.odd,
            rounds: self.rounds,
            cards: None,
            stretch: Stretch::default(),
            quiet: 0,
        };
        let parts = &self.format.parts;
        if let Some(cards) = parts.iter().map(|part| part.cards).find(|cards| cards.is_open()) {
            let most = if self.time.is_some() { cards.most } else { cards.usual };
            return (cards.least..=most)
                .rev()
                .map(|cards| Tempo { cards: Some(cards), ..tempo })
                .collect();
        }
        let open = parts.iter().find(|part| part.rounds.is_open());
        match (open, self.rounds) {
            (Some(part), None) => {
                let most = if self.time.is_some() { part.rounds.most } else { part.rounds.usual };
                let most = most.min(self.rounds_with_strangers(part)).max(part.rounds.least);
                (part.rounds.least..=most)
                    .rev()
                    .map(|rounds| Tempo { rounds: Some(rounds), ..tempo })
                    .collect()
            }
            _ => vec![tempo],
        }
    }

    /// Returns for how many rounds there are strangers enough.
    fn rounds_with_strangers(&self, part: &Part) -> usize {
        let people = self.people.len();
        match part.grouping {
            _ if self.format.stay => usize::MAX,
            Grouping::Circles => (people / 2).max(1),
            Grouping::Pairs if people.is_multiple_of(2) || self.odd == Odd::Rest => {
                (people - 1).max(1)
            }
            Grouping::Pairs => (people * (people - 1) / (people + 3)).max(1),
            _ => usize::MAX,
        }
    }

    /// Returns the number of rounds, the depths and the times that suit best.
    fn tempo<'f>(
        &'f self,
        dealer: &Dealer,
        ceiling: Depth,
        notes: &mut Vec<Diagnostic>,
    ) -> Result<(Tempo<'f>, Depths), Box<Diagnostic>> {
        let tries = self.tries();
        let mut lacking = None;
        let mut possible: Vec<(Tempo, Depths)> = Vec::new();
        for tempo in &tries {
            match self.depths(tempo, dealer, ceiling) {
                Ok(depths) => {
                    let all: Vec<Option<Depth>> = depths.iter().flatten().copied().collect();
                    possible.push((Tempo { quiet: breathers(&all).len(), ..*tempo }, depths));
                }
                Err(lack) => lacking = lacking.or(Some(lack)),
            }
        }
        if possible.is_empty() {
            let told = |lack: Lack| lack.told(ceiling);
            return Err(lacking.map_or_else(|| faults::no_card(ceiling), told).into());
        }
        let chosen = self.time.map_or(0, |time| nearest(&possible, time));
        // More rounds would have been tried before the first that is possible.
        if let Some(lack) = lacking.filter(|_| chosen == 0) {
            notes.push(lack.noted());
        }
        let (tempo, depths) = possible.swap_remove(chosen);
        let Some(time) = self.time else { return Ok((tempo, depths)) };
        match tempo.within(time) {
            Some(tempo) => Ok((tempo, depths)),
            None => Err(self.too_little_time(time, &tempo).into()),
        }
    }

    fn too_little_time(&self, time: Seconds, least: &Tempo) -> Diagnostic {
        let shortest = Tempo { stretch: Stretch::SHORTEST, ..*least };
        let fitting = self.rounds.and_then(|asked| {
            let fewer = |rounds: &usize| Tempo { rounds: Some(*rounds), ..*least };
            (1..asked).rev().find(|rounds| fewer(rounds).within(time).is_some())
        });
        faults::too_little_time(self.format, time, shortest.whole(), self.rounds, fitting)
    }

    /// Returns the depth of every round.
    fn depths(&self, tempo: &Tempo, dealer: &Dealer, ceiling: Depth) -> Result<Depths, Lack> {
        let mut depths: Depths = Vec::new();
        let mut before = None;
        let mut taken: Vec<(&Part, Supply)> = Vec::new();
        for part in &self.format.parts {
            let rounds = tempo.rounds(part);
            if part.deal != Deal::New {
                let kept = if part.deal == Deal::Same { before } else { None };
                depths.push(vec![kept; rounds]);
                continue;
            }
            let mut supply = dealer.supply(part);
            for (other, of_other) in &taken {
                if other.kinds.iter().any(|kind| part.kinds.contains(kind)) {
                    supply = std::array::from_fn(|at| supply[at].saturating_sub(of_other[at]));
                }
            }
            let cards = tempo.cards(part);
            let depth = [part.depth[0].min(ceiling), self.deepest(part, ceiling)];
            let climb = Climb { rounds, cards, depth, before };
            let lack = |no_way| Lack {
                no_way,
                part: part.title.clone(),
                kinds: part.kinds.clone(),
                cards,
                next: self.next_depth(part, ceiling),
            };
            let of_part = climb.depths(&supply).map_err(lack)?;
            before = of_part.last().copied();
            taken.push((part, counted(&of_part, cards)));
            depths.push(of_part.into_iter().map(Some).collect());
        }
        Ok(depths)
    }

    /// Returns how deep a part goes: a part that goes as deep as its format follows the ceiling also where
    /// that is deeper, and no part goes deeper than the ceiling.
    fn deepest(&self, part: &Part, ceiling: Depth) -> Depth {
        let follows = part.depth[1] >= self.format.ceiling;
        if follows { ceiling } else { part.depth[1].min(ceiling) }
    }

    /// Returns the first depth below the ceiling at which the pool has cards for a part, if a deeper
    /// ceiling is of use to it.
    fn next_depth(&self, part: &Part, ceiling: Depth) -> Option<Depth> {
        if self.deepest(part, Depth::ALL[4]) <= ceiling {
            return None;
        }
        let cards = self.pool.iter().map(|pick| pick.of(self.decks).1);
        let suiting = cards.filter(|card| part.kinds.contains(&card.kind));
        let deepest = self.deepest(part, Depth::ALL[4]);
        let deeper = |depth: &Depth| *depth > ceiling && *depth <= deepest;
        suiting.filter_map(|card| card.depth).filter(deeper).min()
    }

    /// Returns the stages with their cards and times, nobody seated yet.
    fn stages(
        &self,
        tempo: &Tempo,
        depths: &Depths,
        dealer: &mut Dealer,
        landing: Vec<Pick>,
    ) -> Vec<Stage> {
        let mut draft =
            Draft { tempo, stages: vec![self.opening(tempo, dealer)], round: 0, before: None };
        let all: Vec<Option<Depth>> = depths.iter().flatten().copied().collect();
        let quiet = breathers(&all);
        let dealt = self.dealt(tempo, depths, dealer);
        let reserves = self.reserves(tempo, depths, dealer);
        for (number, part) in self.format.parts.iter().enumerate() {
            let cards = tempo.cards(part);
            for (at, depth) in depths[number].iter().enumerate() {
                if quiet.contains(&draft.round) {
                    draft.quiet(dealer.guide(Kind::Pause));
                }
                let own = dealt[number].iter().skip(at * cards).take(cards).copied().collect();
                draft.round(number, *depth, own, reserves[number][at]);
            }
        }
        draft.land(&self.format.landing, landing, dealer);
        draft.stages
    }

    fn dealt(&self, tempo: &Tempo, depths: &Depths, dealer: &mut Dealer) -> Vec<Vec<Pick>> {
        let parts = self.format.parts.iter().zip(depths);
        let of_part = |(part, depths): (&Part, &Vec<Option<Depth>>)| match part.deal {
            Deal::New => {
                let own: Vec<Depth> = depths.iter().flatten().copied().collect();
                dealer.take(part, counted(&own, tempo.cards(part)))
            }
            Deal::Same | Deal::None => Vec::new(),
        };
        parts.map(of_part).collect()
    }

    /// Returns one card for each round to fall back on, as deep as its own, or lighter where there are not
    /// enough.
    fn reserves(
        &self,
        tempo: &Tempo,
        depths: &Depths,
        dealer: &mut Dealer,
    ) -> Vec<Vec<Option<Pick>>> {
        let parts = self.format.parts.iter().zip(depths);
        let of_part = |(part, depths): (&Part, &Vec<Option<Depth>>)| {
            if part.deal != Deal::New {
                return vec![None; tempo.rounds(part)];
            }
            let own: Vec<Depth> = depths.iter().flatten().copied().collect();
            let mut left = dealer.take(part, counted(&own, 1));
            let mut fitting = |depth: &Depth| {
                let at = left.iter().position(|pick| dealer.depth(*pick) == Some(*depth))?;
                Some(left.remove(at))
            };
            let exact: Vec<Option<Pick>> = own.iter().map(&mut fitting).collect();
            // A lighter card is better than none.
            let lighter = |(depth, exact): (&Depth, Option<Pick>)| {
                exact.or_else(|| dealer.take_lighter(part, *depth))
            };
            own.iter().zip(exact).map(lighter).collect()
        };
        parts.map(of_part).collect()
    }

    fn opening(&self, tempo: &Tempo, dealer: &Dealer) -> Stage {
        let say = [RULE.to_owned()].into_iter().chain(self.format.opening.say.iter().cloned());
        Stage {
            what: What::Opening,
            part: None,
            title: "Opening".into(),
            say: say.collect(),
            moving: Seconds::ZERO,
            at: Seconds::ZERO,
            length: tempo.opening(),
            depth: None,
            cards: dealer.guide(Kind::Rule).into_iter().collect(),
            reserve: Vec::new(),
            keeps_cards: false,
            seating: Seating::default(),
            first: Vec::new(),
            steps: Vec::new(),
        }
    }
}

/// Returns which of the tempos usually takes about as long as there is time; one that can be done in it
/// comes before all that cannot, and the last is the shortest.
fn nearest(possible: &[(Tempo, Depths)], time: Seconds) -> usize {
    let off = |at: &usize| {
        let tempo = possible[*at].0;
        (tempo.within(time).is_none(), tempo.whole().0.abs_diff(time.0))
    };
    let fitting = (0..possible.len()).min_by_key(off).filter(|at| !off(at).0);
    fitting.unwrap_or(possible.len() - 1)
}

/// Returns how many cards of each depth rounds need.
fn counted(depths: &[Depth], cards: usize) -> Supply {
    let mut count = Supply::default();
    for depth in depths {
        count[usize::from(depth.level()) - 1] += cards;
    }
    count
}

/// What a part lacks.
struct Lack {
    no_way: NoWay,
    part: String,
    kinds: Vec<Kind>,
    cards: usize,
    /// The next depth at which there are such cards.
    next: Option<Depth>,
}

impl Lack {
    fn told(&self, ceiling: Depth) -> Diagnostic {
        faults::lacking(self.no_way, &self.part, &self.kinds, self.cards, ceiling, self.next)
    }

    fn noted(&self) -> Diagnostic {
        faults::fewer_rounds(self.no_way, self.next)
    }
}

/// Stages while they are written one behind the other.
struct Draft<'t, 'f> {
    tempo: &'t Tempo<'f>,
    stages: Vec<Stage>,
    /// How many rounds there are already.
    round: usize,
    /// How people sat last.
    before: Option<Grouping>,
}

impl Draft<'_, '_> {
    fn end(&self) -> Seconds {
        self.stages.last().map_or(Seconds::ZERO, Stage::end)
    }

    fn round(
        &mut self,
        number: usize,
        depth: Option<Depth>,
        cards: Vec<Pick>,
        reserve: Option<Pick>,
    ) {
        let part = &self.tempo.format.parts[number];
        self.round += 1;
        let moving = self.tempo.moving(self.before, part.grouping);
        let keeps_cards = part.deal == Deal::Same;
        let mut rounds = self.stages.iter().rev().filter(|stage| stage.part.is_some());
        let (cards, reserve) = match rounds.next().filter(|_| keeps_cards) {
            Some(last) => (last.cards.clone(), last.reserve.clone()),
            None => (cards, reserve.into_iter().collect()),
        };
        self.stages.push(Stage {
            what: What::Round(self.round),
            part: Some(number),
            title: part.title.clone(),
            say: part.say.clone(),
            moving,
            at: self.end() + moving,
            length: self.tempo.round(part),
            depth,
            cards,
            reserve,
            keeps_cards,
            seating: Seating::default(),
            first: Vec::new(),
            steps: self.steps(part),
        });
        self.before = Some(part.grouping);
    }

    fn quiet(&mut self, card: Option<Pick>) {
        self.stages.push(Stage {
            what: What::Quiet,
            part: None,
            title: "Quiet".into(),
            say: vec![
                "A minute without words: breathe, look out of a window, drink something.".into(),
            ],
            moving: Seconds::ZERO,
            at: self.end(),
            length: QUIET,
            depth: None,
            cards: card.into_iter().collect(),
            reserve: Vec::new(),
            keeps_cards: false,
            seating: Seating::default(),
            first: Vec::new(),
            steps: Vec::new(),
        });
    }

    fn land(&mut self, part: &Part, mut cards: Vec<Pick>, dealer: &Dealer) {
        let reserve = cards.split_off(cards.len().min(1));
        let depth = cards.first().and_then(|pick| dealer.depth(*pick));
        // Whoever sits together stays.
        let moving = match self.before == Some(part.grouping) {
            true => Seconds::ZERO,
            false => self.tempo.moving(self.before, part.grouping),
        };
        self.stages.push(Stage {
            what: What::Landing,
            part: None,
            title: part.title.clone(),
            say: part.say.clone(),
            moving,
            at: self.end() + moving,
            length: self.tempo.round(part),
            depth,
            cards,
            reserve,
            keeps_cards: false,
            seating: Seating::default(),
            first: Vec::new(),
            steps: self.steps(part),
        });
    }

    fn steps(&self, part: &Part) -> Vec<TimedStep> {
        let turns = self.tempo.turns(part);
        let timed = |beat: &super::format::Beat| TimedBeat {
            role: beat.role,
            does: beat.does.clone(),
            time: self.tempo.beat(beat),
        };
        let step = |step: &Step| match step {
            Step::Turns(beats) => {
                TimedStep::Turns { turns, beats: beats.iter().map(timed).collect() }
            }
            Step::Together(beat) => TimedStep::Together(timed(beat)),
        };
        part.steps.iter().map(step).collect()
    }
}
