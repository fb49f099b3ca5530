using System.Collections.Immutable;
using GraphRisk.Matching.Names.Similarity;

namespace GraphRisk.Matching.Names;

/// <summary>
/// A name read for comparison: once, and then held against as many others as need be. Immutable and safe for concurrent use.
/// </summary>
public sealed class NameReading
{
    private static readonly string[] AliasMarks = ["/", " aka ", " a.k.a. ", " a.k.a ", " also known as ", " f/k/a ", " fka ", " formerly ", " d/b/a ", " dba ", " trading as ", " alias "];

    private readonly Lazy<OrganisationName?> organisation, translated;

    private NameReading(string written, NameKind kind)
    {
        Written = written;
        Person = kind is NameKind.Person or NameKind.Unknown ? PersonNames.Normalise(written) : null;
        Company = kind is not NameKind.Person ? CompanyNames.Normalise(written) : null;
        var words = LatinText.Words(NameText.Narrow(written).Replace("%", " percent", StringComparison.Ordinal));
        Kind = kind is NameKind.Unknown && (IsOfOrganisation(words) || HanCompanyName.IsCompany(written)) ? NameKind.Organisation : kind;
        var origin = OriginOf(written);
        IsHan = HanScript.ContainsHan(written);
        PersonReadings = Kind is NameKind.Organisation or NameKind.Thing ? []
            : IsHan && Person is not null ? HanPersonName.Read(written, Person)
            : Korean.Read(written) is { IsEmpty: false } korean ? korean
            : [PersonWords.Read(words, origin)];
        IsForeign = IsHan && Person is not null && HanPersonName.IsForeign(written, Person);
        Chinese = IsHan && Company is not null ? HanCompanyName.Of(Company) : null;
        translated = new(() => Chinese?.Translated());
        organisation = new(() => Company is null || words.Length == 0 ? null : Chinese?.InLatin() ?? OrganisationWords.Read(words, origin));
    }

    /// <summary>As it was written.</summary>
    public string Written { get; }

    /// <summary>What bears it; what it looks like where that was not known.</summary>
    public NameKind Kind { get; }

    /// <summary>Written in Chinese characters, wholly or in part.</summary>
    public bool IsHan { get; }

    /// <summary>A part is hidden.</summary>
    public bool IsMasked => (Person ?? Company)?.IsMasked ?? false;

    /// <summary>A foreign person's name in Chinese characters.</summary>
    internal bool IsForeign { get; }

    internal NormalName? Person { get; }

    internal NormalName? Company { get; }

    /// <summary>Readings of a person's name in Latin words; none for organisations.</summary>
    internal ImmutableArray<NameWord[]> PersonReadings { get; }

    /// <summary>Parts of a Chinese company's name; null for others.</summary>
    internal HanCompanyName? Chinese { get; }

    /// <summary>Parts of an organisation's name in Latin letters; null for persons.</summary>
    internal OrganisationName? Organisation => organisation.Value;

    /// <summary>A Chinese company's name in English words where all of it is words that have a meaning; null for others.</summary>
    internal OrganisationName? Translated => translated.Value;

    /// <summary>Further names the text holds, behind a stroke or "also known as"; each part at least two words or four letters.</summary>
    internal ImmutableArray<NameReading> Aliases { get; private init; } = [];

    /// <summary>Reads a name.</summary>
    /// <param name="written">As the source writes it, in any script.</param>
    /// <param name="kind">What bears it.</param>
    public static NameReading Of(string written, NameKind kind)
    {
        var parts = written.Split(AliasMarks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (kind is NameKind.Organisation && parts.Length == 1 && WithoutRemark(written) is { } bare) parts = [written, bare];
        return parts.Length is > 1 and <= 4 && Array.TrueForAll(parts, part => part.Length > 3)
            ? new NameReading(written, kind) { Aliases = [.. parts.Select(part => new NameReading(part, kind))] }
            : new NameReading(written, kind);
    }

    /// <summary>The name before a remark in brackets at its end, which says where it is or what it is called besides; null where there is none, or too little is left, or the remark is in Chinese, where it is a part.</summary>
    private static string? WithoutRemark(string written)
    {
        var open = written.IndexOf('(', StringComparison.Ordinal);
        if (open < 4 || written[^1] != ')' || written.IndexOf('(', open + 1) >= 0 || HanScript.ContainsHan(written)) return null;
        return written.AsSpan(open).Contains(' ') && written.AsSpan(0, open).Trim().Contains(' ') ? written[..open].Trim() : null;
    }

    private static bool IsOfOrganisation(string[] words) =>
        words.Length > 1 && (LegalFormCut.Of(words).Form is not null || words.Any(OrganisationWords.IsTelling));

    private static WordOrigin OriginOf(string written)
    {
        foreach (var character in written)
        {
            if (character is (>= '\u0590' and <= '\u06ff') or (>= '\u0750' and <= '\u077f') or (>= '\ufb50' and <= '\ufdff') or (>= '\ufe70' and <= '\ufefc')) return WordOrigin.Consonants;
            if (HanScript.IsHan(character) || character is (>= '\u3040' and <= '\u30ff') or (>= '\u0e00' and <= '\u109f') or (>= '\u1780' and <= '\u17ff')) return WordOrigin.Syllables;
        }

        return WordOrigin.Alphabet;
    }
}
