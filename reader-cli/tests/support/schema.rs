//! JSON Schema, as much of draft 2020-12 as the schemas of this repository use. A keyword that is not known here is a
//! panic, so that no schema demands what nobody checks.
//!
//! Crates that do all of it were tried: through their dependencies they change features of what the face engine is
//! built on, so that the engine is compiled a second time for the tests, which takes minutes.

use regex_lite::Regex;
use serde_json::{Map, Value};

/// Every way in which `value` breaks `schema`.
pub(crate) fn errors(schema: &Value, value: &Value) -> Vec<String> {
    let mut errors = Vec::new();
    Check { root: schema }.value(schema, value, "$", &mut errors);
    errors
}

struct Check<'a> {
    root: &'a Value,
}

impl<'a> Check<'a> {
    fn holds(&self, schema: &'a Value, value: &Value) -> bool {
        let mut errors = Vec::new();
        self.value(schema, value, "", &mut errors);
        errors.is_empty()
    }

    fn value(&self, schema: &'a Value, value: &Value, at: &str, errors: &mut Vec<String>) {
        for (keyword, rule) in object(schema) {
            if let Some(trouble) = self.keyword(schema, keyword, rule, value, at, errors) {
                errors.push(format!("{at}: {keyword}: {trouble}"));
            }
        }
    }

    /// What is wrong by this keyword itself; troubles deeper down go to `errors`.
    fn keyword(
        &self,
        schema: &'a Value,
        keyword: &str,
        rule: &'a Value,
        value: &Value,
        at: &str,
        errors: &mut Vec<String>,
    ) -> Option<String> {
        let trouble = |holds: bool| (!holds).then(|| value.to_string());
        match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description" | "then" | "else" => None,
            "$ref" => {
                self.value(self.referred(rule), value, at, errors);
                None
            }
            "const" => trouble(value == rule),
            "enum" => trouble(list(rule).contains(value)),
            "type" => trouble(match rule {
                Value::Array(kinds) => kinds.iter().any(|kind| is(kind, value)),
                kind => is(kind, value),
            }),
            "anyOf" => trouble(list(rule).iter().any(|s| self.holds(s, value))),
            "oneOf" => trouble(list(rule).iter().filter(|s| self.holds(s, value)).count() == 1),
            "not" => trouble(!self.holds(rule, value)),
            "if" => {
                let branch = if self.holds(rule, value) {
                    "then"
                } else {
                    "else"
                };
                if let Some(branch) = schema.get(branch) {
                    self.value(branch, value, at, errors);
                }
                None
            }
            "required" => {
                let map = value.as_object()?;
                let missing: Vec<&Value> = list(rule)
                    .iter()
                    .filter(|key| !map.contains_key(text(key)))
                    .collect();
                (!missing.is_empty()).then(|| format!("{missing:?}"))
            }
            "properties" => {
                for (key, schema) in object(rule) {
                    if let Some(value) = value.get(key) {
                        self.value(schema, value, &format!("{at}.{key}"), errors);
                    }
                }
                None
            }
            "additionalProperties" | "unevaluatedProperties" => {
                let mut known = Vec::new();
                self.known(schema, keyword == "unevaluatedProperties", &mut known);
                for (key, value) in value.as_object()? {
                    if !known.contains(&key.as_str()) {
                        self.additional(rule, key, value, at, errors);
                    }
                }
                None
            }
            "propertyNames" => {
                for key in value.as_object()?.keys() {
                    self.value(rule, &Value::from(key.as_str()), at, errors);
                }
                None
            }
            "items" => {
                for (number, value) in value.as_array()?.iter().enumerate() {
                    self.value(rule, value, &format!("{at}[{number}]"), errors);
                }
                None
            }
            "minLength" => {
                let length = value.as_str()?.chars().count();
                trouble(length as u64 >= rule.as_u64().unwrap())
            }
            "minimum" => trouble(value.as_f64()? >= number(rule)),
            "maximum" => trouble(value.as_f64()? <= number(rule)),
            "exclusiveMinimum" => trouble(value.as_f64()? > number(rule)),
            "pattern" => trouble(Regex::new(text(rule)).unwrap().is_match(value.as_str()?)),
            other => panic!("the keyword {other} is not checked here"),
        }
    }

    fn additional(
        &self,
        rule: &'a Value,
        key: &str,
        value: &Value,
        at: &str,
        errors: &mut Vec<String>,
    ) {
        match rule {
            Value::Bool(true) => {}
            Value::Bool(false) => errors.push(format!("{at}: {key} is not foreseen")),
            schema => self.value(schema, value, &format!("{at}.{key}"), errors),
        }
    }

    /// The properties that a schema names, through references too where those count.
    fn known(&self, schema: &'a Value, through_references: bool, known: &mut Vec<&'a str>) {
        if let Some(properties) = schema.get("properties") {
            known.extend(object(properties).keys().map(String::as_str));
        }
        if let (true, Some(reference)) = (through_references, schema.get("$ref")) {
            self.known(self.referred(reference), true, known);
        }
    }

    fn referred(&self, reference: &Value) -> &'a Value {
        let path = text(reference)
            .strip_prefix('#')
            .expect("a reference within the schema");
        self.root
            .pointer(path)
            .expect("a reference that leads somewhere")
    }
}

fn is(kind: &Value, value: &Value) -> bool {
    match text(kind) {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("there is no type {other}"),
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("an array")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}
