//! Help in Vietnamese. In English it is what stands beside each verb and option in the code; the catalogue holds the
//! Vietnamese beside that English, so that a text that changes in the code has no Vietnamese until somebody gives it.

mod texts;

use clap::builder::{Resettable, StyledStr, Styles};
use clap::{Arg, ArgAction, Command};
use texts::{NAMES, TEXTS};

/// `Usage:` and its like, which clap has in English alone.
const TEMPLATE: &str =
    "{before-help}{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// The Vietnamese for a text of the help; `None` for one that the catalogue does not have.
pub(crate) fn vietnamese(english: &str) -> Option<&'static str> {
    TEXTS
        .iter()
        .chain(NAMES)
        .find(|(known, _)| *known == english)
        .map(|(_, text)| *text)
}

/// The same text where there is no Vietnamese: a test finds it.
fn said(english: &str) -> String {
    vietnamese(english).unwrap_or(english).to_owned()
}

/// The placeholders of values in Vietnamese, for what is said of a command line that is wrong.
pub(crate) fn with_names(program: Command) -> Command {
    program.mut_args(with_name).mut_subcommands(with_names)
}

fn with_name(argument: Arg) -> Arg {
    if !takes_value(&argument) {
        return argument;
    }
    let names: Vec<&str> = argument
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(|name| name.as_str())
        .collect();
    let id = argument.get_id().as_str().to_uppercase();
    let name = match names[..] {
        [name] => vietnamese(name),
        [] => vietnamese(&id),
        _ => None,
    };
    match name {
        Some(name) => argument.value_name(name),
        None => argument,
    }
}

fn takes_value(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Set | ArgAction::Append)
}

/// The help of the verb that `words` name. `long`: all of it.
pub(crate) fn page(program: Command, words: &[String], long: bool, colour: bool) -> String {
    let styles = if colour {
        Styles::styled()
    } else {
        Styles::plain()
    };
    let mut program = with_names(program).styles(styles);
    program.build();
    let mut verb = &program;
    for word in words.iter().filter(|word| *word != "help") {
        verb = verb.find_subcommand(word).unwrap_or(verb);
    }
    let mut verb = in_vietnamese(verb.clone());
    let page = if long {
        verb.render_long_help()
    } else {
        verb.render_help()
    };
    page.ansi().to_string()
}

/// One verb, built already.
fn in_vietnamese(verb: Command) -> Command {
    let about = verb.get_about().map(|text| said(&text.to_string()));
    let more = verb.get_after_help().map(|text| lines(&text.to_string()));
    let mut verb = verb
        .help_template(TEMPLATE)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .mut_args(argument)
        .mut_subcommands(|sub| {
            let about = sub.get_about().map(|text| said(&text.to_string()));
            sub.about(about.unwrap_or_default())
        });
    let usage = verb.render_usage().to_string();
    let usage = usage
        .trim_start_matches("Usage:")
        .trim()
        .replace("[OPTIONS]", "[TÙY CHỌN]")
        .replace("[COMMAND]", "[LỆNH]");
    verb = verb.override_usage(usage);
    if let Some(about) = about {
        verb = verb.about(about);
    }
    match more {
        Some(more) => verb.after_help(more),
        None => verb,
    }
}

fn argument(argument: Arg) -> Arg {
    let heading = match argument.get_help_heading() {
        Some(heading) => vietnamese(heading).unwrap_or("Khác"),
        None if argument.is_positional() => "Tham số",
        None => "Tùy chọn",
    };
    let mut help = argument
        .get_help()
        .map(|text| said(&text.to_string()))
        .unwrap_or_default();
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| takes_value(&argument))
        .map(|value| match value.get_help() {
            Some(about) => format!("\n- {}: {}", value.get_name(), said(&about.to_string())),
            None => format!("\n- {}", value.get_name()),
        })
        .collect();
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .filter(|_| takes_value(&argument))
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    if !defaults.is_empty() {
        help += &format!(" [mặc định: {}]", defaults.join(", "));
    }
    if !values.is_empty() {
        help += &format!("\n\nChọn một trong:{}", values.concat());
    }
    argument
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true)
        .help(StyledStr::from(help))
        .long_help(Resettable::Reset)
}

/// What stands behind the options: commands stay as they are, the lines between them are said.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(line).collect();
    lines.join("\n")
}

fn line(line: &str) -> String {
    if is_command(line) {
        line.to_owned()
    } else {
        said(line)
    }
}

/// A line that is typed, or an empty one.
fn is_command(line: &str) -> bool {
    line.is_empty() || (line.starts_with("  ") && !line.contains("   ("))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    /// Every text of the help in the code, verb by verb.
    fn texts_of(verb: &Command, out: &mut BTreeSet<String>) {
        let mut add = |text: Option<String>| out.extend(text.filter(|text| !text.is_empty()));
        add(verb.get_about().map(ToString::to_string));
        for line in verb
            .get_after_help()
            .map(ToString::to_string)
            .unwrap_or_default()
            .lines()
        {
            add((!is_command(line)).then(|| line.to_owned()));
        }
        for argument in verb.get_arguments() {
            add(argument.get_help().map(ToString::to_string));
            add(argument.get_help_heading().map(str::to_owned));
            if takes_value(argument) {
                for value in argument.get_possible_values() {
                    add(value.get_help().map(ToString::to_string));
                }
                for name in argument.get_value_names().unwrap_or_default() {
                    add(Some(name.to_string()));
                }
            }
            assert!(
                argument.get_help().is_some() || argument.is_hide_set(),
                "{} of {} has no help",
                argument.get_id(),
                verb.get_name()
            );
        }
        for sub in verb.get_subcommands() {
            texts_of(sub, out);
        }
    }

    #[test]
    fn every_verb_and_argument_has_help_in_vietnamese() {
        let mut program = crate::Arguments::command();
        program.build();
        let mut texts = BTreeSet::new();
        texts_of(&program, &mut texts);
        assert!(texts.len() > 70, "{}", texts.len());
        let missing: Vec<&String> = texts
            .iter()
            .filter(|text| vietnamese(text).is_none())
            .collect();
        assert!(
            missing.is_empty(),
            "give these a Vietnamese text in lang/help/texts.rs: {missing:#?}"
        );
        let unused: Vec<&str> = TEXTS
            .iter()
            .map(|(english, _)| *english)
            .filter(|english| !texts.contains(*english))
            .collect();
        assert!(
            unused.is_empty(),
            "no verb says these any more: {unused:#?}"
        );
    }

    #[test]
    fn a_page_is_vietnamese_throughout() {
        fn walk(verb: &Command, path: &mut Vec<String>, out: &mut String) {
            for long in [false, true] {
                *out += &page(crate::Arguments::command(), path, long, false);
            }
            for sub in verb.get_subcommands() {
                path.push(sub.get_name().to_owned());
                walk(sub, path, out);
                path.pop();
            }
        }
        let mut pages = String::new();
        let program = crate::Arguments::command();
        walk(&program, &mut Vec::new(), &mut pages);
        for english in [
            "Usage",
            "Options",
            "Arguments:",
            "Commands:",
            "[default",
            "ossible values",
            "Print",
            "OPTIONS",
            "COMMAND",
            "Example",
            " the ",
            " of ",
            " and ",
            "<DIR",
            "<FILE",
            "<NAME",
        ] {
            for line in pages.lines().filter(|line| !line.starts_with("  chipid")) {
                assert!(!line.contains(english), "{english}: {line}");
            }
        }
        assert!(
            pages.contains("Cách dùng: chipid verify [TÙY CHỌN]"),
            "{pages}"
        );
    }
}
