//! Who begins.

use super::plan::{Stage, TimedStep};

/// Lets those begin in each group who began least often so far, among them whoever did longest ago.
///
/// With every card of a stage the next of the group begins. In the first `past` stages those begin who did.
pub(super) fn choose(stages: &mut [Stage], people: usize, past: usize) {
    let mut began = vec![0_usize; people];
    let mut last = vec![0_usize; people];
    let mut moment = 0;
    for (number, stage) in stages.iter_mut().enumerate() {
        let has_turns = stage.steps.iter().any(|step| matches!(step, TimedStep::Turns { .. }));
        let groups = &stage.seating.groups;
        let began_with = stage.first.clone();
        let first = groups.iter().enumerate().map(|(at, group)| {
            let cost = |at: &usize| (began[group[*at]], last[group[*at]]);
            let known = began_with.get(at).filter(|_| number < past);
            let known = known.and_then(|first| group.iter().position(|person| person == first));
            let least = || (0..group.len()).min_by_key(cost).unwrap_or_default();
            let begins = known.unwrap_or_else(least);
            // Who is alone begins with nothing.
            let cards = if group.len() > 1 { stage.cards.len().max(1) } else { 0 };
            for card in 0..cards {
                let person = group[(begins + card) % group.len()];
                if has_turns {
                    moment += 1;
                    began[person] += 1;
                    last[person] = moment;
                }
            }
            group[begins]
        });
        stage.first = first.collect();
    }
}
