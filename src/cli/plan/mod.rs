//! `deckle plan`: days or weeks with something to do, for the wall, the calendar and the table.

mod fixed;
mod json;
mod nightly;
mod outline;
mod outputs;
mod page;
mod reminders;
mod sheets;
mod table;

use crate::plan::{self, Plan};

use super::args::{PlanArg, PlanArgs};
use super::draw::tell;
use super::failure::Failure;
use super::output::to_standard_output;
use super::{Terminal, source_date};
use outputs::Outputs;
use reminders::time;

/// Plans.
pub fn plan(args: &PlanArgs, terminal: &Terminal) -> Result<(), Failure> {
    let plan = chosen(args.what);
    let outputs = Outputs::of(args)?;
    let at = args.at.as_deref().map_or(Ok(reminders::USUAL_TIME), time)?;
    let outline = match args.what {
        PlanArg::Nightly => nightly::outline(plan, args)?,
        _ => fixed::outline(plan, args)?,
    };
    outputs.write(&outline, args, at, terminal)?;
    if args.json {
        json::write(&outline)?;
    } else if outputs.is_empty() {
        let text = table::text(&outline, terminal.result_width);
        to_standard_output(|out| out.write_all(text.as_bytes()))?;
    }
    tell(outline.notices.iter().cloned(), args.quiet, terminal);
    if !args.quiet {
        outline.told(at).iter().for_each(|line| terminal.say(line));
        outputs.places().iter().for_each(|place| terminal.say_wrote(std::slice::from_ref(place)));
    }
    Ok(())
}

fn chosen(what: PlanArg) -> &'static Plan {
    let id = match what {
        PlanArg::TenDay => "ten-day",
        PlanArg::Weekly => "weekly",
        PlanArg::SixWeek => "six-week",
        PlanArg::Restore => "restore",
        PlanArg::Nightly => "nightly",
    };
    plan::named(id).expect("a test asks for every plan")
}
