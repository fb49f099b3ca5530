namespace GraphRisk.Matching.Names.Similarity;

/// <summary>Cuts all legal forms off a name: several stand one after another (Corporation Joint Stock Company), and long ones are misspelt.</summary>
internal static class LegalFormCut
{
    private const int Most = 3;

    /// <summary>The words without their forms, at least one, and the form that says most.</summary>
    public static (string[] Stem, string? Form) Of(string[] words)
    {
        string? found = null;
        for (var cut = 0; cut < Most && words.Length > 1; cut++)
        {
            var (rest, form) = LegalForms.CutLatin(words);
            if (form is null or "COMPANY" && Misspelt(words) is { Form: not null } near) (rest, form) = near;
            if (form is null) break;
            (words, found) = (rest, found is null or "COMPANY" or "CORP" ? form : found);
        }

        return (words, found);
    }

    private static (string[] Stem, string? Form) Misspelt(string[] words)
    {
        foreach (var (form, code) in LegalForms.Long)
        {
            if (words.Length <= form.Length) continue;
            if (AreNear(words.AsSpan(words.Length - form.Length), form)) return (words[..^form.Length], code);
            if (AreNear(words.AsSpan(0, form.Length), form)) return (words[form.Length..], code);
        }

        return (words, null);
    }

    private static bool AreNear(ReadOnlySpan<string> words, string[] form)
    {
        var slips = 0;
        for (var at = 0; at < form.Length; at++)
        {
            if (words[at] == form[at]) continue;
            if (Math.Abs(words[at].Length - form[at].Length) > 1 || form[at].Length < 5 || ++slips > 1 || NameComparison.Distance(words[at], form[at]) > 1) return false;
        }

        return true;
    }
}
