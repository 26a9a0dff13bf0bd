/// Which page of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// Which way from the mark.
    pub toward: Toward,
    /// The mark of an earlier page ([`Page::next`] or [`Page::previous`]); `None`: the first page.
    pub mark: Option<String>,
    /// The most items wanted, at least 1.
    pub most: usize,
}

/// Which way a page lies from its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// What comes after the mark.
    Next,
    /// What comes before the mark; still listed in the list's own order.
    Previous,
}

/// A page of a list, in the list's order whichever way it was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The mark of what comes after, if there is more.
    pub next: Option<String>,
    /// The mark of what comes before, if there is more.
    pub previous: Option<String>,
}

impl<T> Page<T> {
    /// The same page of something else.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next, previous: self.previous }
    }

    /// The same page of something else, without the items there is nothing of.
    pub fn filter_map<U>(self, change: impl FnMut(T) -> Option<U>) -> Page<U> {
        let items = self.items.into_iter().filter_map(change).collect();
        Page { items, next: self.next, previous: self.previous }
    }
}
