//! The three results of a condition.

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::policy) enum Truth {
    True,
    False,
    /// The condition compares with a text that is not of its operator's type. Only the value of a policy variable can be such
    /// a text: the grammar rejects all others.
    Undecided,
}

impl Truth {
    /// Whether one is true. Stops at the first that is true or undecided (recorded for the operands of ARN operators).
    pub(super) fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().find(|truth| *truth != Self::False).unwrap_or(Self::False)
    }

    /// Whether each is true. Stops at the first that is false or undecided (assumed).
    pub(super) fn each(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().find(|truth| *truth != Self::True).unwrap_or(Self::True)
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }
}
