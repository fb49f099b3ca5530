namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// An identifier as a publisher printed it with characters hidden, such as <c>310101********1234</c>. What shows may
/// support or contradict a match that rests on something else; it is never filled in and never an identifier.
/// </summary>
public static class MaskedIdentifier
{
    private const string Hidden = "*＊×✕●";

    /// <summary>
    /// Number of places that show in both and agree, and of those that show in both and differ; none of either where the
    /// lengths differ, since then nothing can be said.
    /// </summary>
    public static (int Agreeing, int Differing) Compare(string left, string right)
    {
        if (left.Length != right.Length) return (0, 0);
        var (agreeing, differing) = (0, 0);
        for (var i = 0; i < left.Length; i++)
        {
            if (Hidden.Contains(left[i], StringComparison.Ordinal) || Hidden.Contains(right[i], StringComparison.Ordinal)) continue;
            if (char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[i])) agreeing++;
            else differing++;
        }

        return (agreeing, differing);
    }
}
