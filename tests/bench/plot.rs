//! Plots as SVG: panels below one another, each with lines of points that were measured.

use plotters::coord::Shift;
use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::prelude::*;
use plotters::style::RGBColor;
use std::ops::Range;
use std::path::Path;

/// How large a panel is, in pixels.
const SIZE: (u32, u32) = (1_000, 400);
/// How much of its width the names of its lines have.
const NAMES: u32 = 200;
const FONT: &str = "sans-serif";

/// So many marks at most, which leaves those between powers out.
const MOST_MARKS: usize = 9;

/// Colours that people tell apart who see them differently (Okabe and Ito).
const COLOURS: [RGBColor; 5] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(90, 90, 90),
];

/// One plot of several.
pub(crate) struct Panel {
    pub(crate) title: String,
    pub(crate) x: Axis,
    /// It grows tenfold from one mark to the next, so that little and much can be seen at once.
    pub(crate) y: Axis,
    pub(crate) scale: Scale,
    pub(crate) lines: Vec<Line>,
}

/// How the lower axis grows from one mark to the next.
#[derive(Clone, Copy)]
pub(crate) enum Scale {
    /// Twofold.
    Doubling,
    /// Tenfold.
    Tenfold,
    /// By as much each time.
    Even,
}

/// What is written at an axis.
pub(crate) struct Axis {
    /// What it shows, with the unit.
    pub(crate) name: &'static str,
    /// How a figure is written.
    pub(crate) shown: fn(u64) -> String,
}

/// What was measured of one thing.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) points: Vec<(u64, u64)>,
}

/// Draws them into a file. Panels without lines are left out; without any there is no file.
pub(crate) fn draw(file: &Path, panels: &[Panel]) {
    let panels: Vec<&Panel> = panels.iter().filter(|panel| !panel.lines.is_empty()).collect();
    if panels.is_empty() {
        return;
    }
    let height = SIZE.1 * u32::try_from(panels.len()).unwrap();
    let backend = SVGBackend::new(file, (SIZE.0, height));
    let whole = backend.into_drawing_area();
    whole.fill(&WHITE).unwrap();
    for (area, panel) in whole.split_evenly((panels.len(), 1)).iter().zip(panels) {
        let (plot, names) = area.split_horizontally(SIZE.0 - NAMES);
        panel.draw(&plot);
        panel.name_lines(&names);
    }
    whole.present().unwrap();
}

impl Panel {
    fn draw(&self, area: &DrawingArea<SVGBackend<'_>, Shift>) {
        let range = |figures: fn(&(u64, u64)) -> u64| {
            let all = || self.lines.iter().flat_map(|line| line.points.iter().map(figures));
            all().min().unwrap_or(1).max(1)..all().max().unwrap_or(1).max(1)
        };
        let x = range(|(x, _)| *x);
        match self.scale {
            Scale::Doubling => {
                self.draw_on(area, (x.start..x.end + 1).log_scale().base(2.0), range(|(_, y)| *y))
            }
            Scale::Tenfold => self.draw_on(area, (x.start..x.end + 1).log_scale(), range(|(_, y)| *y)),
            Scale::Even => self.draw_on(area, 0..x.end + 1, range(|(_, y)| *y)),
        }
    }

    fn draw_on<X>(&self, area: &DrawingArea<SVGBackend<'_>, Shift>, x: X, y: Range<u64>)
    where
        X: AsRangedCoord<Value = u64>,
        X::CoordDescType: Ranged<ValueType = u64> + ValueFormatter<u64>,
    {
        let mut chart = ChartBuilder::on(area)
            .caption(&self.title, (FONT, 20))
            .margin(14)
            .margin_right(28)
            .x_label_area_size(52)
            .y_label_area_size(84)
            .build_cartesian_2d(x, whole_decades(&y).log_scale())
            .unwrap();
        chart
            .configure_mesh()
            .x_desc(self.x.name)
            .y_desc(self.y.name)
            .x_label_formatter(&|figure| (self.x.shown)(*figure))
            .y_label_formatter(&|figure| (self.y.shown)(*figure))
            .label_style((FONT, 14))
            .axis_desc_style((FONT, 15))
            .x_labels(MOST_MARKS)
            .y_labels(MOST_MARKS)
            .light_line_style(TRANSPARENT)
            .bold_line_style(BLACK.mix(0.16))
            .draw()
            .unwrap();
        for (line, colour) in self.coloured() {
            let points = || line.points.iter().copied();
            chart.draw_series(LineSeries::new(points(), colour.stroke_width(2))).unwrap();
            chart.draw_series(points().map(|point| Circle::new(point, 4, colour.filled()))).unwrap();
        }
    }

    /// Which line is which, beside the plot: nothing is hidden behind it there.
    fn name_lines(&self, area: &DrawingArea<SVGBackend<'_>, Shift>) {
        for ((line, colour), number) in self.coloured().zip(0..) {
            let height = 60 + 24 * number;
            let stroke = vec![(0, height), (24, height)];
            area.draw(&PathElement::new(stroke, colour.stroke_width(3))).unwrap();
            area.draw(&Circle::new((12, height), 4, colour.filled())).unwrap();
            area.draw(&Text::new(line.name.as_str(), (32, height - 7), (FONT, 14).into_font())).unwrap();
        }
    }

    fn coloured(&self) -> impl Iterator<Item = (&Line, &'static RGBColor)> {
        self.lines.iter().zip(COLOURS.iter().cycle())
    }
}

/// From a power of ten to a power of ten, so that at least two of them are marked.
fn whole_decades(range: &Range<u64>) -> Range<u64> {
    let least = 10_u64.pow(range.start.ilog10());
    let most = 10_u64.pow(range.end.ilog10());
    least..if most < range.end || most == least { most * 10 } else { most }
}
