//! The three answers a condition can give.

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::policy) enum Truth {
    True,
    False,
    /// The condition compares with a text that is not of its operator's type. Only the value of a policy variable can
    /// bring one in: the grammar refuses all others.
    Undecided,
}

impl Truth {
    /// Whether one is true, asked in order: what comes after a true or an undecided one does not count (recorded of
    /// the operands of ARN operators).
    pub(super) fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().find(|truth| *truth != Self::False).unwrap_or(Self::False)
    }

    /// Whether each is true, asked in order like [`any`](Self::any) (assumed).
    pub(super) fn each(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().find(|truth| *truth != Self::True).unwrap_or(Self::True)
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }
}
