//! What must hold for every sheet, whatever is asked for.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::impose::fold::fold_line;
use crate::length::{Axes, Length, Point, Rect, Sides, Size};
use crate::scene::{Group, Item, Layer, Page, Scene, Transform};

/// Sets text as if every letter were half as wide as the type is high.
fn set(text: &str, spec: TextSpec) -> SetLine {
    let width = (spec.size / 2) * text.chars().count() as i64;
    SetLine { scene: Scene { text: text.into(), ..Scene::default() }, width }
}

/// A face that says which card it belongs to.
fn face(card: usize, _: Side) -> Arc<Scene> {
    Arc::new(Scene { text: card.to_string(), ..Scene::default() })
}

fn length(most_mm: i64) -> impl Strategy<Value = Length> {
    prop_oneof![
        Just(Length::ZERO),
        (0..=most_mm).prop_map(|mm| Length::mm(mm as f64)),
        (0..=most_mm * 36_000).prop_map(Length::emu),
    ]
}

fn size(least_mm: i64, most_mm: i64) -> impl Strategy<Value = Size> {
    let side = || (least_mm * 36_000..=most_mm * 36_000).prop_map(Length::emu);
    (side(), side()).prop_map(|(width, height)| Size::new(width, height))
}

fn format(
    catalogue: Vec<Format>,
    free: impl Strategy<Value = Size>,
) -> impl Strategy<Value = Format> {
    let template = catalogue[0].clone();
    let free =
        free.prop_map(move |size| Format { size, corner_radius: Length::ZERO, ..template.clone() });
    prop_oneof![proptest::sample::select(catalogue), free]
}

fn choices() -> impl Strategy<Value = SheetRequest> {
    let catalogues = Catalogues::bundled();
    let formats =
        (format(catalogues.sizes, size(25, 150)), format(catalogues.papers, size(60, 500)));
    let purpose = proptest::sample::select(vec![Purpose::Home, Purpose::Copyshop, Purpose::Press]);
    (purpose, formats).prop_map(|(purpose, (card, paper))| SheetRequest::new(purpose, card, paper))
}

fn ways() -> impl Strategy<Value = (Option<Orientation>, Option<Duplex>, Option<Flip>)> {
    use proptest::{option::of, sample::select};
    let orientations = vec![Orientation::Auto, Orientation::Portrait, Orientation::Landscape];
    let duplexes = vec![Duplex::Auto, Duplex::TwoPass, Duplex::Fold];
    let flips = vec![Flip::LongEdge, Flip::ShortEdge];
    (of(select(orientations)), of(select(duplexes)), of(select(flips)))
}

fn styles() -> impl Strategy<Value = (Option<MarkStyle>, Option<Stacking>)> {
    use proptest::{option::of, sample::select};
    let styles = vec![MarkStyle::Corners, MarkStyle::Crop, MarkStyle::Guides, MarkStyle::None];
    let stackings = vec![
        Stacking::SheetBySheet,
        Stacking::CutAndStack { block: Stacking::USUAL_BLOCK },
        Stacking::CutAndStack { block: 2 },
    ];
    (of(select(styles)), of(select(stackings)))
}

fn lengths() -> impl Strategy<Value = (Option<Length>, Option<Axes<Length>>, Option<Length>)> {
    use proptest::option::of;
    let gutter = (length(20), length(20)).prop_map(|(x, y)| Axes { x, y });
    (of(length(25)), of(gutter), of(length(6)))
}

/// Requests of all kinds, also such as cannot be met.
pub(super) fn requests() -> impl Strategy<Value = SheetRequest> {
    (choices(), ways(), styles(), lengths()).prop_map(|(request, ways, styles, lengths)| {
        let (orientation, duplex, flip) = ways;
        let folds = duplex == Some(Duplex::Fold);
        let arrangement = (styles.0.is_some() || folds).then_some(Arrangement::Sheets);
        let (margin, gutter, bleed) = lengths;
        let (marks, stacking) = styles;
        SheetRequest {
            orientation,
            duplex,
            flip,
            margin,
            gutter,
            bleed,
            marks,
            stacking,
            arrangement,
            ..request
        }
    })
}

fn specs() -> impl Strategy<Value = SheetSpec> {
    requests().prop_filter_map("no card fits", |request| request.resolve(&[]).ok())
}

/// Sheets whose cells stand anywhere in their area, and perhaps hold cards that lie on their side,
/// as those of perforated stock do.
fn skewed() -> impl Strategy<Value = SheetSpec> {
    (specs(), any::<bool>(), 0..=1000i64, 0..=1000i64).prop_map(|(spec, lies, x, y)| {
        let (grid, outline) = (spec.grid, spec.grid.outline());
        let free = |area: Length, outline: Length, part: i64| (area - outline) * part / 1000;
        let origin = grid.area.origin
            + Point::new(
                free(grid.area.size.width, outline.size.width, x),
                free(grid.area.size.height, outline.size.height, y),
            );
        let pose = if lies { Pose::Left } else { Pose::Upright };
        SheetSpec { grid: Grid { origin, pose, ..grid }, ..spec }
    })
}

fn imposer<'a>(spec: &SheetSpec, count: usize) -> Imposer<'a> {
    let register = Register::default();
    Imposer::new(spec, Job { count, title: "Intimacy", digest: "4F2K9Q7X", text: &set, register })
}

fn layer(page: &Page, layer: Layer) -> Option<&Group> {
    page.scene.items.iter().find_map(|item| match item {
        Item::Group(group) if group.layer == Some(layer) => Some(group),
        _ => None,
    })
}

/// Returns the faces of a page and how each was placed: those of one side of the cards, or both
/// one after the other where the page is folded.
fn artworks(page: &Page) -> Vec<BTreeMap<usize, Group>> {
    let placed = |item: &Item| match item {
        Item::Group(group) => (group.scene.text.parse().unwrap(), group.clone()),
        other => panic!("{other:?} is no card"),
    };
    let artworks = page.scene.items.iter().filter_map(|item| match item {
        Item::Group(group) if group.layer == Some(Layer::Artwork) => Some(group),
        _ => None,
    });
    artworks.map(|artwork| artwork.scene.items.iter().map(placed).collect()).collect()
}

/// Returns the area of the page that a card may ink.
fn inked(group: &Group) -> Rect {
    let clip = group.clip.unwrap();
    let corners = [clip.origin, Point::new(clip.right(), clip.bottom())];
    let [a, b] = corners.map(|corner| Rect::new(group.transform.apply(corner), Size::default()));
    a.union(b)
}

/// Returns where a point of the front lies once the paper itself is turned and seen from behind, or
/// where it comes to lie once the paper is folded.
fn turned(point: Point, spec: &SheetSpec) -> Point {
    let page = spec.grid.page;
    let long_edge_is_upright = page.height >= page.width;
    let axis_is_upright = match spec.arrangement {
        // Pages of one face never meet on a sheet of paper: their backs stand as their fronts.
        Arrangement::Faces => true,
        // The line is drawn between the halves.
        Arrangement::Sheets if spec.duplex == Duplex::Fold => {
            spec.grid.area.size.width < page.width
        }
        Arrangement::Sheets => long_edge_is_upright == (spec.flip == Flip::LongEdge),
    };
    if axis_is_upright {
        Point::new(page.width - point.x, point.y)
    } else {
        Point::new(point.x, page.height - point.y)
    }
}

/// The faces of the cards of a sheet, by number.
type Placed = BTreeMap<usize, Group>;

/// Prints a job as a printer does and returns the fronts and the backs that meet on each sheet of
/// paper.
fn printed(imposer: &Imposer, duplex: Duplex) -> Vec<(Placed, Placed)> {
    if duplex == Duplex::Fold {
        let halves = |page: Page| <[Placed; 2]>::try_from(artworks(&page)).unwrap().into();
        return imposer.pages(&face).map(halves).collect();
    }
    let only = |page: Page| <[Placed; 1]>::try_from(artworks(&page)).unwrap()[0].clone();
    sheets(imposer, duplex).into_iter().map(|(recto, verso)| (only(recto), only(verso))).collect()
}

/// Returns the pages that meet on each sheet of paper, printed by the printer itself or by hand.
fn sheets(imposer: &Imposer, duplex: Duplex) -> Vec<(Page, Page)> {
    let pages: Vec<_> = imposer.pages(&face).collect();
    let mut pages = pages.into_iter();
    let sheets = imposer.plan().sheets();
    if duplex == Duplex::Auto {
        return (0..sheets).map(|_| (pages.next().unwrap(), pages.next().unwrap())).collect();
    }
    // Each front falls face up on those before it; the stack is turned, so that the sheet that
    // lay lowest is now on top, and paper is drawn in from the top.
    let mut stack: Vec<Page> = pages.by_ref().take(sheets).collect();
    stack.reverse();
    pages.map(|back| (stack.pop().unwrap(), back)).collect()
}

fn overlap_free(areas: &[Rect]) -> bool {
    areas.iter().enumerate().all(|(at, a)| areas[..at].iter().all(|b| !a.overlaps(*b)))
}

fn clear_of_edge(page: Size) -> Rect {
    Rect::new(Point::ORIGIN, page).grown(-Sides::all(EDGE))
}

fn bleeds(grid: &Grid, bleed: &Bleed, tiled: bool) -> Vec<Rect> {
    (0..grid.cells()).map(|cell| grid.trim(cell).grown(bleed.sides(grid, cell, tiled))).collect()
}

fn frame(spec: &SheetSpec, area: Rect) -> Frame {
    Frame { area, bleed: Bleed::of(spec), style: spec.marks }
}

/// Printers that are exact, and others that are not at all.
fn registers() -> impl Strategy<Value = Register> {
    let off = (-4.0..4.0, -4.0..4.0, -0.6..0.6, 0.9..1.05, 0.9..1.05);
    let off = off.prop_map(|(x, y, angle, across, down)| Register {
        shift: Point::mm(x, y),
        angle,
        scale: Axes { x: across, y: down },
    });
    prop_oneof![Just(Register::default()), off]
}

/// Returns what a slug may not meet on a side: cards with their bleed, marks, and the line of a fold.
fn beside_slug(spec: &SheetSpec, side: Side) -> Vec<Rect> {
    let backs = spec.grid.turned(spec.turn());
    let fold = spec.grid.fold().filter(|_| side == Side::Recto);
    let grids = match (side, fold) {
        (Side::Recto, Some(_)) => vec![spec.grid, backs],
        (Side::Recto, None) => vec![spec.grid],
        (Side::Verso, _) => vec![backs],
    };
    let on = |grid: &Grid| {
        let marks = marks(&grid.trims(), &frame(spec, grid.area));
        let cards = bleeds(grid, &Bleed::of(spec), false);
        cards.into_iter().chain(marks.areas()).collect::<Vec<_>>()
    };
    let areas = grids.iter().flat_map(on);
    let outline = spec.grid.outline().union(backs.outline());
    let line = fold.map(|fold| fold_line(fold, spec.grid.page, outline).1);
    areas.chain(line).collect()
}

proptest! {
    #[test]
    fn each_card_stands_once_on_fronts_and_once_on_backs(spec in specs(), count in 0usize..90) {
        let imposer = imposer(&spec, count);
        prop_assert_eq!(imposer.plan().sheets(), count.div_ceil(spec.grid.cells()));
        for side in [Side::Recto, Side::Verso] {
            let sheets = 0..imposer.plan().sheets();
            let planned = sheets.flat_map(|sheet| {
                let plan = imposer.plan().sheet(sheet);
                if side == Side::Recto { plan.recto } else { plan.verso }
            });
            let mut cards: Vec<_> = planned.flatten().collect();
            cards.sort_unstable();
            prop_assert_eq!(cards, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_turned_sheet_has_each_back_behind_its_own_front(spec in skewed(), count in 0usize..40) {
        let imposer = imposer(&spec, count);
        let Size { width: w, height: h } = spec.grid.face();
        for (fronts, backs) in printed(&imposer, spec.duplex) {
            prop_assert!(fronts.keys().eq(backs.keys()));
            for (card, front) in fronts {
                for (u, v) in [(Length::ZERO, Length::ZERO), (w / 3, h / 7), (w, h / 2)] {
                    let seen = turned(front.transform.apply(Point::new(u, v)), &spec);
                    let behind = backs[&card].transform.apply(Point::new(w - u, v));
                    prop_assert_eq!(seen, behind);
                }
            }
        }
    }

    #[test]
    fn stock_is_printed_where_its_cards_are(
        stock in proptest::sample::select(Catalogues::bundled().stocks),
        flip in proptest::sample::select(vec![Flip::LongEdge, Flip::ShortEdge]),
        count in 1usize..25,
    ) {
        let request = SheetRequest::on_stock(Purpose::Home, stock.clone());
        let request = SheetRequest { flip: Some(flip), ..request };
        let spec = request.resolve(&[]).unwrap();
        let imposer = imposer(&spec, count);
        let face = Rect::new(Point::ORIGIN, spec.grid.face());
        let corners = [face.origin, Point::new(face.right(), face.bottom())];
        let area = |group: &Group| {
            let [a, b] = corners.map(|at| Rect::new(group.transform.apply(at), Size::default()));
            a.union(b)
        };
        for (sheet, (fronts, backs)) in printed(&imposer, spec.duplex).into_iter().enumerate() {
            for (card, front) in fronts {
                let cell = card - sheet * stock.cells();
                let step = Point::new(
                    stock.pitch.x * (cell % stock.columns) as i64,
                    stock.pitch.y * (cell / stock.columns) as i64,
                );
                prop_assert_eq!(area(&front), Rect::new(stock.origin + step, stock.card));
                let behind = area(&backs[&card]);
                let corner = turned(Point::new(behind.right(), behind.bottom()), &spec);
                let other = turned(behind.origin, &spec);
                let seen = [corner, other].map(|at| Rect::new(at, Size::default()));
                prop_assert_eq!(seen[0].union(seen[1]), area(&front));
            }
        }
        let kinds = imposer.pages(&|card, side| self::face(card, side));
        let marks = kinds.map(|page| layer(&page, Layer::Marks).is_some()).filter(|marks| *marks);
        prop_assert_eq!(marks.count(), 0);
    }

    #[test]
    fn turning_twice_changes_nothing(spec in specs()) {
        let grid = spec.grid;
        for turn in [Turn::AboutVertical, Turn::AboutHorizontal] {
            prop_assert_eq!(grid.turned(turn).turned(turn), grid);
            let (columns, rows) = (grid.columns, grid.rows);
            let behind = |cell| turn.cell(cell, columns, rows);
            let cells: HashSet<_> = (0..grid.cells()).map(behind).collect();
            prop_assert_eq!(cells.len(), grid.cells());
            for cell in 0..grid.cells() {
                let behind = turn.cell(cell, columns, rows);
                prop_assert_eq!(turn.cell(behind, columns, rows), cell);
                let seen = turn.rect(grid.trim(cell), grid.page);
                prop_assert_eq!(grid.turned(turn).trim(behind), seen);
                prop_assert_eq!(turn.rect(seen, grid.page), grid.trim(cell));
            }
        }
    }

    #[test]
    fn trims_never_overlap_and_keep_the_margin(spec in specs()) {
        let grid = spec.grid;
        let trims = grid.trims();
        prop_assert!(overlap_free(&trims));
        prop_assert!(overlap_free(&bleeds(&grid, &Bleed::of(&spec), false)));
        if spec.arrangement == Arrangement::Sheets {
            let inside = Rect::new(Point::ORIGIN, grid.page).grown(-Sides::all(spec.margin));
            prop_assert!(trims.iter().all(|trim| inside.contains(*trim)));
        }
    }

    #[test]
    fn everything_stays_on_the_sheet(spec in specs(), count in 1usize..30) {
        let imposer = imposer(&spec, count);
        for page in imposer.pages(&face) {
            let paper = Rect::new(Point::ORIGIN, page.size);
            prop_assert!(paper.contains(page.bleed) && page.bleed.contains(page.trim));
            for card in artworks(&page).into_iter().flat_map(BTreeMap::into_values) {
                prop_assert!(page.bleed.contains(inked(&card)));
            }
            for group in [layer(&page, Layer::Marks), layer(&page, Layer::Slug)] {
                prop_assert!(group.is_none_or(|group| group.transform == Transform::IDENTITY));
            }
        }
    }

    #[test]
    fn no_mark_touches_a_trim_or_its_bleed_or_the_edge(spec in specs()) {
        let bleed = Bleed::of(&spec);
        for grid in [spec.grid, spec.grid.turned(spec.turn())] {
            let marks = marks(&grid.trims(), &frame(&spec, grid.area));
            let cards = bleeds(&grid, &bleed, true);
            for area in marks.areas() {
                prop_assert!(clear_of_edge(grid.page).contains(area));
                let touches = cards.iter().any(|card| card.overlaps(area));
                prop_assert!(!touches || spec.marks == MarkStyle::Guides);
            }
        }
    }

    #[test]
    fn the_slug_meets_nothing(
        spec in specs(),
        title in "[A-Z][a-z ]{0,60}",
        register in registers(),
    ) {
        let job = Job { count: 900, title: &title, digest: "4F2K9Q7X", text: &set, register };
        let imposer = Imposer::new(&spec, job);
        for side in [Side::Recto, Side::Verso] {
            let Some(slug) = imposer.slug(side) else { continue };
            let others = beside_slug(&spec, side);
            let bar = slug.bar.map(|bar| bar.place);
            let boxes: Vec<_> = std::iter::once(slug.place).chain(bar).collect();
            prop_assert!(overlap_free(&boxes));
            for area in boxes {
                prop_assert!(clear_of_edge(spec.grid.page).contains(area));
                prop_assert!(register.keeps_on_paper(area, spec.grid.page, side));
                prop_assert!(others.iter().all(|other| !other.overlaps(area)));
            }
            if let Some((start, end)) = slug.bar.map(|bar| bar.ends()) {
                let along = Point::new((end - start).x.abs(), (end - start).y.abs());
                prop_assert!([Point::mm(100.0, 0.0), Point::mm(0.0, 100.0)].contains(&along));
            }
        }
    }

    #[test]
    fn a_larger_margin_never_gives_more_cells(request in requests(), more in length(30)) {
        let cells = |margin: Length| {
            let mut request = request.clone();
            request.margin = Some(margin);
            request.resolve(&[]).map_or(0, |spec| spec.grid.cells())
        };
        let margin = request.margin.unwrap_or(USUAL_MARGIN);
        prop_assert!(cells(margin + more) <= cells(margin));
    }

    #[test]
    fn the_best_grid_cannot_take_another_row_or_column(spec in specs()) {
        let SheetSpec { grid, margin, arrangement, .. } = spec;
        if arrangement == Arrangement::Sheets {
            let (outline, area) = (grid.outline().size, grid.area.size);
            // Beside a fold 7 mm are kept free, whatever the margin.
            let [mut right, mut bottom] = [margin; 2];
            match grid.fold() {
                Some(Turn::AboutVertical) => right = Length::mm(7.0),
                Some(Turn::AboutHorizontal) => bottom = Length::mm(7.0),
                None => {}
            }
            prop_assert!(outline.width + grid.pitch.x + margin + right > area.width);
            prop_assert!(outline.height + grid.pitch.y + margin + bottom > area.height);
        }
    }
}
