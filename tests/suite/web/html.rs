//! A page as tests read it: its elements with their attributes, and its text. It reads the HTML that the site writes, with
//! every attribute in double quotes, and no other.

use std::collections::BTreeMap;

use serde_json::Value;

use super::site::Site;

/// A page that was fetched.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) media_type: String,
    pub(crate) body: String,
    elements: Vec<Element>,
}

/// An element, with the text up to where it ends.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

/// Elements that have no end.
const VOID: [&str; 6] = ["meta", "link", "input", "br", "hr", "img"];

impl Page {
    /// Fetches a path.
    pub(crate) async fn get(site: &Site, path: &str) -> Page {
        Page::of(reqwest::get(site.url(path)).await.unwrap()).await
    }

    pub(crate) async fn of(answer: reqwest::Response) -> Page {
        let status = answer.status().as_u16();
        let media_type = answer.headers().get("content-type");
        let media_type = media_type.map_or("", |t| t.to_str().unwrap()).to_owned();
        let body = answer.text().await.unwrap();
        let elements = if media_type.starts_with("text/html") {
            read(&body)
        } else {
            Vec::new()
        };
        Page {
            status,
            media_type,
            body,
            elements,
        }
    }

    /// All that a reader sees.
    pub(crate) fn text(&self) -> String {
        self.texts("body").concat()
    }

    /// The texts of the elements of a name.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let of_name = self.elements.iter().filter(|e| e.name == name);
        of_name
            .map(|e| e.text.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// An attribute of every element that is chosen by `name` or `name[attribute=value]`.
    pub(crate) fn attribute(&self, chosen: &str, attribute: &str) -> Vec<String> {
        let (name, condition) = chosen.split_once('[').unwrap_or((chosen, ""));
        let condition = condition.trim_end_matches(']').split_once('=');
        let is_chosen = |e: &&Element| {
            e.name == name
                && condition
                    .is_none_or(|(key, value)| e.attributes.get(key).is_some_and(|v| v == value))
        };
        let chosen = self.elements.iter().filter(is_chosen);
        chosen
            .filter_map(|e| e.attributes.get(attribute).cloned())
            .collect()
    }

    /// Where every link and form leads.
    pub(crate) fn links(&self) -> Vec<String> {
        let mut links = self.attribute("a", "href");
        links.extend(self.attribute("link[rel=stylesheet]", "href"));
        links.extend(self.attribute("link[type=text/calendar]", "href"));
        links.extend(self.attribute("form[method=get]", "action"));
        links
    }

    /// What a list of entries leads to.
    pub(crate) fn hits(&self) -> Vec<String> {
        let from = self
            .body
            .find("<ul class=\"list\"")
            .unwrap_or(self.body.len());
        let list = self.body[from..].split("</ul>").next().unwrap_or_default();
        let links = read(list).into_iter().filter(|e| e.name == "a");
        links
            .filter_map(|e| e.attributes.get("href").cloned())
            .collect()
    }

    pub(crate) fn rel(&self, rel: &str) -> Vec<String> {
        self.attribute(&format!("link[rel={rel}]"), "href")
    }

    /// The page in other languages, by code.
    pub(crate) fn alternates(&self) -> BTreeMap<String, String> {
        let links = self.elements.iter().filter(|e| e.name == "link");
        links
            .filter_map(|e| {
                Some((
                    e.attributes.get("hreflang")?.clone(),
                    e.attributes.get("href")?.clone(),
                ))
            })
            .collect()
    }

    pub(crate) fn meta(&self, name: &str) -> String {
        self.attribute(&format!("meta[name={name}]"), "content")
            .concat()
    }

    pub(crate) fn property(&self, property: &str) -> String {
        self.attribute(&format!("meta[property={property}]"), "content")
            .concat()
    }

    pub(crate) fn robots(&self) -> Vec<String> {
        self.attribute("meta[name=robots]", "content")
    }

    /// The data for programs.
    pub(crate) fn data(&self) -> Vec<Value> {
        let parts = self
            .body
            .split("<script type=\"application/ld+json\">")
            .skip(1);
        parts
            .map(|part| serde_json::from_str(part.split("</script>").next().unwrap()).unwrap())
            .collect()
    }
}

/// The elements of a page, in the order of their beginnings.
fn read(html: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let text = unescaped(&rest[..at]);
        open.iter().for_each(|i| elements[*i].text += &text);
        let end = tag_end(&rest[at..]) + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if let Some(last) = open.iter().rposition(|i| elements[*i].name == name.trim()) {
                // A block ends a word.
                open.iter().for_each(|i| elements[*i].text.push(' '));
                open.truncate(last);
            }
        } else if !tag.starts_with('!') {
            let element = element(tag);
            let (name, is_void) = (element.name.clone(), VOID.contains(&element.name.as_str()));
            elements.push(element);
            if !is_void {
                open.push(elements.len() - 1);
            }
            if name == "script" {
                rest = &rest[rest.find("</script>").unwrap_or(rest.len())..];
            }
        }
    }
    elements
}

/// Where a tag ends: the first `>` that stands in no attribute.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag has no end: {tag}")
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut element = Element {
        name: name.trim_end_matches('/').to_owned(),
        ..Element::default()
    };
    loop {
        rest = rest.trim_start().trim_end_matches('/');
        let Some(end) = rest.find(['=', ' ']) else {
            if !rest.is_empty() {
                element.attributes.insert(rest.to_owned(), String::new());
            }
            return element;
        };
        let (key, after) = rest.split_at(end);
        match after.strip_prefix("=\"") {
            Some(value) => {
                let (value, after) = value.split_once('"').unwrap();
                element.attributes.insert(key.to_owned(), unescaped(value));
                rest = after;
            }
            None => {
                element.attributes.insert(key.to_owned(), String::new());
                rest = after;
            }
        }
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
