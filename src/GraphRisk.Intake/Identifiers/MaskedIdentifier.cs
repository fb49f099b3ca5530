namespace GraphRisk.Intake.Identifiers;

/// <summary>
/// An identifier as a publisher printed it with characters hidden, such as <c>310101********1234</c>. What shows may
/// support or contradict a match that rests on something else; it is never filled in and never an identifier.
/// </summary>
public static class MaskedIdentifier
{
    private const string Hidden = "*＊×✕●";

    /// <summary>
    /// Number of characters that show in both and agree; negative where any that show differ, zero where the lengths
    /// differ and nothing can be said.
    /// </summary>
    public static int Agreement(string left, string right)
    {
        if (left.Length != right.Length) return 0;
        var agreeing = 0;
        for (var i = 0; i < left.Length; i++)
        {
            if (Hidden.Contains(left[i], StringComparison.Ordinal) || Hidden.Contains(right[i], StringComparison.Ordinal)) continue;
            if (char.ToUpperInvariant(left[i]) != char.ToUpperInvariant(right[i])) return -1;
            agreeing++;
        }

        return agreeing;
    }

    /// <summary>Characters that show before the first hidden one, upper case.</summary>
    public static string HeadOf(string masked)
    {
        var end = masked.AsSpan().IndexOfAny(Hidden);
        return end < 0 ? masked : masked[..end].ToUpperInvariant();
    }
}
