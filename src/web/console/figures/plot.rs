//! A drawing of numbers over time, as SVG: bars on top of each other, or lines.
//!
//! It holds no colour, no font and no size of letters: each of its pieces has a class, and the style sheet says what it looks
//! like, in a light and in a dark scheme. It is drawn for a wide and for a narrow place, of which one is shown.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// How large a drawing is, in its own units, and how much of it stands around the numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    class: &'static str,
    width: u32,
    height: u32,
}

/// For a wide place.
pub(super) const BROAD: Size = Size {
    class: "broad",
    width: 680,
    height: 250,
};
/// For a phone.
pub(super) const SLENDER: Size = Size {
    class: "slender",
    width: 350,
    height: 230,
};

const LEFT: u32 = 46;
const RIGHT: u32 = 22;
const TOP: u32 = 12;
const BOTTOM: u32 = 28;
/// How wide a label below is, with the space beside it.
const LABEL: u32 = 52;
/// A bar is no wider, and takes no more of its place.
const WIDEST: f64 = 34.0;
const FILLED: f64 = 0.74;
/// How many lines there are across, about.
const LINES: u64 = 4;
/// Up to so many points are marked.
const MARKED: usize = 31;
/// What plotters is told of the letters: what they look like, the style sheet says.
const FONT: (&str, u32) = ("sans-serif", 16);

/// What is drawn.
#[derive(Clone, Debug)]
pub(super) struct Plot<'a> {
    /// Its name on the page.
    pub(super) id: &'a str,
    /// What it shows.
    pub(super) title: &'a str,
    /// What can be seen in it, for those who do not see it.
    pub(super) about: &'a str,
    /// What stands below each place.
    pub(super) labels: &'a [String],
    /// What is drawn on or beside each other.
    pub(super) series: &'a [Series<'a>],
    /// How.
    pub(super) kind: Kind,
}

/// How numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// As bars on top of each other.
    Bars,
    /// As lines, in per cent.
    Shares,
}

/// Numbers that belong together, one for each place.
#[derive(Clone, Debug)]
pub(super) struct Series<'a> {
    /// What they are.
    pub(super) name: &'a str,
    /// The letter that the style sheet knows it by.
    pub(super) class: Class,
    /// The numbers; `None` where there is none.
    pub(super) values: Vec<Option<u64>>,
}

/// What something drawn looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters.
    Ink,
    /// A line across.
    Grid,
    /// What was answered.
    Answered,
    /// What was asked back.
    Offered,
    /// What was taken to an office.
    Routed,
    /// What had no answer.
    Unknown,
    /// What helped.
    Helpful,
}

impl Class {
    const ALL: [Class; 7] = [
        Class::Ink,
        Class::Grid,
        Class::Answered,
        Class::Offered,
        Class::Routed,
        Class::Unknown,
        Class::Helpful,
    ];

    /// What the style sheet knows it by.
    pub(super) fn name(self) -> &'static str {
        match self {
            Class::Ink => "ink",
            Class::Grid => "grid",
            Class::Answered => "answered",
            Class::Offered => "offered",
            Class::Routed => "routed",
            Class::Unknown => "unknown",
            Class::Helpful => "helpful",
        }
    }

    /// A colour that stands for it until the drawing is done.
    fn color(self) -> RGBColor {
        RGBColor(1, 2, self as u8)
    }
}

/// The drawing for both places. One that cannot be drawn is left out, and its table says the same.
pub(super) fn draw(plot: &Plot<'_>) -> Markup {
    html! {
        @for size in [BROAD, SLENDER] {
            @match svg(plot, size) {
                Ok(svg) => (PreEscaped(svg)),
                Err(error) => { @let () = tracing::error!(%error, plot = plot.id, "a drawing could not be made"); }
            }
        }
    }
}

/// The drawing for one place, as XML that can also stand by itself. Fails when plotters does.
pub(super) fn svg(plot: &Plot<'_>, size: Size) -> Result<String, String> {
    let mut drawn = String::new();
    draw_on(&mut drawn, plot, size).map_err(|error| error.to_string())?;
    Ok(dressed(&drawn, plot, size))
}

type Drawn<T> = Result<T, Box<dyn std::error::Error>>;

fn draw_on(out: &mut String, plot: &Plot<'_>, size: Size) -> Drawn<()> {
    let places = plot.labels.len().max(1);
    let (step, top) = scale(plot);
    let root = SVGBackend::with_string(out, (size.width, size.height)).into_drawing_area();
    let mut chart = ChartBuilder::on(&root)
        .margin_left(LEFT)
        .margin_right(RIGHT)
        .margin_top(TOP)
        .margin_bottom(BOTTOM)
        .build_cartesian_2d(0.0..places as f64, 0.0..top as f64)?;
    let place_width = f64::from(size.width - LEFT - RIGHT) / places as f64;
    let text = |h: HPos, v: VPos| {
        FONT.into_font()
            .color(&Class::Ink.color())
            .pos(Pos::new(h, v))
    };
    for line in (0..=top).step_by(usize::try_from(step)?) {
        let at = line as f64;
        let across = [(0.0, at), (places as f64, at)];
        chart.draw_series([PathElement::new(across, Class::Grid.color())])?;
        let said = match plot.kind {
            Kind::Bars => line.to_string(),
            Kind::Shares => format!("{line} %"),
        };
        let beside = Text::new(said, (-6, 0), text(HPos::Right, VPos::Center));
        chart.draw_series([EmptyElement::at((0.0, at)) + beside])?;
    }
    let every = (places as u32 * LABEL).div_ceil(size.width - LEFT - RIGHT);
    let every = usize::try_from(every.max(1))?;
    // The latest is always named.
    let last = places - 1;
    for (place, label) in plot.labels.iter().enumerate() {
        if (last - place).is_multiple_of(every) {
            let below = Text::new(label.clone(), (0, 8), text(HPos::Center, VPos::Top));
            chart.draw_series([EmptyElement::at((place as f64 + 0.5, 0.0)) + below])?;
        }
    }
    match plot.kind {
        Kind::Bars => {
            let half = (FILLED / 2.0).min(WIDEST / 2.0 / place_width);
            let mut below = vec![0_u64; places];
            for series in plot.series {
                for (place, value) in series.values.iter().enumerate().take(places) {
                    let Some(value @ 1..) = *value else { continue };
                    let (from, to) = (below[place], below[place] + value);
                    below[place] = to;
                    let middle = place as f64 + 0.5;
                    let corners = [(middle - half, to as f64), (middle + half, from as f64)];
                    let style = series.class.color().filled();
                    chart.draw_series([Rectangle::new(corners, style)])?;
                }
            }
        }
        Kind::Shares => {
            for series in plot.series {
                let points = series.values.iter().enumerate();
                let points: Vec<Option<(f64, f64)>> = points
                    .map(|(place, value)| value.map(|v| (place as f64 + 0.5, v as f64)))
                    .collect();
                // Where there is no number, the line is broken.
                for run in points.split(Option::is_none).filter(|run| !run.is_empty()) {
                    let run: Vec<(f64, f64)> = run.iter().copied().flatten().collect();
                    if places <= MARKED || run.len() == 1 {
                        let style = series.class.color().filled();
                        chart.draw_series(run.iter().map(|at| Circle::new(*at, 3, style)))?;
                    }
                    chart.draw_series(LineSeries::new(run, series.class.color()))?;
                }
            }
        }
    }
    root.present()?;
    Ok(())
}

/// How far the lines across are from each other, and where the topmost is: round numbers.
fn scale(plot: &Plot<'_>) -> (u64, u64) {
    if plot.kind == Kind::Shares {
        return (25, 100);
    }
    let places = 0..plot.labels.len();
    let sum = |place: usize| -> u64 {
        let of = |series: &Series<'_>| series.values.get(place).copied().flatten();
        plot.series.iter().filter_map(of).sum()
    };
    let most = places.map(sum).max().unwrap_or_default().max(1);
    let tens = std::iter::successors(Some(1_u64), |ten| ten.checked_mul(10));
    let steps = tens.flat_map(|ten| [1, 2, 5].map(|part| ten.saturating_mul(part)));
    let step = steps.into_iter().find(|step| most.div_ceil(*step) <= LINES);
    let step = step.unwrap_or(most);
    (step, most.div_ceil(step) * step)
}

/// What plotters has drawn with classes in place of colours and letters, and with what it shows in words.
fn dressed(drawn: &str, plot: &Plot<'_>, size: Size) -> String {
    let mut out = drawn.to_owned();
    for class in Class::ALL {
        let RGBColor(red, green, blue) = class.color();
        let color = format!("#{red:02X}{green:02X}{blue:02X}");
        let name = class.name();
        out = out.replace(
            &format!("fill=\"{color}\" stroke=\"none\""),
            &format!("class=\"k-{name}\""),
        );
        out = out.replace(&format!("fill=\"{color}\""), &format!("class=\"k-{name}\""));
        out = out.replace(
            &format!("stroke=\"{color}\""),
            &format!("class=\"l-{name}\""),
        );
    }
    for more in [" opacity=\"1\"", " stroke-width=\"1\"", " fill=\"none\""] {
        out = out.replace(more, "");
    }
    let out = without_fonts(&out);
    let inner = out.split_once('>').map_or("", |(_, inner)| inner);
    let (id, class) = (plot.id, size.class);
    let mut whole = String::new();
    let _ = write!(
        whole,
        "<svg class=\"{class}\" viewBox=\"0 0 {} {}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         aria-labelledby=\"{id}-{class}-title {id}-{class}-about\">",
        size.width, size.height
    );
    let words = html! {
        title id={ (id) "-" (class) "-title" } { (plot.title) }
        desc id={ (id) "-" (class) "-about" } { (plot.about) }
    };
    whole + &words.into_string() + inner.trim()
}

/// The text without what is said of fonts in it.
fn without_fonts(text: &str) -> String {
    const BEGINS: &str = " font-family=\"";
    const SIZE: &str = "font-size=\"";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGINS) {
        out.push_str(before);
        let sized = after.split_once(SIZE).map_or(after, |(_, sized)| sized);
        rest = sized.split_once('"').map_or("", |(_, more)| more);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(count: usize) -> Vec<String> {
        (1..=count).map(|day| format!("{day} nov")).collect()
    }

    fn series<'a>(name: &'a str, class: Class, values: &[u64]) -> Series<'a> {
        Series {
            name,
            class,
            values: values.iter().map(|v| Some(*v)).collect(),
        }
    }

    fn plot<'a>(labels: &'a [String], series: &'a [Series<'a>], kind: Kind) -> Plot<'a> {
        Plot {
            id: "asked",
            title: "Frågor <per> dag",
            about: "Flest & mest: 7",
            labels,
            series,
            kind,
        }
    }

    /// The names of the elements of a drawing, in their order. Fails when it is no XML.
    fn elements(svg: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(svg);
        let mut open = 0;
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(tag) => {
                    open += 1;
                    names.push(tag.name().as_ref().to_owned());
                }
                quick_xml::events::Event::Empty(tag) => {
                    names.push(tag.name().as_ref().to_owned());
                }
                quick_xml::events::Event::End(_) => open -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open, 0, "{svg}");
        names
    }

    #[test]
    fn a_drawing_is_xml_that_says_what_it_shows() {
        let labels = labels(3);
        let all = [
            series("Besvarade", Class::Answered, &[5, 0, 2]),
            series("Utan svar", Class::Unknown, &[2, 1, 0]),
        ];
        let bars = svg(&plot(&labels, &all, Kind::Bars), BROAD).unwrap();
        let elements = elements(&bars);
        assert_eq!(&elements[..3], ["svg", "title", "desc"]);
        let count = |name: &str| elements.iter().filter(|e| *e == name).count();
        assert_eq!((count("rect"), count("polyline"), count("text")), (4, 5, 8));
        for part in [
            "<title id=\"asked-broad-title\">Frågor &lt;per&gt; dag</title>",
            "<desc id=\"asked-broad-about\">Flest &amp; mest: 7</desc>",
            "role=\"img\" aria-labelledby=\"asked-broad-title asked-broad-about\"",
        ] {
            assert!(bars.contains(part), "{part}: {bars}");
        }
        for part in ["#", "font", "opacity", "style"] {
            assert!(!bars.contains(part), "{part}: {bars}");
        }
    }

    #[test]
    fn a_drawing_is_the_same_every_time() {
        let labels = labels(2);
        let all = [
            series("Besvarade", Class::Answered, &[3, 1]),
            series("Utan svar", Class::Unknown, &[1, 0]),
        ];
        let bars = svg(&plot(&labels, &all, Kind::Bars), SLENDER).unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("drawn");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("bars", bars));
    }

    #[test]
    fn a_line_is_broken_where_there_is_no_number() {
        let labels = labels(5);
        let values = vec![Some(50), Some(75), None, Some(25), None];
        let all = [Series {
            name: "Hjälpte",
            class: Class::Helpful,
            values,
        }];
        let lines = svg(&plot(&labels, &all, Kind::Shares), SLENDER).unwrap();
        assert_eq!(lines.matches("l-helpful").count(), 2, "{lines}");
        assert_eq!(lines.matches("k-helpful").count(), 3, "{lines}");
    }

    #[test]
    fn nothing_and_much_are_drawn_too() {
        for (count, value) in [(0, 0), (1, 0), (1, 1), (90, 3), (1_000, 1_000_000)] {
            let labels = labels(count);
            let all = [series("Besvarade", Class::Answered, &vec![value; count])];
            for size in [BROAD, SLENDER] {
                elements(&svg(&plot(&labels, &all, Kind::Bars), size).unwrap());
                elements(&svg(&plot(&labels, &all, Kind::Shares), size).unwrap());
            }
        }
    }

    #[test]
    fn the_lines_across_are_at_round_numbers() {
        for (most, expected) in [
            (0, (1, 1)),
            (3, (1, 3)),
            (4, (1, 4)),
            (5, (2, 6)),
            (17, (5, 20)),
            (99, (50, 100)),
            (180, (50, 200)),
        ] {
            let labels = labels(1);
            let all = [series("Besvarade", Class::Answered, &[most])];
            assert_eq!(scale(&plot(&labels, &all, Kind::Bars)), expected, "{most}");
        }
    }
}
