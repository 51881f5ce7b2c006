//! What a person has to do with printed sheets, step by step.

use crate::impose::plan::{Duplex, Stacking};
use crate::impose::turn::{Flip, Turn};
use crate::length::Size;

/// Returns what a person has to do so that the cut cards are a deck in order, step by step. Empty where
/// nothing is stacked.
pub fn stacking_instructions(stacking: Stacking, sheets: usize) -> Vec<String> {
    let Stacking::CutAndStack { block } = stacking else { return Vec::new() };
    let stack = match sheets.div_ceil(block) {
        0 | 1 => "keep the sheets in order, sheet 1 on top, and cut them as one stack".to_owned(),
        blocks if block == 1 => format!("cut the {blocks} sheets one by one, in order"),
        blocks => {
            let sizes = match sheets % block {
                0 => format!("of {block} sheets"),
                rest => format!("of {block} sheets, the last of {rest}"),
            };
            format!("cut in {blocks} blocks {sizes}, each in order, its first on top")
        }
    };
    let piles = "lay the piles on one another, row by row from the top left, the first on top";
    let mut steps = vec![stack, piles.to_owned()];
    if sheets > block {
        let pieces = if block == 1 { "those of the next sheets" } else { "the blocks" };
        steps.push(format!("then {pieces}, the first on top"));
    }
    steps
}

/// Returns what a person has to do so that backs meet their fronts, step by step.
///
/// `page` is a page of `sheets` sheets as a viewer shows it. Empty where backs are not printed.
pub fn instructions(duplex: Duplex, flip: Flip, page: Size, sheets: usize) -> Vec<String> {
    let edge = match flip {
        Flip::LongEdge => "long",
        Flip::ShortEdge => "short",
    };
    match duplex {
        Duplex::None => Vec::new(),
        Duplex::Auto => vec![format!("print on both sides, flipped on the {edge} edge")],
        Duplex::Fold => by_folding(),
        Duplex::TwoPass => by_hand(Turn::of(page, flip), sheets.max(1)),
    }
}

fn by_folding() -> Vec<String> {
    let steps = [
        "print on one side of the paper",
        "score and fold each sheet along the dashed line, the print outside",
        "glue the halves together, and let them dry flat under a weight",
    ];
    steps.map(String::from).to_vec()
}

fn by_hand(turn: Turn, sheets: usize) -> Vec<String> {
    let pages = |first: usize, last: usize| match last - first {
        0 => format!("page {first}"),
        _ => format!("pages {first} to {last}"),
    };
    let turned = like(turn);
    vec![
        "try these steps with one sheet first, and hold it against the light".into(),
        format!("print {}, the fronts, on one side", pages(1, sheets)),
        format!("put the stack back so that the bare sides are printed, turned as {turned}"),
        // Whether the stack has to be re-sorted depends on how a printer feeds and delivers, so
        // the one thing that is true of all of them is said.
        "see that the first sheet is drawn in first; its number stands outside the cards".into(),
        format!("print {}, the backs", pages(sheets + 1, sheets * 2)),
    ]
}

/// Returns what a person has to do between the two pages of a single sheet.
pub fn turned_by_hand(turn: Turn) -> String {
    let turned = like(turn);
    format!("put the sheet back so that the bare side is printed, turned as {turned}")
}

/// Returns what a sheet is turned like.
const fn like(turn: Turn) -> &'static str {
    match turn {
        Turn::AboutVertical => "a page of a book: left and right change places, the top stays",
        Turn::AboutHorizontal => "a page of a wall calendar: top and bottom change places",
    }
}

/// Returns a picture of the turn for a terminal, line by line: the numbered corners of a sheet from its
/// front, and where they are once it is turned.
///
/// Empty where sheets are not turned by hand.
pub fn picture_of_turn(duplex: Duplex, flip: Flip, page: Size) -> Vec<String> {
    if duplex != Duplex::TwoPass {
        return Vec::new();
    }
    let turn = Turn::of(page, flip);
    let corners = [0, 1, 2, 3];
    let behind = corners.map(|corner| turn.cell(corner, 2, 2));
    let (wide, high) = if page.is_landscape() { (11, 3) } else { (7, 4) };
    let sheet = |corners: [usize; 4], word: &str| {
        let [a, b, c, d] = corners.map(|corner| (corner + 1).to_string());
        let edge = |left, right| format!("{left}{}{right}", "─".repeat(wide + 2));
        let row = |left: &str, right: &str| format!("│ {left}{right:>wide$} │", wide = wide - 1);
        let mut lines = vec![edge('┌', '┐'), row(&a, &b)];
        lines.extend((2..high).map(|_| row(" ", "")));
        lines.insert(lines.len() - (high - 2) / 2, format!("│{word:^wide$}│", wide = wide + 2));
        lines.extend([row(&c, &d), edge('└', '┘')]);
        lines
    };
    let [front, back] = [sheet(corners, "front"), sheet(behind, "back")];
    let arrow = front.len() / 2;
    let beside = |(at, (front, back)): (usize, (String, String))| {
        format!("  {front}  {}  {back}", if at == arrow { "→" } else { " " })
    };
    front.into_iter().zip(back).enumerate().map(beside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacking_is_told_step_by_step() {
        let stacked = Stacking::CutAndStack { block: 4 };
        assert_eq!(stacking_instructions(Stacking::SheetBySheet, 9), [""; 0]);
        assert_eq!(stacking_instructions(stacked, 4).len(), 2);
        let steps = stacking_instructions(stacked, 9);
        assert_eq!(
            steps[0],
            "cut in 3 blocks of 4 sheets, the last of 1, each in order, its first on top"
        );
        let steps = stacking_instructions(stacked, 8);
        assert_eq!(steps[0], "cut in 2 blocks of 4 sheets, each in order, its first on top");
        assert_eq!(steps[2], "then the blocks, the first on top");
    }

    #[test]
    fn instructions_name_pages_and_turn() {
        let upright = Size::mm(210.0, 297.0);
        let steps = instructions(Duplex::TwoPass, Flip::ShortEdge, upright, 6);
        assert_eq!(steps[1], "print pages 1 to 6, the fronts, on one side");
        assert!(steps[2].contains("top and bottom change places"));
        assert_eq!(steps[4], "print pages 7 to 12, the backs");
        let steps = instructions(Duplex::TwoPass, Flip::LongEdge, upright, 1);
        assert_eq!(steps[1], "print page 1, the fronts, on one side");
        assert!(steps[2].contains("left and right change places"));
        assert_eq!(steps[4], "print page 2, the backs");
        let steps = instructions(Duplex::Auto, Flip::ShortEdge, upright, 6);
        assert_eq!(steps, ["print on both sides, flipped on the short edge"]);
        assert_eq!(instructions(Duplex::None, Flip::LongEdge, upright, 6), [""; 0]);
    }

    #[test]
    fn the_turn_is_drawn() {
        let upright = Size::mm(210.0, 297.0);
        let drawn = |flip, page| picture_of_turn(Duplex::TwoPass, flip, page).join("\n");
        assert_eq!(
            drawn(Flip::LongEdge, upright),
            "  ┌─────────┐     ┌─────────┐
  │ 1     2 │     │ 2     1 │
  │         │     │         │
  │  front  │  →  │  back   │
  │         │     │         │
  │ 3     4 │     │ 4     3 │
  └─────────┘     └─────────┘"
        );
        assert_eq!(
            drawn(Flip::LongEdge, upright.turned()),
            "  ┌─────────────┐     ┌─────────────┐
  │ 1         2 │     │ 3         4 │
  │             │     │             │
  │    front    │  →  │    back     │
  │ 3         4 │     │ 1         2 │
  └─────────────┘     └─────────────┘"
        );
        assert_eq!(picture_of_turn(Duplex::Auto, Flip::LongEdge, upright), [""; 0]);
    }
}
