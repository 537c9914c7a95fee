//! The three results of a condition.

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::policy) enum Truth {
    True,
    False,
    /// An operand does not have the type of the condition's operator. This happens only if the operand
    /// contains a policy variable, because the grammar rejects all other operands of the wrong type.
    Undecided,
}

impl Truth {
    /// Whether at least one is true. Returns the first that is true or undecided (recorded for the operands of ARN
    /// operators).
    pub(super) fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().find(|truth| *truth != Self::False).unwrap_or(Self::False)
    }

    /// Whether all are true. Returns the first that is false or undecided (assumed).
    pub(super) fn each(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().find(|truth| *truth != Self::True).unwrap_or(Self::True)
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }
}
