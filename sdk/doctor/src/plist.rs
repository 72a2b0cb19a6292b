//! Property lists: the ids in the `Info.plist` of a driver, and single values of macOS' own settings.
//!
//! Read leniently, as pcscd does with a scanner of its own: a list that is broken somewhere still tells what stands in
//! its sound parts. Nothing recurses, and the caller has bounded the length.

mod binary;

/// The XML form: the strings below a key, its value being a string or an array of strings.
pub(crate) fn strings<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let mut tokens = Tokens { rest: text };
    let mut found = Vec::new();
    while let Some(token) = tokens.next() {
        if token != (Token::Text("key", key)) {
            continue;
        }
        match tokens.next() {
            Some(Token::Text("string" | "integer", value)) => found.push(value),
            Some(Token::Open("array")) => {
                while let Some(Token::Text("string" | "integer", value)) = tokens.next() {
                    found.push(value);
                }
            }
            _ => {}
        }
        break;
    }
    found
}

/// A text, a number or a truth value of the outermost dictionary, in either form.
pub(crate) fn value(bytes: &[u8], key: &str) -> Option<String> {
    if bytes.starts_with(b"bplist00") {
        return binary::value(bytes, key);
    }
    let text = String::from_utf8_lossy(bytes);
    let mut tokens = Tokens { rest: &text };
    loop {
        if tokens.next()? == Token::Text("key", key) {
            return match tokens.next()? {
                Token::Text("string" | "integer" | "real", value) => Some(value.to_owned()),
                Token::Open("true/") => Some("1".to_owned()),
                Token::Open("false/") => Some("0".to_owned()),
                _ => None,
            };
        }
    }
}

/// What an XML property list is made of, as far as it matters here.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    /// `<name>text</name>`
    Text(&'a str, &'a str),
    /// Any other tag.
    Open(&'a str),
}

struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let (_, behind) = self.rest.split_once('<')?;
        if let Some(comment) = behind.strip_prefix("!--") {
            // An open comment swallows the rest.
            self.rest = comment.split_once("-->").map_or("", |(_, after)| after);
            return self.skip_comments();
        }
        let (tag, after) = behind.split_once('>')?;
        self.rest = after;
        let tag = tag.trim();
        if let "key" | "string" | "integer" | "real" = tag
            && let Some((text, closing)) = after.split_once('<')
            && let Some(behind) = closing
                .strip_prefix('/')
                .and_then(|closing| closing.strip_prefix(tag))
                .and_then(|closing| closing.strip_prefix('>'))
        {
            self.rest = behind;
            return Some(Token::Text(tag, text.trim()));
        }
        Some(Token::Open(tag))
    }
}

impl<'a> Tokens<'a> {
    /// The next token behind any number of comments, one after the other.
    fn skip_comments(&mut self) -> Option<Token<'a>> {
        loop {
            let (_, behind) = self.rest.split_once('<')?;
            match behind.strip_prefix("!--") {
                Some(comment) => {
                    self.rest = comment.split_once("-->").map_or("", |(_, after)| after);
                }
                None => return self.next(),
            }
        }
    }
}

#[cfg(test)]
mod tests;
