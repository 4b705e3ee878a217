use super::{Numbers, exhibit_order, exhibits_met, item, met_before_list};
use crate::document::{Document, read, walk};

fn document(markdown: &str) -> Document {
    read::document("agreement", markdown).unwrap()
}

fn numbers(markdown: &str) -> Vec<String> {
    let document = document(markdown);
    let numbers = Numbers::of(std::slice::from_ref(&document));
    walk::sections(&document.root)
        .map(|section| {
            let number = numbers.get(&section.anchor).unwrap_or("-");
            format!("{}={number}", section.anchor)
        })
        .collect()
}

#[test]
fn numbers_start_afresh_in_every_part_and_exhibit() {
    assert_eq!(
        numbers(
            "# T {#t}\n\n## M\u{a0} {#m}\n\n### 0.\u{a0}A {#a}\n\n#### 0\u{a0}B {#b}\n\n#### 0\u{a0}C {#c}\n\n\
             ##### 0\u{a0}D {#d}\n\n##### 0\u{a0}E {#e}\n\n### 0\u{a0}F {#f}\n\n\
             ## X:\u{a0}G {#g}\n\n### 0\u{a0}H {#h}\n\n## X:\u{a0}I {#i}\n\n### 0\u{a0}J {#j}\n\n## S {#s}\n"
        ),
        [
            "t=-", "m=-", "a=1", "b=1.1", "c=1.2", "d=1.2.1", "e=1.2.2", "f=2", "g=A", "h=1",
            "i=B", "j=1", "s=-"
        ]
    );
}

#[test]
fn a_lone_subsection_has_no_number_and_titles_are_passed_through() {
    assert_eq!(
        numbers(
            "# T {#t}\n\n## 0\u{a0}A {#a}\n\n### 0\u{a0}B {#b}\n\n#### 0\u{a0}C {#c}\n\n#### 0\u{a0}D {#d}\n\n\
             ## Group {#g}\n\n### 0\u{a0}E {#e}\n\n## 0\u{a0}F {#f}\n"
        ),
        ["t=-", "a=1", "b=-", "c=1.1", "d=1.2", "g=-", "e=2", "f=3"]
    );
}

#[test]
fn items_have_letters_then_figures_by_depth() {
    let labels: Vec<String> = [
        (0, 0),
        (0, 25),
        (0, 26),
        (0, 27),
        (1, 3),
        (1, 8),
        (2, 1),
        (3, 4),
        (4, 0),
    ]
    .into_iter()
    .map(|(depth, place)| item(depth, place))
    .collect();
    assert_eq!(
        labels,
        [
            "(a)", "(z)", "(aa)", "(ab)", "(iv)", "(ix)", "(B)", "(5)", "(a)"
        ]
    );
}

#[test]
fn exhibits_come_in_the_order_of_their_first_reference() {
    let documents = [document(
        "# T {#t}\n\nSee [](#deep).\n\n## X:\u{a0}A {#a}\n\n[](#d) [](#c)\n\n## X:\u{a0}B {#b}\n\n### 0\u{a0}Deep {#deep}\n\n\
         [](#c) [](#table-e)\n\n## X:\u{a0}C {#c}\n\n[](#b)\n\n## X:\u{a0}D {#d}\n\n## X:\u{a0}E {#e}\n\n*Cap* {#table-e}\n\n| A |\n|---|\n",
    )];
    let order: Vec<String> = exhibit_order(&documents)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(order, ["b", "c", "e", "a", "d"]);
    let orphans: Vec<String> = exhibits_met(&documents)
        .1
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(orphans, ["a", "d"]);
}

#[test]
fn what_is_met_before_a_list_of_exhibits_is_counted() {
    let exhibits = "\n\n## X:\u{a0}A {#a}\n\n[](#c)\n\n### 0\u{a0}Deep {#deep}\n\n## X:\u{a0}B {#b}\n\n## X:\u{a0}C {#c}\n";
    let before = |text: &str| {
        let document = document(&format!("# T {{#t}}\n\n{text}{exhibits}"));
        let listed = ["b", "a", "c"].map(|name| name.parse().unwrap());
        met_before_list(&[document], &listed)
    };
    assert_eq!(before("[](#b), [](#a); [](#c)"), Some(0));
    assert_eq!(before("[](#b) [](#t)\n\n[](#b), [](#a), [](#c)"), Some(1));
    assert_eq!(
        before("[](#deep) [](#b) [](#b) [](#a) [](#c) [](#c)"),
        Some(2)
    );
    assert_eq!(before("[](#b) [](#a) [](#t) [](#c)"), None);
    assert_eq!(before("[](#a) [](#b) [](#c)"), None);
    assert_eq!(before("Nothing."), None);
}
