using GraphRisk.Matching.Names;
using GraphRisk.Matching.Names.Similarity;

namespace GraphRisk.Matching.Screening;

/// <summary>
/// One part of a name to look for: a word, or the whole of it. Its keys are ways of finding it, the surest first, with how far each can be
/// trusted; a name that has several of them is found by the surest.
/// </summary>
/// <param name="Word">The folded word, for finding those a few slips away; null where slips are not looked for.</param>
/// <param name="Keys">Keys with their trust, 0 to 1.</param>
internal readonly record struct NamePart(string? Word, (string Key, double Trust)[] Keys);

/// <summary>
/// Reads a name into parts with keys: words by their spelling (w), sounds (s) and rows of given names (g); characters of Chinese names (h);
/// what is written in one word (j); first letters of organisations (a). Keys are found again however <see cref="NameSimilarity"/> would
/// find two names alike, or nearly so.
/// </summary>
internal static class NameKeys
{
    private const int ShortestSound = 2, ShortestSlip = 4;

    /// <summary>The parts of a name, each once.</summary>
    public static List<NamePart> Of(NameReading name)
    {
        var parts = new Dictionary<string, NamePart>(StringComparer.Ordinal);
        foreach (var reading in name.PersonReadings) Words(parts, reading);
        if (name.Organisation is { } organisation && name.Kind is not NameKind.Person)
        {
            Words(parts, organisation.Words);
            Acronym(parts, organisation);
        }

        if (name.IsHan) Characters(parts, name.Chinese?.Brand ?? name.Person?.Core ?? "");
        return [.. parts.Values];
    }

    private static void Words(Dictionary<string, NamePart> parts, NameWord[] words)
    {
        foreach (var word in words)
        {
            if (word.Role is not (WordRole.Name or WordRole.Trade or WordRole.Place or WordRole.Number)) continue;
            var keys = new List<(string, double)> { ($"w{word.Fold}", 1) };
            if (word.Role == WordRole.Name)
            {
                foreach (var (row, _) in word.GivenNames) keys.Add(($"g{row}", 0.8));
                if (word.Sound.Length >= ShortestSound) keys.Add(($"s{word.Sound}", 0.6));
            }
            else if (word.Meaning is { } meaning) keys.Add(($"m{meaning}", 0.9));
            parts.TryAdd(word.Fold, new NamePart(word.Role == WordRole.Name && word.Fold.Length >= ShortestSlip ? word.Fold : null, [.. keys]));
        }

        var named = words.Where(word => word.Role == WordRole.Name).Select(word => word.Fold).ToArray();
        if (named.Length is 0 or > 4) return;
        var joined = string.Concat(named);
        parts.TryAdd($"j{joined}", new NamePart(null, [($"j{joined}", 1), ($"j{string.Concat(named[^1..].Concat(named[..^1]))}", 1), ($"j{string.Concat(named[1..].Concat(named[..1]))}", 1)]));
    }

    private static void Acronym(Dictionary<string, NamePart> parts, OrganisationName name)
    {
        var named = name.Words.Where(word => word.Role is not WordRole.Particle).ToArray();
        if (named.Length == 0) return;
        var first = named[0].Text;
        if (first.Length is >= 3 and <= 7 && named[1..].All(word => word.Role is WordRole.Place)) parts.TryAdd($"a{first}", new NamePart(null, [($"a{first}", 0.9)]));
        if (named.Length is < 3 or > 7) return;
        foreach (var letters in (string[])[string.Concat(named.Select(word => word.Text[0])), string.Concat(name.Words.Select(word => word.Text[0]))])
            parts.TryAdd($"a{letters}", new NamePart(null, [($"a{letters}", 0.9)]));
    }

    private static void Characters(Dictionary<string, NamePart> parts, string core)
    {
        foreach (var character in core.Distinct()) parts.TryAdd($"h{character}", new NamePart(null, [($"h{character}", 1)]));
    }
}
