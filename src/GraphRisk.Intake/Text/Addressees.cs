namespace GraphRisk.Intake.Text;

/// <summary>The line that addresses a text: names, separated by 、 or commas, up to the first colon.</summary>
internal static class Addressees
{
    private const int LongestLine = 400;

    /// <summary>The parties addressed; none where the text does not begin with names and a colon.</summary>
    public static IReadOnlyList<TextParty> Read(string text, string role)
    {
        var colon = text.AsSpan(0, Math.Min(text.Length, LongestLine)).IndexOfAny("：:");
        if (colon <= 0) return [];
        var parties = new List<TextParty>();
        foreach (var range in text.AsSpan(0, colon).SplitAny("、，,；;\n"))
        {
            var (start, length) = range.GetOffsetAndLength(colon);
            var part = text.AsSpan(start, length);
            var name = part.Trim().ToString();
            start += part.IndexOf(name, StringComparison.Ordinal);
            if (PartyName.ShapeOf(name) is not (var shape and not NameShape.None)) return [];
            parties.Add(new TextParty(name, shape, role, start, start + name.Length));
        }

        return parties;
    }
}
