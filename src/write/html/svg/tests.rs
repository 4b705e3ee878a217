//! What every picture must keep: words inside the sheet, none over another, nothing but text from data.

use super::*;
use crate::document::picture::{
    Axis, Bar, BarGroup, Bars, Boundary, Chart, Event, Example, Ladder, Letter, Line, Map,
    MapDocument, Mark, Matrix, MatrixRow, Path, Point, Rung, RoleGroup, Side, Step, Tick, Timeline,
    Weight, Window, steps,
};
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
