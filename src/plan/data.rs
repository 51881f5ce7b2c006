//! The plans that come with the program.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::deck::Kind;

/// The version of the files that this program reads.
const SCHEMA: u8 = 1;

/// Days or weeks with something to do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    schema: u8,
    /// The name on the command line.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// What it is for and how it goes, in a sentence or two.
    pub purpose: String,
    /// What its steps are counted in.
    pub unit: Unit,
    /// The steps, in order; the last is a landing.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// What the steps of a plan are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// The days from the first on, those without a step too.
    Day,
    /// Weeks of one step each.
    Week,
    /// The steps themselves.
    Step,
    /// Every evening.
    Night,
}

impl Unit {
    /// Returns the word for it, with a capital.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Step => "Step",
            Self::Night => "Night",
        }
    }
}

/// Something to do on a day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    day: Option<u32>,
    every: Option<u32>,
    /// What it is called.
    pub title: String,
    /// What to do, for a day without a card of its own.
    pub words: String,
    /// How long it takes all together.
    pub minutes: u16,
    /// The built-in deck of the card that belongs to it. Default: `rituals`.
    #[serde(default = "usual_deck")]
    pub deck: String,
    /// The id of that card, if there is one.
    pub id: Option<String>,
    /// The kinds of a card that is chosen for it. Default: all that ask something.
    #[serde(default)]
    pub kind: Vec<Kind>,
    /// The ids of the categories of such a card. Default: all.
    #[serde(default)]
    pub category: Vec<String>,
    /// The deepest that such a card may be, 1 to 5; none where the step has no card.
    pub deepest: Option<u8>,
    /// The ids of categories of which one must be opted into before the step has a card. Default:
    /// none.
    #[serde(default)]
    pub opt_in: Vec<String>,
}

fn usual_deck() -> String {
    "rituals".into()
}

/// When a step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// On the day of that number, from 1.
    Day(u32),
    /// Again and again, every so many days from the first on.
    Every(u32),
}

impl Step {
    /// Returns when it is done.
    pub fn when(&self) -> When {
        match (self.day, self.every) {
            (_, Some(days)) => When::Every(days.max(1)),
            (day, None) => When::Day(day.unwrap_or(1)),
        }
    }
}

impl Plan {
    /// Returns whether the plan goes on for as many days as one likes.
    pub fn is_open(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.when(), When::Every(_)))
    }
}

static PLANS: LazyLock<Vec<Plan>> = LazyLock::new(|| {
    let texts = [
        include_str!("plans/ten-day.toml"),
        include_str!("plans/weekly.toml"),
        include_str!("plans/six-week.toml"),
        include_str!("plans/restore.toml"),
        include_str!("plans/nightly.toml"),
    ];
    let read = |text| {
        let plan: Plan = toml::from_str(text).expect("the plans are read by a test");
        assert_eq!(plan.schema, SCHEMA, "the plans are read by a test");
        plan
    };
    texts.into_iter().map(read).collect()
});

/// Returns all plans.
pub fn all() -> &'static [Plan] {
    &PLANS
}

/// Returns the plan called `id`, if there is one.
pub fn named(id: &str) -> Option<&'static Plan> {
    PLANS.iter().find(|plan| plan.id == id)
}
