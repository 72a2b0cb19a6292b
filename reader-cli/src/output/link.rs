//! The modelled time of a reading beside the floor: a table, and the entry `link` of the JSON.

use super::json::milliseconds;
use super::style::{Style, Tone};
use crate::lang::{self, Lang, Text};
use crate::link::Modelled;
use chipid_virtual_card::{Cost, Link, LinkTimes, Part, SignalType};
use serde_json::{Map, Value, json};

/// For a person.
pub(crate) fn table(modelled: &Modelled, style: Style, lang: Lang) -> String {
    let mut out = format!(
        "\n{}\n  {}\n",
        style.paint(Tone::Heading, lang.of(lang::LINK)),
        style.paint(Tone::Quiet, &about(&modelled.link, lang)),
    );
    let [part, commands, time, floor] = [
        lang::LINK_PART,
        lang::LINK_COMMANDS,
        lang::LINK_TIME,
        lang::LINK_FLOOR,
    ]
    .map(|text| lang.of(text));
    out += &format!("  {part:30} {commands:>12} {time:>14} {floor:>14}\n");
    let floor_of = |wanted: Part| {
        let mut parts = modelled.floor.parts().iter();
        parts.find(|times| times.part == wanted)
    };
    for times in modelled.times.parts() {
        let floor = floor_of(times.part);
        out += &row(
            &label(times.part, lang),
            (times.commands, floor.map_or(0, |f| f.commands)),
            (times.cost, floor.map_or(Cost::default(), |f| f.cost)),
        );
    }
    out += &row(
        lang.of(lang::LINK_ALL),
        (modelled.times.commands(), modelled.floor.commands()),
        (modelled.times.cost(), modelled.floor.cost()),
    );
    let cost = modelled.times.cost();
    let causes = [
        (lang::LINK_BITS, cost.bits),
        (lang::LINK_FRAMES, cost.frames),
        (lang::LINK_CHIP, cost.chip),
        (lang::LINK_HOST, cost.host),
    ]
    .map(|(text, time)| format!("{} {:.1} ms", lang.of(text), milliseconds(time)));
    out += &format!("  {}\n", causes.join(" · "));
    out += &format!(
        "  {} {:.1} %\n",
        lang.of(lang::LINK_ABOVE),
        modelled.above_floor()
    );
    out
}

fn row(label: &str, commands: (usize, usize), costs: (Cost, Cost)) -> String {
    format!(
        "  {label:30} {:>12} {:>14.1} {:>14.1}\n",
        format!("{} / {}", commands.0, commands.1),
        milliseconds(costs.0.total()),
        milliseconds(costs.1.total()),
    )
}

fn label(part: Part, lang: Lang) -> String {
    let text: Text = match part {
        Part::File(file) => return file.to_string(),
        Part::Activation => lang::LINK_ACTIVATION,
        Part::Access => lang::ACCESS,
        Part::ChipAuthentication => return "Chip Authentication".to_owned(),
        Part::ActiveAuthentication => return "Active Authentication".to_owned(),
    };
    lang.of(text).to_owned()
}

fn about(link: &Link, lang: Lang) -> String {
    let signal = signal(link).to_uppercase();
    format!(
        "{} kbit/s, {} {signal}, FSD {}, FSC {}; {} {} ms + {} ms/KiB, {} {} ms ({})",
        link.bit_rate.kbit(),
        lang.of(lang::LINK_TYPE),
        link.reader_frame,
        link.chip_frame,
        lang.of(lang::LINK_CHIP),
        milliseconds(link.chip_per_command),
        milliseconds(link.chip_per_kilobyte),
        lang.of(lang::LINK_HOST),
        milliseconds(link.host_per_command),
        lang.of(lang::LINK_ASSUMED),
    )
}

const fn signal(link: &Link) -> &'static str {
    match link.signal {
        SignalType::A => "a",
        SignalType::B => "b",
    }
}

/// For programs.
pub(crate) fn json(modelled: &Modelled) -> Value {
    let link = &modelled.link;
    json!({
        "bit_rate": link.bit_rate.kbit(),
        "type": signal(link),
        "fsd": link.reader_frame,
        "fsc": link.chip_frame,
        "assumed_ms": {
            "chip_per_command": milliseconds(link.chip_per_command),
            "chip_per_kib": milliseconds(link.chip_per_kilobyte),
            "chip_per_key_operation": milliseconds(link.chip_per_key_operation),
            "host_per_command": milliseconds(link.host_per_command),
        },
        "modelled": times(&modelled.times),
        "floor": times(&modelled.floor),
        "above_floor_percent": modelled.above_floor(),
    })
}

fn times(times: &LinkTimes) -> Value {
    let of = |part| milliseconds(times.of(part).total());
    let files: Map<String, Value> = times
        .parts()
        .iter()
        .filter_map(|times| match times.part {
            Part::File(file) => Some((
                super::json::file_key(file),
                json!(milliseconds(times.cost.total())),
            )),
            _ => None,
        })
        .collect();
    let cost = times.cost();
    json!({
        "apdus": times.commands(),
        "ms": {
            "activation": of(Part::Activation),
            "access": of(Part::Access),
            "files": files,
            "chip_authentication": of(Part::ChipAuthentication),
            "active_authentication": of(Part::ActiveAuthentication),
            "total": milliseconds(cost.total()),
        },
        "by_cause_ms": {
            "bits": milliseconds(cost.bits),
            "frames": milliseconds(cost.frames),
            "chip": milliseconds(cost.chip),
            "host": milliseconds(cost.host),
        },
    })
}
