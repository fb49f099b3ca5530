namespace GraphRisk.Matching.Names;

/// <summary>Why two names are alike or not: the strongest of what was seen.</summary>
public enum NameReason
{
    /// <summary>One of them holds no letter, or is hidden in part: nothing is known.</summary>
    Nothing,

    /// <summary>The same, letter for letter, but for case, signs, width and form.</summary>
    Same,

    /// <summary>The same words in another order or otherwise joined.</summary>
    SameWords,

    /// <summary>The same in another alphabet.</summary>
    SameInLatin,

    /// <summary>Words by other rules of spelling, in other languages, as short forms or initials.</summary>
    Variants,

    /// <summary>Slips of the pen.</summary>
    Slips,

    /// <summary>One says more than the other, and nothing else.</summary>
    Part,

    /// <summary>One is made of the first letters of the other.</summary>
    Acronym,

    /// <summary>Chinese names that only sound alike, or differ in one character: likely another bearer.</summary>
    SoundsAlike,

    /// <summary>Alike but for the legal form.</summary>
    OtherForm,

    /// <summary>Alike but for a number.</summary>
    OtherNumber,

    /// <summary>Alike but for a place, trade or branch: likely kin.</summary>
    Kin,

    /// <summary>Words of each stand against words of the other.</summary>
    Contradicts,
}

/// <summary>How alike two names are.</summary>
/// <param name="Score">From 0, nothing in common, to 1, the same name; <see cref="NameSimilarity.Threshold"/> parts the likely same from the others.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The words that decided, for people to read; empty where there are none.</param>
public readonly record struct NameAgreement(double Score, NameReason Reason, string Detail = "")
{
    /// <summary>Nothing is known of how alike they are.</summary>
    public static NameAgreement None { get; } = new(0, NameReason.Nothing);

    /// <summary>Likely the same name.</summary>
    public bool IsMatch => Score >= NameSimilarity.Threshold;
}
